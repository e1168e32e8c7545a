import { z } from 'zod'
import { expressionNames, visemeNames } from '../contract/expression-names.ts'
import { isPlainLine } from '../contract/plain-text.ts'

/** As glTF numbers them. */
export const componentTypes = { float: 5126, byte: 5121, short: 5123, int: 5125 } as const
/** As many as there are names for. */
const maxTargets = expressionNames.length + visemeNames.length

const index = z.number().int().nonnegative()
/** As the exporter names things. */
const word = z.string().regex(/^[\w .-]{1,40}$/)
const name = word.optional()
/** A list, counted before any of its entries is looked at: what is wrong with many would take much memory to say. */
const upTo = <Entry extends z.ZodType>(most: number, entry: Entry, least = 0) =>
  z.array(z.unknown()).min(least).max(most).pipe(z.array(entry))
const vector = upTo(16, z.number())
/** Clamped, mirrored or repeated. */
const wrapping = z.literal([33071, 33648, 10497]).optional()
const wholeNumbers = z.union([
  z.literal(componentTypes.byte),
  z.literal(componentTypes.short),
  z.literal(componentTypes.int),
])

/** What belongs to some scenes alone: nothing in the schemas of others. */
const only = <Shape extends z.ZodRawShape>(where: boolean, shape: Shape) =>
  (where ? shape : {}) as { [Key in keyof Shape]: z.ZodOptional<Shape[Key] & z.ZodType> }

/** What one of the things that are drawn may be. */
interface Drawn {
  /** What its node is called. Left out: as it pleases. */
  name?: string
  /** Hair is cut out by its texture's alpha and may have colours; skin has neither. */
  isHair?: boolean
}

/** The part of a scene's schema that belongs to the i-th thing that is drawn. */
function drawnSchemas({ name: called, isHair = false }: Drawn, i: number, moves: boolean) {
  const cut = { alphaMode: z.literal('MASK'), alphaCutoff: z.number().min(0).max(1) }
  return {
    textures: z.strictObject({ name, source: z.literal(i), sampler: z.literal(0).optional() }),
    images: z.strictObject({ name, mimeType: z.literal('image/png'), bufferView: index }),
    materials: z.strictObject({
      name,
      ...(isHair ? cut : {}),
      doubleSided: z.boolean().optional(),
      pbrMetallicRoughness: z.strictObject({
        roughnessFactor: z.number().min(0).max(1).optional(),
        metallicFactor: z.number().min(0).max(1).optional(),
        baseColorTexture: z.strictObject({ index: z.literal(i) }),
      }),
      extensions: z.strictObject({ KHR_materials_unlit: z.strictObject({}) }),
    }),
    meshes: z.strictObject({
      name,
      primitives: z.tuple([
        z.strictObject({
          attributes: z.strictObject({
            ...{ POSITION: index, NORMAL: index, TEXCOORD_0: index },
            ...only(isHair, { COLOR_0: index.optional() }),
            ...only(moves, { JOINTS_0: index, WEIGHTS_0: index }),
          }),
          ...only(moves, {
            targets: upTo(maxTargets, z.strictObject({ POSITION: index }), 1),
          }),
          indices: index,
          material: z.literal(i),
          mode: z.literal(4).optional(),
        }),
      ]),
      ...only(moves, {
        extras: z.strictObject({ targetNames: upTo(maxTargets, z.string().max(100)) }),
      }),
    }),
    nodes: z.strictObject({
      name: called ? z.literal(called) : name,
      mesh: z.literal(i),
      ...only(moves, { skin: z.literal(0) }),
    }),
  }
}

/** What moves them all: three bones after their nodes, one skin and at most one animation. */
function movingSchemas(drawn: number) {
  const [body, neck, head] = [drawn, drawn + 1, drawn + 2]
  const translation = upTo(3, z.number().min(-1).max(1), 3).optional()
  return {
    bones: [
      z.strictObject({ name: z.literal('Body'), children: z.tuple([z.literal(neck)]) }),
      z.strictObject({ name: z.literal('Neck'), children: z.tuple([z.literal(head)]), translation }),
      z.strictObject({ name: z.literal('Head'), translation }),
    ],
    skins: z.tuple([
      z.strictObject({
        name,
        inverseBindMatrices: index,
        joints: z.tuple([z.literal(body), z.literal(neck), z.literal(head)]),
      }),
    ]),
    animations: upTo(
      1,
      z.strictObject({
        name,
        samplers: upTo(
          drawn + 2,
          z.strictObject({ input: index, output: index, interpolation: z.literal('LINEAR').optional() }),
          1,
        ),
        channels: upTo(
          drawn + 2,
          z.strictObject({
            sampler: index,
            target: z.strictObject({ node: index, path: z.enum(['weights', 'rotation']) }),
          }),
          1,
        ),
      }),
    ).optional(),
  }
}

/** An accessor with its data; or, of a morph target, with what differs from 0. */
function accessorSchema(moves: boolean) {
  const sparse = z.strictObject({
    count: index,
    indices: z.strictObject({ bufferView: index, byteOffset: index.optional(), componentType: wholeNumbers }),
    values: z.strictObject({ bufferView: index, byteOffset: index.optional() }),
  })
  return z.strictObject({
    type: z.enum(moves ? ['MAT4', 'VEC4', 'VEC3', 'VEC2', 'SCALAR'] : ['VEC4', 'VEC3', 'VEC2', 'SCALAR']),
    componentType: z.union([z.literal(componentTypes.float), wholeNumbers]),
    count: index,
    bufferView: moves ? index.optional() : index,
    byteOffset: index.optional(),
    min: vector.optional(),
    max: vector.optional(),
    ...only(moves, { normalized: z.literal(true).optional(), sparse: sparse.optional() }),
  })
}

/** What the client's exporter writes, and nothing else: no addresses, cameras, other extensions or extras. */
function sceneOf(drawn: readonly Drawn[], moves = false) {
  const schemas = drawn.map((one, i) => drawnSchemas(one, i, moves))
  type Schemas = (typeof schemas)[number]
  /** A list with one entry for each thing that is drawn, in their order. */
  const each = <Key extends keyof Schemas>(key: Key) =>
    listOf<Schemas[Key]>(schemas.map((schema) => schema[key]))
  const { bones, skins, animations } = movingSchemas(drawn.length)
  const roots = [...drawn.keys(), ...(moves ? [drawn.length] : [])]
  /** Of positions, normals, UVs, triangles and colours; of joints, weights and targets; of the skin and an animation. */
  const accessors =
    drawn.reduce((sum, { isHair }) => sum + (isHair ? 5 : 4), 0) +
    (moves ? drawn.length * (2 + maxTargets) + 1 + (1 + 3) : 0)
  return z.strictObject({
    asset: z.strictObject({
      version: z.literal('2.0'),
      generator: name,
      copyright: z.string().max(200).refine(isPlainLine, 'It has controls.').optional(),
    }),
    extensionsUsed: upTo(1, z.literal('KHR_materials_unlit'), 1),
    accessors: upTo(accessors, accessorSchema(moves), 4 * drawn.length),
    bufferViews: upTo(
      8 * drawn.length,
      z.strictObject({
        buffer: z.literal(0),
        byteOffset: index.optional(),
        byteLength: index,
        byteStride: z.number().int().min(4).max(252).optional(),
        target: z.union([z.literal(34962), z.literal(34963)]).optional(),
      }),
    ),
    buffers: z.tuple([z.strictObject({ byteLength: index })]),
    samplers: upTo(
      1,
      z.strictObject({
        wrapS: wrapping,
        wrapT: wrapping,
        magFilter: z.literal([9728, 9729]).optional(),
        minFilter: z.literal([9728, 9729, 9984, 9985, 9986, 9987]).optional(),
      }),
    ).optional(),
    textures: each('textures'),
    images: each('images'),
    materials: each('materials'),
    meshes: each('meshes'),
    nodes: listOf<z.ZodType<SceneNode>>([...schemas.map(({ nodes }) => nodes), ...(moves ? bones : [])]),
    scenes: z.tuple([z.strictObject({ name, nodes: listOf(roots.map((node) => z.literal(node))) })]),
    scene: z.literal(0),
    ...only(moves, { skins, animations }),
  })
}

/** Of each the one that is expected there. */
function listOf<Schema>(schemas: readonly Schema[]): z.ZodArray<Schema & z.ZodType> {
  return z.tuple(schemas as unknown as [z.ZodType]) as unknown as z.ZodArray<Schema & z.ZodType>
}

/** A thing that is drawn, or a bone. */
interface SceneNode {
  name?: string
  mesh?: number
  /** Against the bone that it hangs on, metres. */
  translation?: number[]
}

export const faceScene = sceneOf([{}])
const head = { name: 'head' }
const hair = { name: 'hair', isHair: true }
const teeth = { name: 'teeth' }
const [bareHead, hairyHead] = [sceneOf([head]), sceneOf([head, hair])]
const [movingBareHead, movingHairyHead] = [sceneOf([head, teeth], true), sceneOf([head, hair, teeth], true)]

export type Scene = z.infer<typeof faceScene>

/** Which of the four a head's scene claims to be: told by its meshes and skin, so that what is wrong with it can be named. */
export function headScene(json: unknown): typeof faceScene {
  const { meshes, skins } = (json ?? {}) as { meshes?: unknown; skins?: unknown }
  const count = Array.isArray(meshes) ? meshes.length : 0
  if (skins !== undefined) return count > 2 ? movingHairyHead : movingBareHead
  return count > 1 ? hairyHead : bareHead
}
