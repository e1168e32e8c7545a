/** The photo laid out in UV space. */

import type { Camera, Cover, Mesh, Unwrap } from '../../face/types.ts'
import type { Photo } from '../../image/photo.ts'
import { bilinear, footprints, samplePhoto } from '../../image/sample.ts'
import { smoothstep } from '../../image/smoothstep.ts'
import { maskWhere } from '../../image/texels.ts'
import { project } from '../mesh/camera.ts'
import { interpolate, type Raster, rasterize, texelLayout } from '../mesh/rasterize.ts'
import { coverStrokes } from './cover.ts'
import { mouthOpening } from './mouth-opening.ts'
import { findSkin } from './skin.ts'
import { type Doubts, outlineTrust, trustMap } from './trust.ts'
import { cropAround, rasterizeCrop, type SeenMesh } from './view.ts'
import { grazing, sideRange, squarely, visibility } from './visibility.ts'

/** The sides of a face lie further than this from its middle line, share of the texture's side. */
const sides = 0.22

export interface UnwrapOptions extends Doubts {
  /** N: texels per side. */
  size: number
  /** Photo pixels between the eyes: the scale of depth tolerance and brush growth. */
  interOcular: number
  /** N x N, eyes, brows and lips; null for a mesh whose layout is not the face model's: then no hair is looked for. */
  features: Uint8Array | null
}

/**
 * Samples the photo at each texel's place on the mesh and weighs how well it is seen there.
 * Under 1 s at 256 and 2 s at 512 texels on one core.
 *
 * @returns also which triangle each texel lies in, what `faceView` needs, and what seems to cover the face
 * @throws CaptureError `bad-mask`, see trust.ts.
 */
export function unwrapPhoto(
  photo: Photo,
  mesh: Mesh,
  camera: Camera,
  { size, interOcular, features, ...doubts }: UnwrapOptions,
): { unwrap: Unwrap; layout: Raster; seen: SeenMesh; cover?: Cover } {
  const layout = rasterize(texelLayout(mesh.uv, size), mesh.triangles, size, size)
  const coverage = maskWhere(layout.triangle.length, (i) => layout.triangle[i] >= 0)
  const positions = interpolate(layout, mesh.triangles, mesh.positions, 3)
  const normals = unit(interpolate(layout, mesh.triangles, mesh.normals, 3))
  const screen = project(positions, camera)

  const vertices = project(mesh.positions, camera)
  const crop = cropAround(vertices, size)
  const raster = rasterizeCrop(vertices, mesh, crop)
  const trust = trustMap(photo, crop, doubts, interOcular)
  if (features) {
    const within = outlineTrust(raster, crop, interOcular)
    for (let i = 0; i < trust.length; i++) trust[i] *= within[i]
  }

  const opening = features ? mouthOpening(coverage, positions, size) : undefined
  const cosine = visibility({ coverage, positions, normals, screen }, camera, raster, crop, interOcular)
  const trusted = new Float64Array(cosine.length)
  for (let i = 0; i < trusted.length; i++) {
    if (cosine[i] === 0) continue
    const x = (screen[4 * i] - crop.left) / crop.step
    const y = (screen[4 * i + 1] - crop.top) / crop.step
    trusted[i] = bilinear(trust, size, size, 1, 0, x, y)
  }
  // Lids, nostrils and the nose's sides are steep, too, but nothing else shows them.
  const side = sideRange(interOcular)
  const isSide = (i: number) => Math.abs(((i % size) + 0.5) / size - 0.5) > sides && !features?.[i]
  const weight = new Float32Array(cosine.length)
  const steep = new Float32Array(cosine.length)
  for (let i = 0; i < cosine.length; i++) {
    if (cosine[i] === 0) continue
    const { from, to } = features && isSide(i) ? side : squarely
    const share = (opening ? opening[i] : 1) * trusted[i]
    weight[i] = share * smoothstep(from, to, cosine[i])
    steep[i] = share * smoothstep(grazing.from, grazing.to, cosine[i])
  }
  const grazed = samplePhoto(photo, screen, 4, footprints(screen, 4, coverage, size), steep)
  const sampled = grazed.slice()
  hide(sampled, weight)
  const unwrap: Unwrap = {
    size,
    coverage,
    sampled,
    weight,
    grazing: { weight: steep, sampled: grazed },
    normals,
    features: features ?? new Uint8Array(size * size),
    mouthOpening: opening,
    symmetric: features !== null,
  }
  let cover: Cover | undefined
  if (features) {
    const skin = findSkin(unwrap)
    if (skin.hidden) {
      const seen = skin.covered.map((value, i) => (value && weight[i] > 0 ? 1 : 0))
      cover = { hides: skin.hidden, strokes: coverStrokes(seen, screen, interOcular) }
      unwrap.covered = skin.covered
    }
    for (let i = 0; i < weight.length; i++) weight[i] *= skin.likeness[i]
  }
  hide(sampled, weight)
  return { unwrap, layout, seen: { crop, raster, trust }, cover }
}

/** Colours of what has no weight are 0. @param sampled n x 3, changed in place */
function hide(sampled: Float32Array, weight: Float32Array): void {
  for (let i = 0, k = 0; i < weight.length; i++, k += 3)
    if (weight[i] === 0) {
      sampled[k] = 0
      sampled[k + 1] = 0
      sampled[k + 2] = 0
    }
}

function unit(normals: Float32Array): Float32Array {
  for (let i = 0; i < normals.length; i += 3) {
    const x = normals[i]
    const y = normals[i + 1]
    const z = normals[i + 2]
    const length = Math.sqrt(x * x + y * y + z * z)
    if (length === 0) continue
    normals[i] = x / length
    normals[i + 1] = y / length
    normals[i + 2] = z / length
  }
  return normals
}
