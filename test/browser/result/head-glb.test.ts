import { AnimationMixer, type Bone, Matrix3, Matrix4, Quaternion, type SkinnedMesh, Vector3 } from 'three'
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js'
import { describe, expect, test } from 'vitest'
import { expressed } from '../../../client/head/expressions/expressed.ts'
import { headGlb } from '../../../client/result/head-glb.ts'
import { targetNames } from '../../../client/result/morph-targets.ts'
import { atlasPng, encodePng } from '../../../client/result/png.ts'
import { simpleAnimation, simpleHeadMovement } from '../../support/head-movement.ts'
import { dome } from '../../unit/result/synthetic.ts'

const mesh = dome(12)
const hair = { mesh: dome(4), png: await encodePng(new Uint8Array(4 * 16 * 16), 16, 16, 'rgba') }
const movement = simpleHeadMovement(mesh, hair.mesh)
const png = await atlasPng(new Float32Array(6 * 16 * 16), 16)
const animation = simpleAnimation()
const glb = await headGlb({ mesh, png, hair, movement, animation })
const { scene, animations } = await new GLTFLoader().parseAsync(glb.buffer, '')
const named = <Kind>(name: string) => scene.getObjectByName(name) as Kind
const head = named<SkinnedMesh>('head')
const bones = { neck: named<Bone>('Neck'), head: named<Bone>('Head') }

/** Where three.js draws the vertices: centimetres, V x 3. */
function drawn(): Float32Array {
  scene.updateMatrixWorld(true)
  const at = new Vector3()
  const result = new Float32Array(mesh.positions.length)
  for (let v = 0; v < result.length / 3; v++)
    head
      .getVertexPosition(v, at)
      .multiplyScalar(100)
      .toArray(result, 3 * v)
  return result
}

describe('headGlb in three.js', () => {
  test('each mesh can be driven by the same names', () => {
    for (const name of ['head', 'hair', 'teeth']) {
      const { isSkinnedMesh, morphTargetDictionary, morphTargetInfluences } = named<SkinnedMesh>(name)
      expect(isSkinnedMesh).toBe(true)
      expect(Object.keys(morphTargetDictionary!)).toEqual([...targetNames])
      expect(morphTargetInfluences).toEqual(new Array(targetNames.length).fill(0))
    }
  })

  test('an expression and turned bones take the vertices where they should be', () => {
    const { jawOpen, viseme_sil } = head.morphTargetDictionary!
    head.morphTargetInfluences![jawOpen] = 0.5
    head.morphTargetInfluences![viseme_sil] = 1
    bones.neck.quaternion.setFromAxisAngle(new Vector3(1, 0, 0), 0.2)
    bones.head.quaternion.setFromAxisAngle(new Vector3(0, 1, 0), 0.6)
    const rotation = (quaternion: Quaternion) =>
      new Matrix3().setFromMatrix4(new Matrix4().makeRotationFromQuaternion(quaternion)).transpose().toArray()
    const turn = {
      pivots: movement.pivots,
      neck: rotation(bones.neck.quaternion),
      head: rotation(bones.head.quaternion),
    }
    const expected = expressed(mesh.positions, movement.head, { jawOpen: 0.5 }, turn)
    const furthest = drawn().reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0)
    expect(furthest).toBeLessThan(0.02)
    // The upper half goes with the head, the last quarter stays with the body.
    const moved = (v: number) =>
      Math.hypot(...[0, 1, 2].map((c) => expected[3 * v + c] - mesh.positions[3 * v + c]))
    expect(moved(0)).toBeGreaterThan(2)
    expect(moved(mesh.positions.length / 3 - 1)).toBe(0)
  })

  test('its animation drives the meshes and the bones', () => {
    const [clip] = animations
    expect(clip.name).toBe('performance')
    expect(clip.duration).toBeCloseTo(1)
    expect(clip.tracks.map(({ name }) => name.split('.')[1]).toSorted()).toEqual([
      ...['morphTargetInfluences', 'morphTargetInfluences', 'morphTargetInfluences'],
      ...['quaternion', 'quaternion'],
    ])
    const mixer = new AnimationMixer(scene)
    mixer.clipAction(clip).play()
    mixer.setTime(0.5)
    for (const name of ['head', 'hair', 'teeth']) {
      const { morphTargetDictionary, morphTargetInfluences } = named<SkinnedMesh>(name)
      expect(morphTargetInfluences![morphTargetDictionary!.jawOpen]).toBeCloseTo(1)
    }
    mixer.setTime(0.25)
    expect(bones.head.quaternion.angleTo(new Quaternion())).toBeCloseTo(0.5)
  })
})
