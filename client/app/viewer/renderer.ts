import {
  Camera as AnyCamera,
  BackSide,
  BufferAttribute,
  BufferGeometry,
  DataTexture,
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
import type { Camera, Mesh as FaceMesh } from '../../capture/types.ts'
import type { Pixels } from '../pixels.ts'
import { type Crop, clipFromHead } from './clip.ts'
import type { Orbit } from './orbit.ts'

/** Degrees; a portrait lens: a wider one makes noses large. */
const fieldOfView = 22

/**
 * Draws one textured face, as often and from wherever it is asked to. Runs in a worker: where WebGL computes in software
 * a drawing takes longer than a frame, and the page must not wait for it.
 *
 * The texture holds the photo's light, so nothing lights it again.
 */
export class FaceRenderer {
  #canvas = new OffscreenCanvas(1, 1)
  #renderer = new WebGLRenderer({ canvas: this.#canvas, antialias: true, alpha: true })
  #scene = new Scene()
  #geometry = new BufferGeometry()
  #skin = new MeshBasicMaterial()
  #textures = new Map<number, DataTexture>()

  constructor() {
    this.#renderer.toneMapping = NoToneMapping
    this.#renderer.outputColorSpace = SRGBColorSpace
    this.#renderer.setPixelRatio(1)
    const inside = new MeshBasicMaterial({ color: 0x4c4c4c, side: BackSide })
    for (const material of [this.#skin, inside]) {
      const mesh = new Mesh(this.#geometry, material)
      mesh.frustumCulled = false
      this.#scene.add(mesh)
    }
  }

  setMesh({ positions, uv, triangles }: FaceMesh) {
    this.#geometry.setAttribute('position', new BufferAttribute(positions, 3))
    this.#geometry.setAttribute('uv', new BufferAttribute(uv, 2))
    this.#geometry.setIndex(new BufferAttribute(triangles, 1))
    this.#geometry.computeBoundingSphere()
  }

  addTexture(key: number, { data, size }: Pixels) {
    const texture = new DataTexture(data, size, size)
    texture.colorSpace = SRGBColorSpace
    texture.minFilter = LinearMipmapLinearFilter
    texture.magFilter = LinearFilter
    texture.generateMipmaps = true
    texture.anisotropy = 8
    texture.needsUpdate = true
    this.#textures.set(key, texture)
  }

  removeTexture(key: number) {
    this.#textures.get(key)?.dispose()
    this.#textures.delete(key)
  }

  /** The face as seen from `orbit`, fitted into width x height. */
  fromOrbit(
    texture: number,
    width: number,
    height: number,
    { azimuth, elevation, zoom }: Orbit,
  ): ImageBitmap {
    const aspect = width / height
    const camera = new PerspectiveCamera(fieldOfView, aspect, 1, 500)
    const half = Math.tan((fieldOfView * Math.PI) / 360) * Math.min(1, aspect * 1.1)
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
    return this.#draw(texture, width, height, camera)
  }

  /** The face alone, side x side, exactly where the photo's crop `view` shows it. */
  overPhoto(texture: number, side: number, camera: Camera, view: Crop): ImageBitmap {
    const positions = this.#geometry.getAttribute('position').array
    const photoCamera = new AnyCamera()
    photoCamera.projectionMatrix.fromArray(clipFromHead(camera.matrix, view, positions))
    photoCamera.projectionMatrixInverse.copy(photoCamera.projectionMatrix).invert()
    return this.#draw(texture, side, side, photoCamera)
  }

  #draw(key: number, width: number, height: number, camera: AnyCamera): ImageBitmap {
    this.#skin.needsUpdate = this.#skin.map === null
    this.#skin.map = this.#textures.get(key) ?? null
    this.#renderer.setSize(width, height, false)
    this.#renderer.render(this.#scene, camera)
    return this.#canvas.transferToImageBitmap()
  }
}
