import {
  Camera as AnyCamera,
  BackSide,
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  Group,
  LinearFilter,
  LinearMipmapLinearFilter,
  Mesh,
  MeshBasicMaterial,
  NoToneMapping,
  PerspectiveCamera,
  Scene,
  SRGBColorSpace,
  WebGLRenderer,
} from 'three'
import type { Camera, Mesh as FaceMesh, FaceView } from '../../capture/types.ts'
import type { Pixels } from '../pixels.ts'
import { clipFromHead } from './clip.ts'
import type { Orbit } from './orbit.ts'

/** What is drawn: a mesh and the texture on it. */
export interface Face {
  mesh: FaceMesh
  texture: Pixels
}

/** Degrees; a portrait lens: a wider one makes noses large. */
const fieldOfView = 22

/**
 * Draws one textured face into any number of canvases.
 *
 * One WebGL context serves the big view, the four small ones and the comparison: each drawing is rendered here and
 * copied to the 2D canvas that asked for it. The texture holds the photo's light, so nothing lights it again.
 */
export class FaceRenderer {
  #renderer = new WebGLRenderer({ antialias: true, alpha: true, powerPreference: 'low-power' })
  #scene = new Scene()
  #geometry = new BufferGeometry()
  #skin = new MeshBasicMaterial()
  #face = new Group()
  #mesh: FaceMesh | null = null
  #textures = new Map<Pixels, DataTexture>()

  constructor() {
    this.#renderer.toneMapping = NoToneMapping
    this.#renderer.outputColorSpace = SRGBColorSpace
    this.#renderer.setPixelRatio(1)
    const inside = new MeshBasicMaterial({ color: 0x4c4c4c, side: BackSide })
    for (const material of [this.#skin, inside]) {
      const mesh = new Mesh(this.#geometry, material)
      mesh.frustumCulled = false
      this.#face.add(mesh)
    }
    this.#scene.add(this.#face)
  }

  /** Compiles the shaders where the driver can do so beside the page's thread. */
  async prepare(face: Face) {
    this.#show(face)
    await this.#renderer.compileAsync(this.#scene, new PerspectiveCamera())
  }

  /** The face as seen from `orbit`, fitted into the canvas. */
  drawOrbit(target: HTMLCanvasElement, face: Face, { azimuth, elevation, zoom }: Orbit) {
    this.#show(face)
    const aspect = target.width / target.height
    const camera = new PerspectiveCamera(fieldOfView, aspect, 1, 500)
    const half = Math.tan((fieldOfView * Math.PI) / 360) * Math.min(1, aspect * 1.25)
    const { center, radius } = this.#geometry.boundingSphere!
    const distance = (radius * 1.08) / half
    const level = Math.cos(elevation) * distance
    camera.position.set(
      center.x + level * Math.sin(azimuth),
      center.y + distance * Math.sin(elevation),
      center.z + level * Math.cos(azimuth),
    )
    camera.lookAt(center)
    camera.zoom = zoom
    camera.updateProjectionMatrix()
    this.#draw(target, camera)
  }

  /** The face over the photo's crop `view`, exactly where the photo shows it. */
  drawOverPhoto(target: HTMLCanvasElement, face: Face, camera: Camera, view: FaceView) {
    this.#show(face)
    const photoCamera = new AnyCamera()
    photoCamera.projectionMatrix.fromArray(clipFromHead(camera.matrix, view, face.mesh.positions))
    photoCamera.projectionMatrixInverse.copy(photoCamera.projectionMatrix).invert()
    this.#draw(target, photoCamera)
  }

  dispose() {
    for (const texture of this.#textures.values()) texture.dispose()
    this.#geometry.dispose()
    this.#renderer.dispose()
    this.#renderer.forceContextLoss()
  }

  #draw(target: HTMLCanvasElement, camera: AnyCamera) {
    this.#renderer.setSize(target.width, target.height, false)
    this.#renderer.render(this.#scene, camera)
    const context = target.getContext('2d')!
    context.clearRect(0, 0, target.width, target.height)
    context.drawImage(this.#renderer.domElement, 0, 0)
  }

  #show({ mesh, texture }: Face) {
    if (mesh !== this.#mesh) this.#setMesh(mesh)
    const map = this.#textures.get(texture) ?? this.#upload(texture)
    if (map === this.#skin.map) return
    this.#skin.map = map
    this.#skin.needsUpdate = true
  }

  #setMesh(mesh: FaceMesh) {
    this.#mesh = mesh
    this.#geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3))
    this.#geometry.setAttribute('uv', new BufferAttribute(mesh.uv, 2))
    this.#geometry.setIndex(new BufferAttribute(mesh.triangles, 1))
    this.#geometry.computeBoundingSphere()
  }

  /** Keeps the two newest textures (before and after), so that comparing them uploads nothing. */
  #upload(pixels: Pixels): DataTexture {
    const texture = new DataTexture(pixels.data, pixels.size, pixels.size)
    texture.colorSpace = SRGBColorSpace
    texture.minFilter = LinearMipmapLinearFilter
    texture.magFilter = LinearFilter
    texture.generateMipmaps = true
    texture.anisotropy = 8
    texture.needsUpdate = true
    this.#textures.set(pixels, texture)
    if (this.#textures.size > 2) {
      const [oldest, old] = this.#textures.entries().next().value!
      old.dispose()
      this.#textures.delete(oldest)
    }
    return texture
  }
}
