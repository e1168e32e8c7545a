import { elements, floats, type Glb, refused } from './glb-file.ts'
import { componentTypes } from './glb-scene.ts'

const part = 'head.glb'
/** `Body`, `Neck`, `Head`: of the scene's schema. */
const bones = 3

/**
 * Checks that each vertex goes with bones that there are, wholly, and that the bones are at rest in the file.
 *
 * @throws ValidationError
 */
export function checkSkin(glb: Glb): void {
  const { accessors, meshes } = glb.scene
  for (const { primitives } of meshes) {
    const [{ attributes }] = primitives
    checkSkinWeights(glb, attributes, accessors[attributes.POSITION].count)
  }
  checkBones(glb)
}

function checkSkinWeights(
  glb: Glb,
  { JOINTS_0, WEIGHTS_0 }: { JOINTS_0?: number; WEIGHTS_0?: number },
  vertices: number,
): void {
  const [joints, weights] = [JOINTS_0!, WEIGHTS_0!].map((which) => elements(glb, which, 4, 1))
  for (const { accessor } of [joints, weights]) {
    const { type, componentType, count, normalized = false } = accessor
    const isRight = type === 'VEC4' && componentType === componentTypes.byte && count === vertices
    if (isRight && normalized === (accessor === weights.accessor)) continue
    throw refused(
      part,
      'glb-accessor',
      `${part} must give each vertex four joints and four normalized weights, in bytes.`,
    )
  }
  for (let v = 0; v < vertices; v++) {
    let sum = 0
    for (let i = 0; i < 4; i++) {
      sum += weights.view.getUint8(weights.from + v * weights.stride + i)
      const joint = joints.view.getUint8(joints.from + v * joints.stride + i)
      if (joint < bones) continue
      throw refused(part, 'glb-skin', `A vertex of ${part} goes with joint ${joint}; there are ${bones}.`)
    }
    if (sum === 255) continue
    throw refused(part, 'glb-skin', `The weights of a vertex of ${part} add up to ${sum}, not to 255.`)
  }
}

/** The rest of an inverse bind matrix may differ so much from the bone's place, metres: both were rounded. */
const rounding = 1e-5

function checkBones(glb: Glb): void {
  const { scene } = glb
  const matrices = floats(glb, scene.skins![0].inverseBindMatrices, 'MAT4')
  if (matrices.length !== 16 * bones) {
    throw refused(
      part,
      'glb-skin',
      `${part} has ${matrices.length / 16} inverse bind matrices for ${bones} joints.`,
    )
  }
  const at = [0, 0, 0]
  for (let joint = 0; joint < bones; joint++) {
    const { translation = [0, 0, 0] } = scene.nodes[scene.meshes.length + joint]
    for (let c = 0; c < 3; c++) at[c] += translation[c]
    for (let i = 0; i < 16; i++) {
      const expected = i >= 12 && i < 15 ? -at[i - 12] : i % 5 === 0 ? 1 : 0
      if (Math.abs(matrices[16 * joint + i] - expected) <= rounding) continue
      throw refused(
        part,
        'glb-skin',
        `An inverse bind matrix of ${part} does not take its joint back to the origin.`,
      )
    }
  }
}
