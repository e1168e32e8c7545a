import { project } from '../../../client/capture/mesh/camera.ts'
import type { CasesOf } from '../context.ts'
import { captureKnown, knownFace, photograph, relit } from '../known-face.ts'
import { applyOcclusion, occluders } from '../occluders/index.ts'
import { regionsOf } from '../regions.ts'
import { seedOf } from '../seed.ts'

/** Degrees: slightly turned, as people are; the side alternates over the occluders. */
const turn = 15

/**
 * The complete texture of a near-frontal portrait behind things that hide parts of both sides, each in a picture of its own.
 * The pipeline is told where they are, as by the brush; what neither side shows must be invented.
 */
export const occlusion: CasesOf = async function* (sample, context) {
  const face = await knownFace(sample, context)
  for (const [i, occluder] of occluders.entries()) {
    const yaw = (i + seedOf(sample.name)) % 2 ? turn : -turn
    const view = `${occluder.name}, yaw ${yaw}`
    const seed = seedOf(`${sample.name} ${occluder.name}`)
    const lit = relit(face, seed)
    const shot = photograph(lit, { yaw }, seed)
    const covered = await occluder.draw(landmarksOf(lit.mesh.positions, shot.camera), shot.photo, seed)
    const behind = { ...shot, photo: applyOcclusion(shot.photo, covered) }
    const capture = captureKnown(behind, lit, lit.mesh, covered.mask)
    const truth = { mesh: lit.mesh, texture: lit.texture, regions: regionsOf(capture, lit.known) }
    yield { protocol: 'occlusion', sample, view, yaw, mesh: 'true', capture, truth }
  }
}

/** 478 x 3, photo pixels: the mesh's first 468 vertices are the landmarks; irises in the middle of the eyes' corners. */
function landmarksOf(positions: Float32Array, camera: Parameters<typeof project>[1]): Float32Array {
  const screen = project(positions.subarray(0, 3 * 468), camera)
  const landmarks = new Float32Array(3 * 478)
  for (let v = 0; v < 468; v++) for (let c = 0; c < 3; c++) landmarks[3 * v + c] = screen[4 * v + c]
  const corners = [
    [33, 133],
    [362, 263],
  ]
  for (let v = 468; v < 478; v++) {
    const [a, b] = corners[v < 473 ? 0 : 1]
    for (let c = 0; c < 3; c++) landmarks[3 * v + c] = (landmarks[3 * a + c] + landmarks[3 * b + c]) / 2
  }
  return landmarks
}
