/** The inside of the mouth: MakeHuman's teeth with their gums, and its tongue. */
import { join } from 'node:path'
import { vertexNormals } from '../../client/capture/mesh/normals.ts'
import {
  type MouthModel,
  mouthKinds,
  positionStep,
  shareSteps,
} from '../../client/head/expressions/mouth-model.ts'
import { ethnicities, type Human } from './make-human.ts'
import { placeProxy, readProxy } from './proxy.ts'

/** As they lie in the package. */
export const mouthFiles = ['teeth/Teeth_Base/Teeth_Base.json', 'tongue/tongue01/tongue01.json'].map(
  (file) => `public/data/proxies/${file}`,
)

/** `jawOpen` is this much of MakeHuman's unit. */
const openingShare = 0.8
/** Of the parts that hang together, a tooth has this many vertices; what has more is gum. */
const toothVertices = 63
/** What opens by less than this share of the jaw's own way is the upper jaw's. */
const leastOf = 0.2
/** The tongue's tip goes this far with the jaw, and its root not at all. */
const tongueShare = 0.85
/** Light is lost by this share a centimetre behind the foremost tooth, and where a surface looks aside. By eye. */
const [lossByDepth, aside] = [0.2, 0.66]

/**
 * @param folder the unpacked package
 * @param body the reference body
 * @param place takes n x 3 of the body's frame to that of the canonical face
 */
export function mouthOf(
  folder: string,
  human: Pick<Human, 'target'>,
  body: Float64Array,
  place: (points: ArrayLike<number>) => ArrayLike<number>,
): MouthModel {
  const opening = body.map(() => 0)
  for (const of of ethnicities)
    human.target(`expression/units/${of}/mouth-open`).forEach((value, i) => {
      opening[i] += (openingShare * value) / ethnicities.length
    })
  const [teeth, tongue] = mouthFiles.map((file) => {
    const proxy = readProxy(join(folder, file))
    const still = proxy.offsets.map(() => [0, 0, 0])
    const origin = place([0, 0, 0])
    const open = placeProxy({ ...proxy, offsets: still }, opening)
    return {
      triangles: proxy.triangles,
      positions: Float32Array.from(place(placeProxy(proxy, body))),
      open: Float32Array.from(place(open), (value, i) => value - origin[i % 3]),
    }
  })
  const parts = partsOf(teeth.triangles, teeth.positions.length / 3)
  const kinds = parts.map((part) =>
    parts.filter((other) => other === part).length === toothVertices ? 0 : 1,
  )
  const lower = parts.flatMap((_, v) => (kinds[v] === 0 && lengthAt(teeth.open, v) > leastOf ? [v] : []))
  const jawMoves = affineFit(teeth, lower)
  const jaw = parts.map((_, v) => {
    const whole = Math.hypot(...jawMoves(teeth.positions.subarray(3 * v, 3 * v + 3)))
    return Math.min(1, lengthAt(teeth.open, v) / Math.max(0.1, whole))
  })

  // MakeHuman's opening mouth leaves the tongue where it is.
  const depths = tongue.positions.filter((_, i) => i % 3 === 2)
  const [root, tip] = [Math.min(...depths), Math.max(...depths)]
  const tongueJaw = Array.from(depths, (z) => (tongueShare * (z - root)) / (tip - root))
  tongueJaw.forEach((share, v) => {
    const way = jawMoves(tongue.positions.subarray(3 * v, 3 * v + 3))
    for (let c = 0; c < 3; c++) tongue.open[3 * v + c] = share * way[c]
  })

  const positions = Float32Array.from([...teeth.positions, ...tongue.positions])
  const triangles = Uint32Array.from([...teeth.triangles, ...tongue.triangles.map((v) => parts.length + v)])
  const normals = vertexNormals(positions, triangles)
  const front = teeth.positions.reduce((most, value, i) => (i % 3 === 2 ? Math.max(most, value) : most), -1e9)
  return {
    ...{ positions, triangles },
    open: Float32Array.from([...teeth.open, ...tongue.open]),
    jaw: Float32Array.from([...jaw, ...tongueJaw]),
    kind: Uint8Array.from([...kinds, ...tongueJaw.map(() => mouthKinds.indexOf('tongue'))]),
    light: Float32Array.from({ length: positions.length / 3 }, (_, v) => {
      const facing = aside + (1 - aside) * Math.max(0, normals[3 * v + 2])
      return facing * Math.max(0, 1 - lossByDepth * (front - positions[3 * v + 2]))
    }),
  }
}

const lengthAt = (offsets: Float32Array, v: number) => Math.hypot(...offsets.subarray(3 * v, 3 * v + 3))

/** V: a number for each part that hangs together. */
function partsOf(triangles: Uint32Array, vertices: number): number[] {
  const parent = Array.from({ length: vertices }, (_, v) => v)
  const first = (v: number): number => {
    if (parent[v] !== v) parent[v] = first(parent[v])
    return parent[v]
  }
  triangles.forEach((v, i) => {
    parent[first(v)] = first(triangles[i - (i % 3)])
  })
  return parent.map((_, v) => first(v))
}

/** How a rigid part moves: offsets as an affine function of height and depth, fitted to those of some vertices. */
function affineFit(
  { positions, open }: { positions: Float32Array; open: Float32Array },
  vertices: number[],
): (point: ArrayLike<number>) => number[] {
  const mean = [0, 1, 2].map(
    (c) => vertices.reduce((sum, v) => sum + positions[3 * v + c], 0) / vertices.length,
  )
  const offset = [0, 1, 2].map((c) => vertices.reduce((sum, v) => sum + open[3 * v + c], 0) / vertices.length)
  // Of the tooth row, depth alone varies: the jaw turns about an axis that runs from ear to ear.
  let spread = 0
  const slope = [0, 0, 0]
  for (const v of vertices) {
    const along = positions[3 * v + 2] - mean[2]
    spread += along * along
    for (let c = 0; c < 3; c++) slope[c] += along * (open[3 * v + c] - offset[c])
  }
  return (point) => offset.map((value, c) => value + ((point[2] - mean[2]) * slope[c]) / spread)
}

/**
 * The bytes that `readMouthModel` reads.
 *
 * @throws Error where a number does not fit
 */
export function packMouthModel({ positions, open, jaw, kind, light, triangles }: MouthModel): Uint8Array {
  const steps = (places: Float32Array) => Array.from(places, (value) => Math.round(value / positionStep))
  const lists = [steps(positions), steps(open)]
  if (lists.flat().some((value) => Math.abs(value) > 32_767) || jaw.length > 65_535)
    throw new Error('The mouth does not fit into its numbers.')
  const differences = [...lists, [...triangles]].flatMap((list) =>
    [0, 1, 2].flatMap((c) =>
      list.filter((_, i) => i % 3 === c).map((value, i, channel) => value - (channel[i - 1] ?? 0)),
    ),
  )
  const numbers = Uint16Array.from([jaw.length, triangles.length / 3, ...differences])
  const share = (values: Float32Array) => Array.from(values, (value) => Math.round(shareSteps * value))
  return Uint8Array.from([...new Uint8Array(numbers.buffer), ...share(jaw), ...kind, ...share(light)])
}
