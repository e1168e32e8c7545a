import {
  BufferAttribute,
  BufferGeometry,
  CustomBlending,
  DataTexture,
  DoubleSide,
  LinearFilter,
  LinearMipmapLinearFilter,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  OneFactor,
  SRGBColorSpace,
  ZeroFactor,
} from 'three'
import type { Hair } from './drawing.ts'

/**
 * How strips of hair are drawn: from both sides, nothing of what is more transparent than this (as in `headGlb`), with edges
 * that are smooth where the picture has several samples a pixel (alpha to coverage), so that nothing has to be sorted.
 */
const cut = {
  alphaTest: 0.45,
  alphaToCoverage: true,
  side: DoubleSide,
  vertexColors: true,
  // Alpha is the share of the samples that are covered; each of these hides the stage behind it like skin.
  ...{ blending: CustomBlending, blendSrc: OneFactor, blendDst: ZeroFactor },
  ...{ blendSrcAlpha: OneFactor, blendDstAlpha: OneFactor },
} as const

/** The hair of the head that is drawn. */
export class HairMesh {
  readonly #plain = new MeshBasicMaterial(cut)
  readonly #lit = new MeshLambertMaterial(cut)
  readonly mesh = new Mesh<BufferGeometry, MeshBasicMaterial | MeshLambertMaterial>(
    new BufferGeometry(),
    this.#plain,
  )
  #there = false

  constructor() {
    this.mesh.frustumCulled = false
    this.mesh.visible = false
  }

  /** How high it reaches; minus infinity where there is none. */
  get top(): number {
    if (!this.#there) return Number.NEGATIVE_INFINITY
    const position = this.mesh.geometry.getAttribute('position')
    let top = Number.NEGATIVE_INFINITY
    for (let v = 0; v < position.count; v++) top = Math.max(top, position.getY(v))
    return top
  }

  set(hair: Hair | null) {
    this.#there = hair !== null
    this.mesh.geometry.dispose()
    this.#plain.map?.dispose()
    if (!hair) return
    const { mesh, colours, texture } = hair
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3))
    geometry.setAttribute('normal', new BufferAttribute(mesh.normals, 3))
    geometry.setAttribute('uv', new BufferAttribute(mesh.uv, 2))
    geometry.setAttribute('color', new BufferAttribute(colours, 4))
    geometry.setIndex(new BufferAttribute(mesh.triangles, 1))
    this.mesh.geometry = geometry
    const map = new DataTexture(texture.data, texture.size, texture.size)
    map.colorSpace = SRGBColorSpace
    map.minFilter = LinearMipmapLinearFilter
    map.magFilter = LinearFilter
    map.generateMipmaps = true
    map.anisotropy = 8
    map.needsUpdate = true
    for (const material of [this.#plain, this.#lit]) {
      material.map = map
      material.needsUpdate = true
    }
  }

  /** @param lit by the lamp, as the skin is? */
  show(visible: boolean, lit: boolean) {
    this.mesh.visible = visible && this.#there
    this.mesh.material = lit ? this.#lit : this.#plain
  }
}
