import type { HeadTurn } from '../../head/expressions/expressed.ts'
import type { ExpressionName, ExpressionWeights } from '../../head/expressions/names.ts'

/** What a head does: its face's expression, and how it is turned against its body. */
export interface Pose {
  weights: ExpressionWeights
  /** Left out: straight ahead. */
  turn?: HeadTurn
}

/** Compared by value: poses travel between threads. */
export function isSamePose(a: Pose | null, b: Pose | null): boolean {
  if (a === b) return true
  if (!a || !b) return false
  return areSameWeights(a.weights, b.weights) && areSameTurns(a.turn, b.turn)
}

function areSameWeights(a: ExpressionWeights, b: ExpressionWeights): boolean {
  const covers = (some: ExpressionWeights, others: ExpressionWeights) => {
    for (const name in some) {
      const expression = name as ExpressionName
      if ((some[expression] ?? 0) !== (others[expression] ?? 0)) return false
    }
    return true
  }
  return covers(a, b) && covers(b, a)
}

function areSameTurns(a: HeadTurn | undefined, b: HeadTurn | undefined): boolean {
  if (!a || !b) return a === b
  for (let i = 0; i < 9; i++) if (a.neck[i] !== b.neck[i] || a.head[i] !== b.head[i]) return false
  return true
}
