import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataPackages } from '../../../../models/data-packages.ts'
import { makeHumanPackage } from '../../../../models/head/make-human.ts'
import { packagesFolder } from '../../../../models/paths.ts'

const { version, files } = dataPackages[makeHumanPackage]

/** Whether MakeHuman's data was fetched: 89 MB that no test asks for by itself. */
export const packageIsThere = files.every((file) =>
  existsSync(join(packagesFolder, `${makeHumanPackage}@${version}`, file)),
)
