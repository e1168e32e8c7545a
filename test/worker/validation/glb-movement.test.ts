import { describe, expect, it, test } from 'vitest'
import { headGlb } from '../../../client/result/head-glb.ts'
import { atlasPng } from '../../../client/result/png.ts'
import { checkHeadGlb } from '../../../worker/validation/glb.ts'
import { at, breakable, type Scene } from '../../support/breakable-glb.ts'
import { simpleAnimation, simpleHeadMovement } from '../../support/head-movement.ts'
import { validHead } from '../../support/parts.ts'
import { dome } from '../../unit/result/synthetic.ts'

const still = await validHead()
const moving = await validHead({ moves: true })
const animated = await validHead({ moves: 'animated' })
const { scene, withScene, withData } = breakable(animated)
const skin = checkHeadGlb(still)

test('takes what the client exports: a head that moves, bald or not, with an animation or none', async () => {
  for (const file of [moving, animated, await validHead({ moves: true, hair: false })])
    expect(checkHeadGlb(file)).toEqual(skin)
})

test('takes a file wherever it lies in memory', () => {
  const shifted = new Uint8Array(animated.length + 1)
  shifted.set(animated, 1)
  expect(checkHeadGlb(shifted.subarray(1))).toEqual(skin)
})

const [headMesh, hairMesh, teethMesh] = scene.meshes
const names = (scene: Scene, mesh = 0) => scene.meshes[mesh].extras.targetNames
const target = (scene: Scene, which = 0) =>
  scene.accessors[scene.meshes[0].primitives[0].targets[which].POSITION]
const { sparse } = target(scene)
const sparseAt = ({ bufferView, byteOffset }: Scene) => scene.bufferViews[bufferView].byteOffset + byteOffset
const [values, moved] = [sparseAt(sparse.values), sparseAt(sparse.indices)]
const attribute = (name: string, mesh = headMesh) => scene.accessors[mesh.primitives[0].attributes[name]]
/** In interleaved data: of a vertex. */
const ofVertex = (name: string, vertex: number) =>
  at(scene, attribute(name)) + vertex * scene.bufferViews[attribute(name).bufferView].byteStride
const [clip] = scene.animations
const [times, weights, , headTurns] = [
  clip.samplers[0].input,
  ...clip.samplers.map(({ output }: Scene) => output),
].map((which: number) => at(scene, scene.accessors[which]))
const matrices = at(scene, scene.accessors[scene.skins[0].inverseBindMatrices])
const float = (where: number, value: number) => withData((view) => view.setFloat32(where, value, true))
const byte = (where: number, value: number) => withData((view) => view.setUint8(where, value))
const longer = simpleAnimation()
longer.times = longer.times.map((time) => 16 * time)
const mesh = dome(8)
const png = await atlasPng(new Float32Array(6 * 256 * 256), 256)
const movement = simpleHeadMovement(mesh, null)
const far = { vertices: Uint32Array.of(3), offsets: Float32Array.of(0, 11, 0) }
const tooFar = { ...movement.head, morphs: { ...movement.head.morphs, jawOpen: far } }
const [stretched, wideMouth, tooLong, tooFast] = await Promise.all([
  headGlb({ mesh, png, movement: { ...movement, head: tooFar } }),
  headGlb({ mesh, png, movement: withMouth(512) }),
  headGlb({ mesh, png, movement, animation: longer }),
  headGlb({ mesh, png, movement, animation: fast(1000) }),
])

describe('checkHeadGlb, of morph targets', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['a name that is no expression', withScene((s) => rename(s, 3, 'smile')), 'glb-targets', /"smile"/],
    ['a name twice', withScene((s) => rename(s, 3, 'jawOpen')), 'glb-targets', /two morph targets "jawOpen"/],
    [
      'fewer names than targets',
      withScene((s) => names(s).pop()),
      'glb-targets',
      /66 morph targets and 65 names/,
    ],
    ['no names', withScene((s) => delete s.meshes[2].extras), 'glb-scene', /meshes.2.extras/],
    ['other names on the hair', withScene((s) => names(s, 1).reverse()), 'glb-targets', /that differ/],
    [
      'fewer targets on the teeth',
      withScene((s) => [names(s, 2).pop(), s.meshes[2].primitives[0].targets.pop()]),
      'glb-targets',
      /that differ/,
    ],
    [
      'other extras',
      withScene((s) => Object.assign(s.meshes[0].extras, { author: 'me' })),
      'glb-scene',
      /author/,
    ],
    [
      'no targets',
      withScene((s) => delete s.meshes[1].primitives[0].targets),
      'glb-scene',
      /meshes.1.primitives.0.targets/,
    ],
    [
      'targets of normals',
      withScene((s) => Object.assign(s.meshes[0].primitives[0].targets[0], { NORMAL: 1 })),
      'glb-scene',
      /NORMAL/,
    ],
    [
      'weights of the mesh',
      withScene((s) => Object.assign(s.meshes[0], { weights: [1] })),
      'glb-scene',
      /weights/,
    ],
    ['a target of another mesh', withScene((s) => retarget(s, 1)), 'glb-accessor', /for its 81 vertices/],
    ['a target that is not there', withScene((s) => retarget(s, 999)), 'glb-accessor', /for its 81 vertices/],
    ['a target that is not sparse', withScene((s) => retarget(s, 0)), 'glb-accessor', /sparse VEC3/],
    [
      'a sparse position',
      withScene((s) => Object.assign(s.accessors[0], { sparse })),
      'glb-accessor',
      /no morph target's/,
    ],
    [
      'an attribute without data',
      withScene((s) => delete s.accessors[1].bufferView),
      'glb-accessor',
      /no morph target's/,
    ],
    [
      'no offsets',
      withScene((s) => Object.assign(target(s).sparse, { count: 0 })),
      'glb-offsets',
      /moves 0 of 81/,
    ],
    [
      'more offsets than vertices',
      withScene((s) => Object.assign(target(s).sparse, { count: 82 })),
      'glb-offsets',
      /moves 82 of 81/,
    ],
    [
      'a vertex that is not there',
      byte(moved + sparse.count - 1, 81),
      'glb-offsets',
      /moves vertex 81 after 75/,
    ],
    ['a vertex twice', byte(moved + 1, 0), 'glb-offsets', /moves vertex 0 after 0/],
    [
      'an offset that is no number',
      float(values + 8, Number.NaN),
      'glb-offsets',
      /not finite or beyond 0.1 m/,
    ],
    ['an offset beyond all faces', float(values + 8, -0.2), 'glb-offsets', /not finite or beyond 0.1 m/],
    ['the same by our own hand', stretched, 'glb-offsets', /0.1 m/],
    [
      'offsets beyond the data',
      withScene((s) => Object.assign(target(s).sparse.values, { byteOffset: 1e6 })),
      'glb-bounds',
      /beyond/,
    ],
    [
      'vertices beyond the data',
      withScene((s) => Object.assign(target(s).sparse.indices, { bufferView: 99 })),
      'glb-bounds',
      /beyond/,
    ],
    [
      'crooked offsets',
      withScene((s) => Object.assign(target(s).sparse.values, { byteOffset: 2 })),
      'glb-alignment',
      /multiples/,
    ],
    [
      'vertices that are floats',
      withScene((s) => Object.assign(target(s).sparse.indices, { componentType: 5126 })),
      'glb-scene',
      /componentType/,
    ],
  ])('refuses %s', expectRefusal)

  it('refuses more offsets than any head has', async () => {
    const large = dome(99)
    const head = simpleHeadMovement(large, null).head
    const all = Uint32Array.from({ length: 10_000 }, (_, v) => v)
    const offsets = new Float32Array(30_000).fill(0.5)
    const morphs = Object.fromEntries(
      Object.keys(head.morphs).map((name) => [name, { vertices: all, offsets }]),
    )
    const file = await headGlb({
      mesh: large,
      png,
      movement: { ...movement, head: { ...head, morphs: morphs as typeof head.morphs } },
    })
    expect(() => checkHeadGlb(file)).toThrow(
      expect.objectContaining({ code: 'glb-offsets', message: expect.stringContaining('more than 500000') }),
    )
  })
})

describe('checkHeadGlb, of bones and what hangs on them', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['targets without a skin', withScene((s) => delete s.skins), 'glb-scene', /./],
    ['two skins', withScene((s) => s.skins.push(s.skins[0])), 'glb-scene', /skins/],
    ['a mesh without the skin', withScene((s) => delete s.nodes[1].skin), 'glb-scene', /nodes.1.skin/],
    ['joints in another order', withScene((s) => s.skins[0].joints.reverse()), 'glb-scene', /joints/],
    [
      'a bone of another name',
      withScene((s) => Object.assign(s.nodes[5], { name: 'Skull' })),
      'glb-scene',
      /"Head"/,
    ],
    [
      'a bone that is turned',
      withScene((s) => Object.assign(s.nodes[5], { rotation: [0, 1, 0, 0] })),
      'glb-scene',
      /rotation/,
    ],
    [
      'a bone far away',
      withScene((s) => Object.assign(s.nodes[5], { translation: [0, 2, 0] })),
      'glb-scene',
      /translation/,
    ],
    ['bones outside of the scene', withScene((s) => s.scenes[0].nodes.pop()), 'glb-scene', /scenes.0.nodes/],
    ['another node', withScene((s) => s.nodes.push({ name: 'Hat' })), 'glb-scene', /nodes/],
    ['other teeth', withScene((s) => Object.assign(s.nodes[2], { name: 'tongue' })), 'glb-scene', /"teeth"/],
    [
      'teeth with holes',
      withScene((s) => Object.assign(s.materials[2], { alphaMode: 'MASK' })),
      'glb-scene',
      /alphaMode/,
    ],
    [
      'no joints',
      withScene((s) => delete s.meshes[0].primitives[0].attributes.JOINTS_0),
      'glb-scene',
      /JOINTS_0/,
    ],
    [
      'joints of another mesh',
      withScene((s) => give(s, 'JOINTS_0', hairMesh)),
      'glb-accessor',
      /four joints/,
    ],
    [
      'weights of another mesh',
      withScene((s) => give(s, 'WEIGHTS_0', teethMesh)),
      'glb-accessor',
      /four joints/,
    ],
    ['weights for joints', withScene((s) => swap(s, 'JOINTS_0', 'WEIGHTS_0')), 'glb-accessor', /four joints/],
    [
      'weights up to 255',
      withScene((s) => delete s.accessors[headMesh.primitives[0].attributes.WEIGHTS_0].normalized),
      'glb-accessor',
      /normalized/,
    ],
    ['a joint that is not there', byte(ofVertex('JOINTS_0', 5), 3), 'glb-skin', /joint 3; there are 3/],
    ['weights that are not 1', byte(ofVertex('WEIGHTS_0', 5), 1), 'glb-skin', /add up to 256, not to 255/],
    ['a matrix that is no number', float(matrices + 64, Number.NaN), 'glb-skin', /inverse bind matrix/],
    ['a matrix that scales', float(matrices + 64, 2), 'glb-skin', /inverse bind matrix/],
    ['a matrix of another place', float(matrices + 64 + 52, 0.5), 'glb-skin', /inverse bind matrix/],
    [
      'two matrices',
      withScene((s) => Object.assign(s.accessors[s.skins[0].inverseBindMatrices], { count: 2 })),
      'glb-skin',
      /2 inverse bind matrices/,
    ],
    [
      'matrices of another kind',
      withScene((s) => Object.assign(s.skins[0], { inverseBindMatrices: clip.samplers[0].output })),
      'glb-bounds',
      /beyond/,
    ],
    ['a mouth with alpha', wideMouth, 'png-size', /./],
  ])('refuses %s', expectRefusal)
})

describe('checkHeadGlb, of animations', () => {
  it.each<[string, Uint8Array, string, RegExp]>([
    ['two', withScene((s) => s.animations.push(s.animations[0])), 'glb-scene', /animations/],
    ['one of a head that stays', withAnimation(still), 'glb-scene', /animations/],
    [
      'one that steps',
      withScene((s) => Object.assign(s.animations[0].samplers[0], { interpolation: 'STEP' })),
      'glb-scene',
      /interpolation/,
    ],
    [
      'one that moves a bone',
      withScene((s) => aim(s, 4, { node: 5, path: 'translation' })),
      'glb-scene',
      /path/,
    ],
    [
      'one that turns the body',
      withScene((s) => aim(s, 4, { node: 3, path: 'rotation' })),
      'glb-animation',
      /rotation of node 3/,
    ],
    [
      'one that turns a mesh',
      withScene((s) => aim(s, 4, { node: 1, path: 'rotation' })),
      'glb-animation',
      /rotation of node 1/,
    ],
    [
      'weights of a bone',
      withScene((s) => aim(s, 4, { node: 5, path: 'weights' })),
      'glb-animation',
      /weights of node 5/,
    ],
    [
      'a node that is not there',
      withScene((s) => aim(s, 4, { node: 9, path: 'rotation' })),
      'glb-animation',
      /node 9/,
    ],
    [
      'one bone twice',
      withScene((s) => aim(s, 4, { node: 4, path: 'rotation' })),
      'glb-animation',
      /rotation of node 4/,
    ],
    [
      'a sampler that is not there',
      withScene((s) => Object.assign(s.animations[0].channels[0], { sampler: 3 })),
      'glb-animation',
      /sampler 3/,
    ],
    ['16 seconds', tooLong, 'glb-animation', /5 frames and ends at 16 s/],
    ['too many frames', tooFast, 'glb-animation', /1000 frames/],
    ['times that stand still', float(times + 4, 0), 'glb-animation', /do not ascend/],
    ['times before 0', float(times, -1), 'glb-animation', /do not ascend/],
    ['a time that is no number', float(times + 16, Number.NaN), 'glb-animation', /ends at NaN/],
    ['a weight above 1', float(weights, 1.5), 'glb-animation', /weight of 0 to 1/],
    ['a weight that is no number', float(weights, Number.NaN), 'glb-animation', /weight of 0 to 1/],
    [
      'fewer weights',
      withScene((s) => Object.assign(s.accessors[clip.samplers[0].output], { count: 5 * 65 })),
      'glb-animation',
      /330 in all; it has 325/,
    ],
    ['a turn that stretches', float(headTurns + 12, 2), 'glb-animation', /length 1/],
    ['a turn that is no number', float(headTurns + 12, Number.NaN), 'glb-animation', /length 1/],
    [
      'fewer turns',
      withScene((s) => Object.assign(s.accessors[clip.samplers[2].output], { count: 4 })),
      'glb-animation',
      /in each of 5 frames; it has 4/,
    ],
  ])('refuses %s', expectRefusal)
})

function expectRefusal(_: string, file: Uint8Array, code: string, message: RegExp) {
  expect(() => checkHeadGlb(file)).toThrow(
    expect.objectContaining({
      name: 'ValidationError',
      part: 'head.glb',
      code,
      message: expect.stringMatching(message),
    }),
  )
}

function rename(scene: Scene, which: number, name: string) {
  for (const { extras } of scene.meshes) extras.targetNames[which] = name
}
function retarget(scene: Scene, accessor: number) {
  scene.meshes[0].primitives[0].targets[0].POSITION = accessor
}
function give(scene: Scene, name: string, mesh: Scene) {
  scene.meshes[0].primitives[0].attributes[name] = mesh.primitives[0].attributes[name]
}
function swap(scene: Scene, a: string, b: string) {
  const { attributes } = scene.meshes[0].primitives[0]
  ;[attributes[a], attributes[b]] = [attributes[b], attributes[a]]
}
function aim(scene: Scene, channel: number, target: Scene) {
  scene.animations[0].channels[channel].target = target
}
function withAnimation(glb: Uint8Array) {
  return breakable(glb).withScene((s) => Object.assign(s, { animations: [clip] }))
}
function withMouth(size: number) {
  const data = new Uint8ClampedArray(4 * size * size)
  return { ...movement, mouth: { ...movement.mouth, texture: { size, data } } }
}
/** So uneven that no frame can be left out. */
function fast(frames: number) {
  const animation = simpleAnimation(frames)
  animation.weights = animation.weights.map((_, i) =>
    Math.floor(i / (animation.weights.length / frames)) % 2 ? 1 : 0,
  )
  return animation
}
