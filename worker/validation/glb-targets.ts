import { expressionNames, visemeNames } from '../contract/expression-names.ts'
import { limits } from '../limits.ts'
import { checkBounds, type Glb, isWithin, numbersAt, refused } from './glb-file.ts'
import { componentTypes } from './glb-scene.ts'

const part = 'head.glb'
const { maxOffset, maxOffsets } = limits.parts[part].movement
const names: ReadonlySet<string> = new Set([...expressionNames, ...visemeNames])

/**
 * Checks that all meshes have the same morph targets, by names that programs know, and that their offsets are of vertices that
 * there are, finite and small.
 *
 * @throws ValidationError
 */
export function checkTargets(glb: Glb): void {
  const { scene } = glb
  checkNames(glb)
  let offsets = 0
  for (const { primitives } of scene.meshes) {
    const [{ attributes, targets }] = primitives
    const vertices = scene.accessors[attributes.POSITION].count
    // What does not move a mesh shares one accessor: each is looked at once.
    for (const which of new Set(targets!.map(({ POSITION }) => POSITION))) {
      offsets += checkOffsets(glb, which, vertices)
      if (offsets <= maxOffsets) continue
      const message = `The morph targets of ${part} hold more than ${maxOffsets} offsets.`
      throw refused(part, 'glb-offsets', message, 'Leave out offsets that nobody sees.')
    }
  }
}

function checkNames({ scene }: Glb): void {
  const [first, ...others] = scene.meshes.map(({ extras, primitives }) => {
    const { targetNames } = extras!
    const count = primitives[0].targets!.length
    if (targetNames.length === count) return targetNames
    throw refused(
      part,
      'glb-targets',
      `A mesh of ${part} has ${count} morph targets and ${targetNames.length} names.`,
    )
  })
  const hint = "Give each mesh the same targets, by ARKit's names and those of the visemes, each once."
  const unknown = first.find((name) => !names.has(name))
  if (unknown !== undefined) {
    throw refused(
      part,
      'glb-targets',
      `${part} has a morph target "${unknown}", which is no expression.`,
      hint,
    )
  }
  const twice = first.find((name, i) => first.indexOf(name) < i)
  if (twice !== undefined)
    throw refused(part, 'glb-targets', `${part} has two morph targets "${twice}".`, hint)
  if (others.every((other) => other.length === first.length && other.every((name, i) => name === first[i])))
    return
  throw refused(part, 'glb-targets', `The meshes of ${part} have morph targets that differ.`, hint)
}

/** @returns how many vertices have an offset */
function checkOffsets(glb: Glb, which: number, vertices: number): number {
  const accessor = glb.scene.accessors[which]
  if (
    accessor?.type !== 'VEC3' ||
    accessor.componentType !== componentTypes.float ||
    accessor.bufferView !== undefined ||
    accessor.count !== vertices
  ) {
    throw refused(
      part,
      'glb-accessor',
      `A morph target of ${part} must be a sparse VEC3 of floats for its ${vertices} vertices.`,
    )
  }
  const { sparse } = accessor
  if (!sparse) {
    checkBounds(glb, accessor, [0, 0, 0], [0, 0, 0])
    return 0
  }
  const { count, indices, values } = sparse
  if (count < 1 || count > vertices) {
    throw refused(part, 'glb-offsets', `A morph target of ${part} moves ${count} of ${vertices} vertices.`)
  }
  const Numbers = wholeNumbers[indices.componentType]
  const moved = new Numbers(...numbersAt(glb, indices, count, Numbers.BYTES_PER_ELEMENT))
  let before = -1
  for (const vertex of moved) {
    if (vertex <= before || vertex >= vertices) {
      throw refused(
        part,
        'glb-offsets',
        `A morph target of ${part} moves vertex ${vertex} after ${before}: they must ascend and be below ${vertices}.`,
      )
    }
    before = vertex
  }
  const offsets = new Float32Array(...numbersAt(glb, values, 3 * count, 4))
  if (!isWithin(offsets, -maxOffset, maxOffset)) {
    throw refused(
      part,
      'glb-offsets',
      `A morph target of ${part} holds an offset that is not finite or beyond ${maxOffset} m.`,
    )
  }
  checkBounds(glb, accessor, ...extremes(offsets, count < vertices))
  return count
}

/** Of each of three coordinates. @param still does a vertex stay where it is? */
function extremes(offsets: Float32Array, still: boolean): [least: number[], most: number[]] {
  const rest = still ? [0, 0] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const [least, most] = rest.map((value) => [value, value, value])
  for (let i = 0; i < offsets.length; i++) {
    least[i % 3] = Math.min(least[i % 3], offsets[i])
    most[i % 3] = Math.max(most[i % 3], offsets[i])
  }
  return [least, most]
}

const wholeNumbers = {
  [componentTypes.byte]: Uint8Array,
  [componentTypes.short]: Uint16Array,
  [componentTypes.int]: Uint32Array,
}
