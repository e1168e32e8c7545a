import { brotliCompressSync } from 'node:zlib'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { canonicalFace } from '../../../../client/capture/mesh/canonical.ts'
import {
  type ExpressionModel,
  readExpressionModel,
  storedShapes,
} from '../../../../client/head/expressions/expression-model.ts'
import { readMouthModel } from '../../../../client/head/expressions/mouth-model.ts'
import { rimVertices } from '../../../../client/head/face-rim.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { landmarksOn, readCorrespondence } from '../../../../models/head/correspondence.ts'
import { expressionsOf, packExpressionModel } from '../../../../models/head/expressions.ts'
import { meanHead } from '../../../../models/head/hair-styles.ts'
import { makeHumanPackage, readHuman } from '../../../../models/head/make-human.ts'
import { mouthOf, packMouthModel } from '../../../../models/head/mouth.ts'
import { remainderOf } from '../../../../models/head/remainder.ts'
import { packageFolder } from '../../../../models/package.ts'
import { packageIsThere } from './package-is-there.ts'

// A machine that may be busy with the rest of the suite.
vi.setConfig({ hookTimeout: 120_000 })

describe.skipIf(!packageIsThere)('the model files of expressions and mouth', () => {
  let expressions: ExpressionModel
  let mouth: ReturnType<typeof mouthOf>

  beforeAll(async () => {
    const canonical = await canonicalFace(diskStore())
    const human = await readHuman()
    const { body, place } = meanHead(human, canonical)
    const landmarks = landmarksOn(body, readCorrespondence())
    const { base, positions } = remainderOf(body, human.triangles, landmarks, canonical)
    const mean = Float32Array.from(place([...landmarks, ...positions.subarray(3 * rimVertices)]))
    expressions = expressionsOf({ human, base, mean, place })
    mouth = mouthOf(await packageFolder(makeHumanPackage), human, body, place)
  })

  test('are small, and read as they were written', () => {
    const bytes = packExpressionModel(expressions)
    expect(brotliCompressSync(bytes).length).toBeLessThan(12_000)
    const read = readExpressionModel(bytes)
    for (const { name } of storedShapes) {
      const most = Math.max(...expressions.shapes[name].map(Math.abs))
      expressions.shapes[name].forEach((value, i) => {
        expect(Math.abs(read.shapes[name][i] - value)).toBeLessThanOrEqual(most / 250 + 1e-5)
      })
    }
    read.bones.forEach((weight, i) => {
      expect(Math.abs(weight - expressions.bones[i])).toBeLessThan(0.003)
    })
    expect(read.pivots.neck[1]).toBeCloseTo(expressions.pivots.neck[1], 2)
    expect(() => readExpressionModel(bytes.subarray(1))).toThrow(/was expected to have \d+ bytes and has/)

    const packed = packMouthModel(mouth)
    expect(brotliCompressSync(packed).length).toBeLessThan(32_000)
    const teeth = readMouthModel(packed)
    expect(teeth.triangles).toEqual(mouth.triangles)
    expect(teeth.kind).toEqual(mouth.kind)
    teeth.open.forEach((value, i) => {
      expect(Math.abs(value - mouth.open[i])).toBeLessThan(0.002)
    })
    expect(() => readMouthModel(packed.subarray(1))).toThrow(/was expected to have \d+ bytes and has/)
  })

  test('do what their names say', () => {
    const { shapes } = expressions
    const down = (name: keyof typeof shapes, landmark: number) => -shapes[name][3 * landmark + 1]
    expect(down('jawOpen', 152)).toBeGreaterThan(1)
    expect(down('jawOpen', 14)).toBeGreaterThan(2)
    expect(Math.abs(down('jawOpen', 13))).toBeLessThan(0.2)
    expect(down('eyeBlink', 386)).toBeGreaterThan(0.5)
    expect(down('eyeWide', 386)).toBeLessThan(-0.1)
    expect(down('mouthSmile', 61)).toBeLessThan(-0.5)
    expect(down('mouthFrown', 61)).toBeGreaterThan(0.3)
    expect(down('browDown', 336)).toBeGreaterThan(0.3)
    expect(down('browInnerUp', 336)).toBeLessThan(-0.3)
    expect(down('mouthLowerDown', 14)).toBeGreaterThan(0.4)
    expect(Math.abs(down('mouthLowerDown', 13))).toBeLessThan(0.1)
    expect(shapes.mouthPucker[3 * 13 + 2]).toBeGreaterThan(0.4)
    expect(shapes.jawLeft[3 * 152]).toBeGreaterThan(0.4)
  })

  test('have 32 teeth, of which the lower half goes with the jaw', () => {
    const teeth = [...mouth.kind.keys()].filter((v) => mouth.kind[v] === 0)
    expect(teeth).toHaveLength(32 * 63)
    expect(teeth.filter((v) => mouth.jaw[v] > 0.5)).toHaveLength(16 * 63)
    const front = teeth.reduce((a, b) => (mouth.positions[3 * b + 2] > mouth.positions[3 * a + 2] ? b : a))
    expect(mouth.light[front]).toBeGreaterThan(0.8)
  })
})
