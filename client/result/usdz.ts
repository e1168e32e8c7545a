import { decimals, fromBottom, rowsOfText } from './mesh-text.ts'
import { checkLengths, inMetres, type TexturedMesh, unitNormals } from './textured-meshes.ts'
import { alignedZip } from './zip.ts'

/** Colours at vertices do not travel (bake-colours.ts), and of the textures only PNG does. */
export type UsdMesh = Pick<TexturedMesh, 'name' | 'mesh' | 'alphaCutoff'> & { png: Uint8Array }

/**
 * Textured meshes as USDZ, for AR on iPhones and whatever else reads USD: metres, +Y up, looking along +Z, double-sided, and
 * raised so that the lowest point stands on the ground, where AR puts it.
 *
 * The textures hold the photo's light, and yet the material is lit, rough and non-metallic: USD has no unlit one, and what
 * stands in a room and does not take its light looks pasted into it.
 *
 * @param name of the root prim; like the meshes' names a USD identifier: letters, digits and _, no digit first
 * @returns a zip of a USDA layer and `textures/NAME.png` of each mesh
 * @throws RangeError where a mesh's arrays do not agree in length.
 */
export function usdz(name: string, parts: readonly UsdMesh[]): Promise<Uint8Array<ArrayBuffer>> {
  for (const part of parts) checkLengths(part)
  // The first file is the one that is opened.
  return alignedZip([
    [`${name}.usda`, layer(name, parts)],
    ...parts.map((part) => [texturePath(part), part.png] as const),
  ])
}

const texturePath = ({ name }: Pick<UsdMesh, 'name'>) => `textures/${name}.png`

function layer(name: string, parts: readonly UsdMesh[]): string {
  const lowest = Math.min(...parts.map(({ mesh }) => extent(inMetres(mesh.positions)).low[1]))
  return `#usda 1.0
(
    customLayerData = {
        string creator = "FaceRefiner"
    }
    defaultPrim = "${name}"
    metersPerUnit = 1
    upAxis = "Y"
)

def Xform "${name}" (
    kind = "component"
)
{
    double3 xformOp:translate = (0, ${rowsOfText([-lowest], 1, decimals.metres, '')}, 0)
    uniform token[] xformOpOrder = ["xformOp:translate"]
${parts.map((part) => meshPrim(name, part)).join('')}
    def Scope "materials"
    {${parts.map((part) => materialPrim(name, part)).join('')}
    }
}
`
}

function meshPrim(root: string, { name, mesh }: UsdMesh): string {
  const positions = inMetres(mesh.positions)
  const { low, high } = extent(positions)
  const { uv, triangles } = mesh
  return `
    def Mesh "${name}" (
        prepend apiSchemas = ["MaterialBindingAPI"]
    )
    {
        uniform bool doubleSided = 1
        float3[] extent = [${tuples([...low, ...high], 3, decimals.metres)}]
        int[] faceVertexCounts = [${Array(triangles.length / 3).fill(3)}]
        int[] faceVertexIndices = [${triangles}]
        rel material:binding = </${root}/materials/${name}>
        normal3f[] normals = [${tuples(unitNormals(mesh.normals), 3, decimals.normal)}] (
            interpolation = "vertex"
        )
        point3f[] points = [${tuples(positions, 3, decimals.metres)}]
        texCoord2f[] primvars:st = [${tuples(fromBottom(uv), 2, decimals.uv)}] (
            interpolation = "vertex"
        )
        uniform token subdivisionScheme = "none"
    }
`
}

function materialPrim(root: string, part: UsdMesh): string {
  const { name, alphaCutoff } = part
  const path = `/${root}/materials/${name}`
  const cut =
    alphaCutoff === undefined
      ? ''
      : `
                float inputs:opacity.connect = <${path}/texture.outputs:a>
                float inputs:opacityThreshold = ${alphaCutoff}`
  return `
        def Material "${name}"
        {
            token outputs:surface.connect = <${path}/surface.outputs:surface>

            def Shader "surface"
            {
                uniform token info:id = "UsdPreviewSurface"
                color3f inputs:diffuseColor.connect = <${path}/texture.outputs:rgb>
                float inputs:metallic = 0${cut}
                float inputs:roughness = 0.6
                token outputs:surface
            }

            def Shader "texture"
            {
                uniform token info:id = "UsdUVTexture"
                asset inputs:file = @${texturePath(part)}@
                token inputs:sourceColorSpace = "sRGB"
                float2 inputs:st.connect = <${path}/uv.outputs:result>
                token inputs:wrapS = "clamp"
                token inputs:wrapT = "clamp"
                float outputs:a
                float3 outputs:rgb
            }

            def Shader "uv"
            {
                uniform token info:id = "UsdPrimvarReader_float2"
                string inputs:varname = "st"
                float2 outputs:result
            }
        }`
}

const tuples = (values: ArrayLike<number>, width: number, digits: number) =>
  rowsOfText(values, width, digits, ', ').map((row) => `(${row})`)

function extent(positions: Float32Array): { low: number[]; high: number[] } {
  const low = [0, 1, 2].map(() => Number.POSITIVE_INFINITY)
  const high = low.map((value) => -value)
  positions.forEach((value, i) => {
    low[i % 3] = Math.min(low[i % 3], value)
    high[i % 3] = Math.max(high[i % 3], value)
  })
  return { low, high }
}
