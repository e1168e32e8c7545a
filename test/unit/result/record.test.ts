import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Evidence } from '../../../client/face/evidence.ts'
import { texturePng } from '../../../client/result/png.ts'
import { evidenceShares, record, recordWithHead } from '../../../client/result/record.ts'
import type { ModelEntry } from '../../../client/runtime/models.ts'
import manifest from '../../../models/manifest.json' with { type: 'json' }
import { runRecord } from '../../../worker/contract/record.ts'
import { psnrCeiling } from '../../../worker/contract/visible-psnr.ts'
import { domeRun } from './synthetic.ts'

const size = 256
const models = manifest.models as ModelEntry[]
const runtime = { provider: 'node', reason: 'CPU with 2 threads.' } as const
async function recorded(change: (run: ReturnType<typeof domeRun>) => void = () => {}) {
  const run = domeRun(size)
  change(run)
  const png = await texturePng(run.refined.texture, size)
  return { png, facts: await record({ ...run, png, models, runtime, seconds: { capture: 1.23456 } }) }
}

describe('record', () => {
  it('is plain JSON of the published layout', async () => {
    const { facts } = await recorded()
    expect(runRecord.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts)
  })

  it('tells the run', async () => {
    const { facts, png } = await recorded()
    expect(facts).toMatchObject({
      preset: 'draft',
      settings: {},
      seed: 7,
      size,
      provider: 'node',
      optimisedTexels: 3,
      psnr: psnrCeiling,
      visiblePsnr: psnrCeiling,
      seconds: { capture: 1.235 },
      evidence: { own: 0.5, mirrored: 0.5, none: 0, external: 0 },
      capture: { interOcular: 60.123, yaw: -3 },
      texture: { bytes: png.length, sha256: createHash('sha256').update(png).digest('hex') },
    })
    expect(facts.models.map(({ id }) => id)).toEqual(models.map(({ id }) => id))
    expect(facts.versions.onnxruntime).toMatch(/^\d+\.\d+\.\d+$/)
    expect(facts.losses).toHaveLength(1)
  })

  it('knows no face angles for a given mesh', async () => {
    const { facts } = await recorded(({ capture }) => {
      capture.pose = null
      capture.quality.faceLogit = Number.NaN
    })
    expect(facts.capture).toEqual({ faceLogit: null, interOcular: null, yaw: null, pitch: null, roll: null })
    expect(facts.versions.tfjs).toBeNull()
  })

  it('refuses a loss that is no number', async () => {
    const diverged = recorded(({ refined }) => {
      refined.steps[0].losses.total = Number.NaN
    })
    await expect(diverged).rejects.toThrow('total')
  })
})

describe('recordWithHead', () => {
  const asked = {
    cover: 'auto',
    hair: 'auto',
    expression: 'photo',
    bust: true,
    whyFaceAlone: null,
    seconds: 1.23456,
  } as const
  // The right half of the atlas holds the rest: one square of half its side.
  const mesh = {
    ...{ positions: new Float32Array(12), normals: new Float32Array(12), faceTriangles: 1 },
    uv: Float32Array.of(0.5, 0, 0.75, 0, 0.5, 0.5, 0.75, 0.5),
    triangles: Uint32Array.of(0, 1, 2, 0, 1, 2, 1, 3, 2),
  }
  const evidence = new Uint8Array(64).fill(Evidence.own, 0, 4)
  const head = { mesh, evidence, doubts: ['turned'], style: 'short02' }

  it('gives the share of what the rest covers, and the files of one style', async () => {
    const { facts, png } = await recorded()
    const whole = await recordWithHead({ ...facts, models: [] }, { ...asked, made: { head, png, models } })
    expect(whole.head!.made).toMatchObject({ hair: 'short02', evidence: { own: 0.25, none: 0.75 } })
    expect(whole.seconds.head).toBe(1.235)
    const files = whole.models.flatMap(({ files }) => files.map(({ file }) => file))
    expect(files.sort()).toEqual([
      'hair/short02-texture.bin',
      'hair/short02.bin',
      ...['head/bust.bin', 'head/expressions.bin', 'head/head.bin', 'head/mouth.bin'],
    ])
  })

  it('keeps a record valid that knows nothing of heads', async () => {
    const { facts } = await recorded()
    expect(facts).not.toHaveProperty('head')
    expect(runRecord.parse(facts)).toEqual(facts)
  })
})

describe('evidenceShares', () => {
  it('counts covered texels only', () => {
    const shares = evidenceShares({
      evidence: new Uint8Array([0, 1, 2, 3, 3, 1]),
      coverage: new Uint8Array([1, 1, 1, 1, 0, 0]),
    })
    expect(shares).toEqual({ none: 0.25, own: 0.25, mirrored: 0.25, external: 0.25 })
  })
})
