import { z } from 'zod'

/** As glTF numbers them. */
export const componentTypes = { float: 5126, short: 5123, int: 5125 } as const

const index = z.number().int().nonnegative()
const name = z.string().max(100).optional()
const vector = z.array(z.number()).max(4)
/** What the client's exporter writes, and nothing else: no addresses, extras, animations, cameras or other extensions. */
export const scene = z.strictObject({
  asset: z.strictObject({
    version: z.literal('2.0'),
    generator: z.string().max(100).optional(),
    copyright: z.string().max(200).optional(),
  }),
  extensionsUsed: z.array(z.literal('KHR_materials_unlit')).length(1),
  accessors: z
    .array(
      z.strictObject({
        type: z.enum(['VEC3', 'VEC2', 'SCALAR']),
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
    .length(4),
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
    .max(8),
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
  textures: z.tuple([z.strictObject({ name, source: z.literal(0), sampler: z.literal(0).optional() })]),
  images: z.tuple([z.strictObject({ name, mimeType: z.literal('image/png'), bufferView: index })]),
  materials: z.tuple([
    z.strictObject({
      name,
      doubleSided: z.boolean().optional(),
      pbrMetallicRoughness: z.strictObject({
        roughnessFactor: z.number().min(0).max(1).optional(),
        metallicFactor: z.number().min(0).max(1).optional(),
        baseColorTexture: z.strictObject({ index: z.literal(0) }),
      }),
      extensions: z.strictObject({ KHR_materials_unlit: z.strictObject({}) }),
    }),
  ]),
  meshes: z.tuple([
    z.strictObject({
      name,
      primitives: z.tuple([
        z.strictObject({
          attributes: z.strictObject({ POSITION: index, NORMAL: index, TEXCOORD_0: index }),
          indices: index,
          material: z.literal(0),
          mode: z.literal(4).optional(),
        }),
      ]),
    }),
  ]),
  nodes: z.tuple([z.strictObject({ name, mesh: z.literal(0) })]),
  scenes: z.tuple([z.strictObject({ name, nodes: z.tuple([z.literal(0)]) })]),
  scene: z.literal(0),
})
export type Scene = z.infer<typeof scene>
