// node client/library/examples/node.ts PHOTO FOLDER
import { mkdir, writeFile } from 'node:fs/promises'
import { faceOf } from './face.ts'

const [photo, folder] = process.argv.slice(2)
const { glb, png, summary } = await faceOf(photo, console.log)
await mkdir(folder, { recursive: true })
await writeFile(`${folder}/face.glb`, glb)
await writeFile(`${folder}/texture.png`, png)
console.log(summary)
