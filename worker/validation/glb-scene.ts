import { z } from 'zod'

/** As glTF numbers them. */
export const componentTypes = { float: 5126, short: 5123, int: 5125 } as const

const index = z.number().int().nonnegative()
const name = z.string().max(100).optional()
const vector = z.array(z.number()).max(4)

/** What one of the things that are drawn may be. */
interface Drawn {
  /** What its node is called. Left out: as it pleases. */
  name?: string
  /** Hair is cut out by its texture's alpha and may have colours; skin has neither. */
  isHair?: boolean
}

/** The part of a scene's schema that belongs to the i-th thing that is drawn. */
function drawnSchemas({ name: called, isHair }: Drawn, i: number) {
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
            ...(isHair ? { COLOR_0: index.optional() } : {}),
          }),
          indices: index,
          material: z.literal(i),
          mode: z.literal(4).optional(),
        }),
      ]),
    }),
    nodes: z.strictObject({ name: called ? z.literal(called) : name, mesh: z.literal(i) }),
  }
}

/** What the client's exporter writes, and nothing else: no addresses, extras, animations, cameras or other extensions. */
function sceneOf(drawn: readonly Drawn[]) {
  const schemas = drawn.map(drawnSchemas)
  type Schemas = (typeof schemas)[number]
  /** A list with one entry for each thing that is drawn, in their order. */
  const each = <Key extends keyof Schemas>(key: Key) => {
    const [first, ...others] = schemas.map((schema) => schema[key])
    return z.tuple([first, ...others]) as unknown as z.ZodArray<Schemas[Key]>
  }
  const accessors = drawn.reduce((sum, { isHair }) => sum + (isHair ? 5 : 4), 0)
  return z.strictObject({
    asset: z.strictObject({
      version: z.literal('2.0'),
      generator: z.string().max(100).optional(),
      copyright: z.string().max(200).optional(),
    }),
    extensionsUsed: z.array(z.literal('KHR_materials_unlit')).length(1),
    accessors: z
      .array(
        z.strictObject({
          type: z.enum(['VEC4', 'VEC3', 'VEC2', 'SCALAR']),
          componentType: z.union([
            z.literal(componentTypes.float),
            z.literal(componentTypes.short),
            z.literal(componentTypes.int),
          ]),
          count: index,
          bufferView: index,
          byteOffset: index.optional(),
          min: vector.optional(),
          max: vector.optional(),
        }),
      )
      .min(4 * drawn.length)
      .max(accessors),
    bufferViews: z
      .array(
        z.strictObject({
          buffer: z.literal(0),
          byteOffset: index.optional(),
          byteLength: index,
          byteStride: z.number().int().min(4).max(252).optional(),
          target: z.union([z.literal(34962), z.literal(34963)]).optional(),
        }),
      )
      .max(8 * drawn.length),
    buffers: z.tuple([z.strictObject({ byteLength: index })]),
    samplers: z
      .array(
        z.strictObject({
          wrapS: index.optional(),
          wrapT: index.optional(),
          magFilter: index.optional(),
          minFilter: index.optional(),
        }),
      )
      .max(1)
      .optional(),
    textures: each('textures'),
    images: each('images'),
    materials: each('materials'),
    meshes: each('meshes'),
    nodes: each('nodes'),
    scenes: z.tuple([z.strictObject({ name, nodes: z.array(index).length(drawn.length) })]),
    scene: z.literal(0),
  })
}

export const faceScene = sceneOf([{}])
const bareHead = sceneOf([{ name: 'head' }])
const hairyHead = sceneOf([{ name: 'head' }, { name: 'hair', isHair: true }])

export type Scene = z.infer<typeof faceScene>

/** Which of the two a head's scene claims to be: told by its meshes, so that what is wrong with it can be named. */
export function headScene(json: unknown): typeof faceScene {
  const { meshes } = (json ?? {}) as { meshes?: unknown }
  return Array.isArray(meshes) && meshes.length > 1 ? hairyHead : bareHead
}
