import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DoubleSide,
  DynamicDrawUsage,
  Group,
  type Material,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  SRGBColorSpace,
} from 'three'
import type { HeadMovement } from '../../head/expressions/movement.ts'
import type { Hair } from './drawing.ts'
import { sourceColours } from './evidence-colours.ts'
import { photoTexture } from './photo-texture.ts'
import type { Pose } from './pose.ts'
import { poseVertices } from './pose-vertices.ts'

/** Nothing of what is more transparent is drawn in front of what lies behind (as in `headGlb`). */
const solid = 0.45
/** Down to here strands thin out. */
const thinnest = 0.08

/**
 * Strips of hair, seen from both sides, are drawn twice, so that nothing has to be sorted: what is solid, then, mixed with what
 * is behind, the fringe around it, which hides nothing and makes the strands' edges soft.
 */
const strip = { side: DoubleSide, vertexColors: true } as const
const cut = { ...strip, alphaTest: solid } as const
const mixed = { ...strip, transparent: true, depthWrite: false, forceSinglePass: true } as const

const fringe = {
  '#include <alphatest_fragment>': `
    if (diffuseColor.a >= ${solid} || diffuseColor.a <= ${thinnest}) discard;
    diffuseColor.a = smoothstep(${thinnest}, ${solid}, diffuseColor.a);`,
}

/** Strips lie like shingles: what is seen of their backs is lit like what lies over it. */
const alikeFromBehind = {
  '#include <normal_fragment_begin>':
    'float faceDirection = 1.0; vec3 normal = normalize(vNormal); vec3 nonPerturbedNormal = normal;',
}

/** As light and dark as it would be, in the colour of what is made: see `evidenceColours`. */
const inOneColour = {
  '#include <color_fragment>': `#include <color_fragment>
    float light = sqrt(dot(diffuseColor.rgb, vec3(0.3, 0.59, 0.11)));
    diffuseColor.rgb = vec3(${linear(sourceColours.made)}) * (0.2 + 0.8 * light);`,
}

/** The hair of the head that is drawn. */
export class HairMesh {
  readonly #looks = {
    /** In the photo's light. */
    plain: {
      solid: new MeshBasicMaterial(cut),
      fringe: shaded(new MeshBasicMaterial(mixed), fringe),
    },
    /** In the studio's. */
    lit: {
      solid: shaded(new MeshLambertMaterial(cut), alikeFromBehind),
      fringe: shaded(new MeshLambertMaterial(mixed), alikeFromBehind, fringe),
    },
    /** All of it is made. */
    evidence: {
      solid: shaded(new MeshBasicMaterial(cut), inOneColour),
      fringe: shaded(new MeshBasicMaterial(mixed), inOneColour, fringe),
    },
  }
  readonly #solid = new Mesh<BufferGeometry, Strands>(new BufferGeometry(), this.#looks.plain.solid)
  readonly #fringe = new Mesh<BufferGeometry, Strands>(new BufferGeometry(), this.#looks.plain.fringe)
  readonly group = new Group()
  /** At rest; null where there is none. */
  #rest: Hair['mesh'] | null = null

  constructor() {
    this.#solid.frustumCulled = this.#fringe.frustumCulled = false
    this.group.visible = false
    this.group.add(this.#solid, this.#fringe)
  }

  /** How high it reaches; minus infinity where there is none. */
  get top(): number {
    const { positions } = this.#rest ?? { positions: [] }
    let top = Number.NEGATIVE_INFINITY
    for (let y = 1; y < positions.length; y += 3) top = Math.max(top, positions[y])
    return top
  }

  set(hair: Hair | null) {
    this.#rest = hair?.mesh ?? null
    this.#solid.geometry.dispose()
    this.#looks.plain.solid.map?.dispose()
    if (!hair) return
    const { mesh, colours, texture } = hair
    const geometry = new BufferGeometry()
    const position = new BufferAttribute(mesh.positions.slice(), 3).setUsage(DynamicDrawUsage)
    geometry.setAttribute('position', position)
    geometry.setAttribute('normal', new BufferAttribute(mesh.normals.slice(), 3))
    geometry.setAttribute('uv', new BufferAttribute(mesh.uv, 2))
    geometry.setAttribute('color', new BufferAttribute(colours, 4))
    geometry.setIndex(new BufferAttribute(mesh.triangles, 1))
    this.#solid.geometry = this.#fringe.geometry = geometry
    const map = photoTexture(texture)
    for (const material of Object.values(this.#looks).flatMap(Object.values<Strands>)) {
      material.map = map
      material.needsUpdate = true
    }
  }

  /** @param pose null: at rest */
  pose(movement: HeadMovement | null, pose: Pose | null, isLit: boolean) {
    if (!this.#rest) return
    const moved = movement?.hair ? { ...movement.hair, pivots: movement.pivots } : null
    poseVertices(this.#solid.geometry, this.#rest, moved, pose, isLit)
  }

  show(visible: boolean, look: 'plain' | 'lit' | 'evidence') {
    this.group.visible = visible && this.#rest !== null
    this.#solid.material = this.#looks[look].solid
    this.#fringe.material = this.#looks[look].fringe
  }
}

type Strands = MeshBasicMaterial | MeshLambertMaterial

/** @returns the material with parts of its shader replaced */
function shaded<M extends Material>(material: M, ...changes: Readonly<Record<string, string>>[]): M {
  const parts = changes.flatMap(Object.entries)
  material.onBeforeCompile = (shader) => {
    for (const [part, by] of parts) shader.fragmentShader = shader.fragmentShader.replace(part, by)
  }
  material.customProgramCacheKey = () => JSON.stringify(parts)
  return material
}

/** @param colour sRGB, 0..255 @returns for a shader, where light adds up */
function linear(colour: readonly [number, number, number]): string {
  const [r, g, b] = colour.map((value) => value / 255)
  const { r: red, g: green, b: blue } = new Color().setRGB(r, g, b, SRGBColorSpace)
  return [red, green, blue].map((value) => value.toFixed(4)).join(', ')
}
