import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  Mesh,
  MeshBasicMaterial,
  MeshPhongMaterial,
} from 'three'
import { Evidence } from '../../face/evidence.ts'
import type { HeadMovement } from '../../head/expressions/movement.ts'
import { evidenceColours } from './evidence-colours.ts'
import { photoTexture } from './photo-texture.ts'
import type { Pose } from './pose.ts'
import { poseVertices } from './pose-vertices.ts'

/** What the lips of the head that is drawn open on. */
export class MouthMesh extends Mesh<BufferGeometry, MeshBasicMaterial | MeshPhongMaterial> {
  readonly #looks = {
    /** In the photo's light. */
    plain: new MeshBasicMaterial(),
    /** In the studio's. */
    lit: new MeshPhongMaterial({ specular: 0x141414, shininess: 14 }),
    /** All of it is made. */
    evidence: new MeshBasicMaterial(),
  }
  #movement: HeadMovement | null = null

  constructor() {
    super(new BufferGeometry())
    this.material = this.#looks.plain
    this.frustumCulled = false
    this.visible = false
  }

  set(movement: HeadMovement | null) {
    this.#movement = movement
    this.geometry.dispose()
    for (const { map } of Object.values(this.#looks)) map?.dispose()
    if (!movement) return
    const { mesh, texture } = movement.mouth
    const { positions, normals, uv, triangles } = mesh
    this.geometry = new BufferGeometry()
    const position = new BufferAttribute(positions.slice(), 3).setUsage(DynamicDrawUsage)
    this.geometry.setAttribute('position', position)
    this.geometry.setAttribute('normal', new BufferAttribute(normals.slice(), 3))
    this.geometry.setAttribute('uv', new BufferAttribute(uv, 2))
    this.geometry.setIndex(new BufferAttribute(triangles, 1))
    const made = new Uint8Array(texture.data.length / 4).fill(Evidence.none)
    const map = photoTexture(texture)
    const maps = { plain: map, lit: map, evidence: photoTexture(evidenceColours(texture, made)) }
    for (const look of ['plain', 'lit', 'evidence'] as const) {
      this.#looks[look].map = maps[look]
      this.#looks[look].needsUpdate = true
    }
  }

  /** @param pose null: at rest */
  pose(pose: Pose | null, isLit: boolean) {
    if (!this.#movement) return
    const { mouth, pivots } = this.#movement
    poseVertices(this.geometry, mouth.mesh, { ...mouth, pivots }, pose, isLit)
  }

  show(visible: boolean, look: 'plain' | 'lit' | 'evidence') {
    this.visible = visible && this.#movement !== null
    this.material = this.#looks[look]
  }
}
