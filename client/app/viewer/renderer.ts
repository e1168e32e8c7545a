import {
  AdditiveBlending,
  Camera as AnyCamera,
  BackSide,
  Box3,
  BufferAttribute,
  BufferGeometry,
  type DataTexture,
  DoubleSide,
  DynamicDrawUsage,
  FrontSide,
  Mesh,
  MeshBasicMaterial,
  MeshPhongMaterial,
  NoToneMapping,
  PerspectiveCamera,
  Scene,
  Sphere,
  SRGBColorSpace,
  Vector3,
  WebGLRenderer,
} from 'three'
import type { Camera, Mesh as FaceMesh } from '../../face/types.ts'
import type { HeadMovement } from '../../head/expressions/movement.ts'
import type { Pixels } from '../pixels.ts'
import { type Crop, clipFromHead } from './clip.ts'
import type { Hair } from './drawing.ts'
import { evidenceColours } from './evidence-colours.ts'
import { glowOf } from './glow.ts'
import { HairMesh } from './hair-mesh.ts'
import { MouthMesh } from './mouth-mesh.ts'
import type { View } from './orbit.ts'
import { photoTexture } from './photo-texture.ts'
import { isSamePose, type Pose } from './pose.ts'
import { poseVertices } from './pose-vertices.ts'
import { Studio } from './studio.ts'

/** Degrees; a portrait lens: a wider one makes noses large. */
const fieldOfView = 22

/** How skin shines in the studio's light. */
const sheen = { specular: 0x141414, shininess: 14 } as const

/** Of what lies over the skin, exactly where that is. */
const over = {
  transparent: true,
  depthWrite: false,
  polygonOffset: true,
  polygonOffsetFactor: -1,
  polygonOffsetUnits: -1,
} as const

/** As far down from the top of a head as a portrait reaches: centimetres. */
const portrait = 37

/**
 * Draws one textured face, or a head with its hair, as often and from wherever it is asked to. Runs in a worker: where WebGL
 * computes in software a drawing takes longer than a frame, and the page must not wait for it.
 *
 * The texture holds the photo's light, so nothing lights it again unless a view asks for the studio's.
 */
export class FaceRenderer {
  #canvas = new OffscreenCanvas(1, 1)
  #renderer = new WebGLRenderer({ canvas: this.#canvas, antialias: true, alpha: true })
  #scene = new Scene()
  #geometry = new BufferGeometry()
  #skin = new MeshBasicMaterial()
  #litSkin = new MeshPhongMaterial(sheen)
  /** From behind one sees the same skin, as through it: with less light. */
  #inside = new MeshBasicMaterial({ color: 0xb0b0b0, side: BackSide })
  #studio = new Studio()
  /** Lies over the skin: what it was before, and what is being made. */
  #before = { plain: new MeshBasicMaterial(over), lit: new MeshPhongMaterial({ ...sheen, ...over }) }
  #glow = new MeshBasicMaterial({ ...over, blending: AdditiveBlending })
  #faceMesh: Mesh = new Mesh(this.#geometry, this.#skin)
  #overMesh = new Mesh<BufferGeometry, MeshBasicMaterial | MeshPhongMaterial>(this.#geometry, this.#glow)
  #glowMesh = new Mesh(this.#geometry, this.#glow)
  #hair = new HairMesh()
  #mouth = new MouthMesh()
  /** Where the eye looks, and how far what is drawn reaches around it: a sphere. */
  #sphere = new Sphere()
  #whole = false
  /** At rest. */
  #rest: Pick<FaceMesh, 'positions' | 'normals'> = {
    positions: new Float32Array(),
    normals: new Float32Array(),
  }
  #movement: HeadMovement | null = null
  /** 1 for each vertex of a chart other than the largest (the inside of the mouth). */
  #apart: Uint8Array = new Uint8Array()
  #unfolded = 0
  #pose: Pose | null = null
  /** Are all vertices where the pose and the unfolding have them, and their normals as well? */
  #isPlaced = false
  #isLit = false
  #textures = new Map<number, DataTexture>()
  /** Those that tell where another comes from. */
  #evidence = new Set<number>()

  constructor() {
    this.#renderer.toneMapping = NoToneMapping
    this.#renderer.outputColorSpace = SRGBColorSpace
    this.#renderer.setPixelRatio(1)
    const back = new Mesh(this.#geometry, this.#inside)
    for (const mesh of [this.#faceMesh, back, this.#overMesh, this.#glowMesh]) {
      mesh.frustumCulled = false
      this.#scene.add(mesh)
    }
    // Before the fringe of the hair, which is mixed with what lies behind it.
    this.#overMesh.renderOrder = -2
    this.#glowMesh.renderOrder = -1
    this.#scene.add(this.#hair.group, this.#mouth)
    this.#scene.add(this.#studio)
  }

  /** @param whole is it that of a whole head? */
  setMesh({ positions, normals, uv, triangles }: FaceMesh, whole: boolean) {
    this.#whole = whole
    this.#rest = { positions, normals }
    this.setMovement(null)
    this.#apart = smallerParts(triangles, positions.length / 3)
    const position = new BufferAttribute(positions.slice(), 3).setUsage(DynamicDrawUsage)
    this.#geometry.setAttribute('position', position)
    this.#geometry.setAttribute('normal', new BufferAttribute(normals.slice(), 3))
    this.#geometry.setAttribute('uv', new BufferAttribute(uv, 2))
    this.#geometry.setIndex(new BufferAttribute(triangles, 1))
    this.#geometry.computeBoundingSphere()
    this.#fit()
  }

  setHair(hair: Hair | null) {
    this.#hair.set(hair)
    this.#isPlaced = false
    this.#fit()
  }

  /** @param movement of the mesh and the hair that are set; null: they stay at rest */
  setMovement(movement: HeadMovement | null) {
    this.#movement = movement
    this.#mouth.set(movement)
    this.#isPlaced = false
  }

  /**
   * A face fits with its corners. Of a whole head there is as much as a portrait shows: the bust goes on below the picture's
   * edge, and long hair with it.
   */
  #fit() {
    this.#sphere.copy(this.#geometry.boundingSphere!)
    if (!this.#whole) return
    const { positions } = this.#rest
    const whole = new Box3().setFromArray(positions)
    const top = Math.max(whole.max.y, this.#hair.top)
    const lowest = Math.max(whole.min.y, top - portrait)
    const shown = new Box3()
    const point = new Vector3()
    for (let v = 0; v < positions.length; v += 3) {
      point.fromArray(positions, v)
      if (point.y >= lowest) shown.expandByPoint(point)
    }
    shown.getCenter(this.#sphere.center).setY((top + lowest) / 2)
    this.#sphere.radius = (top - lowest) / 2
  }

  /** @param evidence is drawn in the texture's place; null: the texture itself */
  addTexture(key: number, given: Pixels, evidence: Uint8Array | null = null) {
    const pixels = evidence ? evidenceColours(given, evidence) : given
    if (evidence) this.#evidence.add(key)
    this.#textures.set(key, photoTexture(pixels))
  }

  /** @param evidence N x N, of the face's texels: what nothing is known of glows where a view asks for it */
  setComing(evidence: Uint8Array) {
    const { array: uv } = this.#geometry.getAttribute('uv') as BufferAttribute
    const triangles = this.#geometry.getIndex()!.array as Uint32Array
    this.#glow.map?.dispose()
    this.#glow.map = photoTexture(glowOf(evidence, { uv: uv as Float32Array, triangles }, this.#whole))
    this.#glow.needsUpdate = true
  }

  removeTexture(key: number) {
    this.#textures.get(key)?.dispose()
    this.#textures.delete(key)
    this.#evidence.delete(key)
  }

  /**
   * The face as seen from `orbit`, fitted into width x height.
   *
   * @param fading a texture that is still to be seen over it, and how much of that, 0..1; null: none
   */
  fromOrbit(
    texture: number,
    width: number,
    height: number,
    { azimuth, elevation, zoom, light = null, unfold = 0, glow = 0, pose = null }: View,
    fading: { key: number; share: number } | null = null,
  ): ImageBitmap {
    const lit = light !== null && !this.#evidence.has(texture)
    this.#place(pose, unfold, texture, lit)
    const aspect = width / height
    const camera = new PerspectiveCamera(fieldOfView, aspect, 1, 500)
    const half = Math.tan((fieldOfView * Math.PI) / 360) * Math.min(1, aspect * 1.1)
    const { center, radius } = this.#sphere
    const distance = (radius * (this.#whole ? 1.15 : 1.08)) / half
    const level = Math.cos(elevation) * distance
    camera.position.set(
      center.x + level * Math.sin(azimuth),
      center.y + distance * Math.sin(elevation),
      center.z + level * Math.cos(azimuth),
    )
    camera.lookAt(center)
    camera.zoom = zoom
    camera.updateProjectionMatrix()
    if (light !== null) this.#studio.place(azimuth, light, center)
    this.#layOver(fading, unfold === 0 ? glow : 0, lit)
    return this.#draw(texture, width, height, camera, lit)
  }

  /** The face alone, side x side, exactly where the photo's crop `view` shows it. */
  overPhoto(texture: number, side: number, camera: Camera, view: Crop): ImageBitmap {
    this.#place(null, 0, texture, false)
    this.#layOver(null, 0, false)
    const positions = this.#geometry.getAttribute('position').array
    const photoCamera = new AnyCamera()
    photoCamera.projectionMatrix.fromArray(clipFromHead(camera.matrix, view, positions))
    photoCamera.projectionMatrixInverse.copy(photoCamera.projectionMatrix).invert()
    return this.#draw(texture, side, side, photoCamera)
  }

  /** @param unfold see View @param key of the texture */
  #place(pose: Pose | null, unfold: number, key: number, isLit: boolean) {
    const isAsItWas = unfold === this.#unfolded && isLit === this.#isLit && isSamePose(pose, this.#pose)
    if (this.#isPlaced && isAsItWas) return
    const movement = this.#movement
    const moved = movement && { ...movement.head, pivots: movement.pivots }
    poseVertices(this.#geometry, this.#rest, moved, pose, isLit)
    this.#hair.pose(movement, pose, isLit)
    this.#mouth.pose(pose, isLit)
    if (unfold > 0) this.#unfold(unfold, key)
    this.#unfolded = unfold
    this.#pose = pose
    this.#isLit = isLit
    this.#isPlaced = true
  }

  /** Moves the vertices on from the head to the flat texture, which is as large as they are. */
  #unfold(share: number, key: number) {
    const position = this.#geometry.getAttribute('position')
    const uv = this.#geometry.getAttribute('uv')
    const { center, radius } = this.#geometry.boundingSphere!
    // A head's texture is twice as wide as high.
    const aspect = this.#aspectOf(key)
    const side = (radius * 1.7) / aspect
    for (let v = 0; v < position.count; v++) {
      // Small charts pass behind the skin on their way.
      const depth = center.z - this.#apart[v] * radius
      const flat = [
        center.x + (uv.getX(v) - 0.5) * aspect * side,
        center.y + (0.5 - uv.getY(v)) * side,
        depth,
      ]
      for (let c = 0; c < 3; c++) position.array[3 * v + c] += (flat[c] - position.array[3 * v + c]) * share
    }
  }

  #layOver(fading: { key: number; share: number } | null, glow: number, lit: boolean) {
    const material = lit ? this.#before.lit : this.#before.plain
    const map = (fading && this.#textures.get(fading.key)) ?? null
    material.needsUpdate = material.map === null && map !== null
    material.map = map
    material.opacity = fading?.share ?? 0
    this.#overMesh.material = material
    this.#overMesh.visible = map !== null
    this.#glow.opacity = glow
    this.#glowMesh.visible = glow > 0 && this.#glow.map !== null
  }

  #aspectOf(key: number): number {
    const image = this.#textures.get(key)?.image
    return image ? image.width / image.height : 1
  }

  #draw(key: number, width: number, height: number, camera: AnyCamera, lit = false): ImageBitmap {
    const skin = lit ? this.#litSkin : this.#skin
    for (const material of [skin, this.#inside]) {
      material.needsUpdate = material.map === null
      material.map = this.#textures.get(key) ?? null
    }
    // Laid out flat some of the skin lies face down: the flat picture shows it all the same.
    skin.side = this.#unfolded > 0 ? DoubleSide : FrontSide
    this.#inside.visible = this.#unfolded === 0
    this.#faceMesh.material = skin
    const look = this.#evidence.has(key) ? 'evidence' : lit ? 'lit' : 'plain'
    for (const part of [this.#hair, this.#mouth]) part.show(this.#unfolded === 0, look)
    this.#renderer.setSize(width, height, false)
    this.#renderer.render(this.#scene, camera)
    return this.#canvas.transferToImageBitmap()
  }
}

/** 1 for each vertex that is not in the largest connected part of a mesh. */
function smallerParts(triangles: Uint32Array, vertices: number): Uint8Array {
  const parent = Uint32Array.from({ length: vertices }, (_, v) => v)
  const rootOf = (v: number) => {
    while (parent[v] !== v) {
      parent[v] = parent[parent[v]]
      v = parent[v]
    }
    return v
  }
  for (let t = 0; t < triangles.length; t += 3) {
    parent[rootOf(triangles[t + 1])] = rootOf(triangles[t])
    parent[rootOf(triangles[t + 2])] = rootOf(triangles[t])
  }
  const sizes = new Uint32Array(vertices)
  for (let v = 0; v < vertices; v++) sizes[rootOf(v)]++
  const largest = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0))
  return Uint8Array.from({ length: vertices }, (_, v) => (rootOf(v) === largest ? 0 : 1))
}
