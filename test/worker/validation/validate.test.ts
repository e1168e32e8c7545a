import { describe, expect, it } from 'vitest'
import { requiredParts } from '../../../worker/contract/parts.ts'
import { type PartBytes, ValidationError, validate } from '../../../worker/validation/validate.ts'
import { headParts, type Parts, validHead, validParts } from '../../support/parts.ts'

const hash = 'ab'.repeat(32)
const models = [
  {
    id: 'inception-v3',
    version: '1',
    purpose: 'backbone' as const,
    licence: 'x',
    source: 'y',
    files: [{ file: 'inception-v3/a.safetensors', bytes: 1, sha256: hash }],
  },
]
const known = new Map([[hash, 'inception-v3']])

/** What the validation says of parts with one of them changed. */
async function verdict(change: Partial<PartBytes>, made: Parts = good): Promise<string> {
  try {
    await validate({ ...made, ...change }, known)
    return 'published'
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    expect(error.message).toMatch(/\.$/)
    expect(error.hint).toMatch(/\.$/)
    return `${error.part}: ${error.code}`
  }
}

const good = await validParts({ models })

/** Whole numbers below a bound, the same in each run. */
let state = 1
function random(below: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return Math.floor((state / 2 ** 32) * below)
}

/** The record with some fields changed. */
const recordWith = (change: object) => {
  const record = JSON.parse(new TextDecoder().decode(good['record.json']))
  return { 'record.json': new TextEncoder().encode(JSON.stringify({ ...record, ...change })) }
}

const rewritten = (change: (json: string) => string) => change(new TextDecoder().decode(good['record.json']))

describe('validate', () => {
  it('passes what the client makes, and measures it', async () => {
    const result = await validate(good, known)
    expect(result.textureSize).toBe(256)
    expect(result.record.preset).toBe('draft')
    expect(result.visiblePsnr).toBeCloseTo(result.record.visiblePsnr!, 1)
    expect(await verdict({}, await validParts({ size: 512, vertices: 400, seed: 3 }))).toBe('published')
  })

  it('takes a record in many lines', async () => {
    const lines = `${JSON.stringify(JSON.parse(rewritten(String)), null, 2)}\n`
    expect(await verdict({ 'record.json': new TextEncoder().encode(lines) })).toBe('published')
  })

  it('holds the parts against each other', async () => {
    const other = await validParts({ models, seed: 50 })
    expect(await verdict({ 'texture.png': other['texture.png'] })).toBe('record.json: record-texture')
    expect(await verdict({ 'face.glb': other['face.glb'] })).toBe('face.glb: glb-texture')
    expect(await verdict(recordWith({ size: 512 }))).toBe('record.json: record-size')
  })

  it('holds a head against the record', async () => {
    const whole = await headParts(good)
    expect(await verdict(whole)).toBe('published')
    expect(await verdict(await headParts(good, { hair: false, size: 512 }))).toBe('published')
    // A record may speak of a head that its owner does not share.
    expect(await verdict({ 'record.json': whole['record.json'] })).toBe('published')
    expect(await verdict({ ...whole, 'head.glb': await validHead({ size: 512 }) })).toBe(
      'record.json: record-head',
    )
    expect(await verdict({ 'head.glb': whole['head.glb'] })).toBe('record.json: record-head')
  })

  it('recomputes the claimed fidelity', async () => {
    const claimed = JSON.parse(new TextDecoder().decode(good['record.json'])).visiblePsnr
    expect(await verdict(recordWith({ visiblePsnr: claimed - 0.4 }))).toBe('published')
    expect(await verdict(recordWith({ visiblePsnr: claimed - 0.6 }))).toBe('record.json: record-psnr')
    expect(await verdict(recordWith({ visiblePsnr: null }))).toBe('record.json: record-psnr')
  })

  it.each([
    ['another layout', { extra: 1 }, 'record-schema'],
    ['a number that is not finite', '{"format":1,"size":1e999}', 'record-schema'],
    ['no JSON', '{', 'record-json'],
    ['a preset of a megabyte', { preset: 'x'.repeat(1_000_000) }, 'record-schema'],
    ['a summary that turns the text around it', { summary: '\u202egpj' }, 'record-schema'],
    ['controls in a name', { settings: { 'a\0': 'b' } }, 'record-schema'],
    ['half a pair', { reason: '\ud800' }, 'record-schema'],
    [
      'many settings',
      { settings: Object.fromEntries(Array.from({ length: 201 }, (_, i) => [i, ''])) },
      'record-schema',
    ],
    ['many models', { models: Array(200_000).fill(0) }, 'record-schema'],
    ['a loss for each byte', { losses: Array(200_000).fill(1) }, 'record-losses'],
    ['a name given twice', rewritten((json) => json.replace('{', '{"format":"Jane Doe",')), 'record-json'],
    ['spaces between its tokens', rewritten((json) => json.replaceAll(',', ' ,')), 'record-json'],
    ['brackets within brackets', '['.repeat(500_000), 'record-json'],
    ['brackets within brackets that end', '['.repeat(500_000) + ']'.repeat(500_000), 'record-schema'],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'record-json'],
    [
      'models that are not served',
      { models: [{ ...models[0], files: [{ file: 'a', sha256: 'cd'.repeat(32) }] }] },
      'record-schema',
    ],
    ['a backbone of which it names no files', { models: [] }, 'record-models'],
    [
      'negative losses',
      { losses: [{ round: 0, scale: 256, step: 0, losses: { total: -1 } }] },
      'record-losses',
    ],
    [
      'diverged losses',
      { losses: [{ round: 0, scale: 256, step: 0, losses: { total: 1e6 } }] },
      'record-losses',
    ],
    ['no losses though optimised', { losses: [] }, 'record-losses'],
    [
      'evidence that does not add up',
      { evidence: { own: 0.5, mirrored: 0, none: 0, external: 0 } },
      'record-evidence',
    ],
  ])('refuses a record with %s', async (_, change, code) => {
    const part =
      typeof change === 'string'
        ? { 'record.json': new TextEncoder().encode(change) }
        : change instanceof Uint8Array
          ? { 'record.json': new Uint8Array(change) }
          : recordWith(change)
    expect(await verdict(part)).toBe(`record.json: ${code}`)
  })

  it('refuses a model file of another hash', async () => {
    const [{ id, version }] = models
    const files = [{ file: 'inception-v3/a.safetensors', sha256: 'cd'.repeat(32) }]
    expect(await verdict(recordWith({ models: [{ id, version, files }] }))).toBe('record.json: record-models')
  })

  it('refuses a part that is too large before it looks at it', async () => {
    const large = new Uint8Array(512 * 1024 + 1)
    expect(await verdict({ 'preview.jpg': large })).toBe('preview.jpg: too-large')
  })

  it('never fails in an unforeseen way on damaged parts, and finds nearly all damage', async () => {
    let passed = 0
    for (let i = 0; i < 300; i++) {
      const name = requiredParts[i % requiredParts.length]
      const damaged = good[name].slice()
      const at = random(damaged.length)
      let change: Uint8Array<ArrayBuffer> = damaged
      if (i % 3 === 0) damaged[at] ^= 1 << random(8)
      else if (i % 3 === 1) change = damaged.slice(0, at)
      else change = Uint8Array.from([...damaged.subarray(0, at), random(256), ...damaged.subarray(at)])
      // Bytes of positions, pixels of a JPEG and digits of a record may change and still make sense: for these the
      // declared sha256 of each upload stands, see results/upload.test.ts.
      if ((await verdict({ [name]: change })) === 'published') passed++
    }
    expect(passed).toBeLessThan(60)
  }, 120_000)

  it('finds every cut', async () => {
    for (let i = 0; i < 100; i++) {
      const name = requiredParts[i % requiredParts.length]
      const cut = good[name].slice(0, random(good[name].length))
      expect(await verdict({ [name]: cut }), `${name} at ${cut.length}`).not.toBe('published')
    }
  }, 120_000)

  it.each(['texture.png', 'sampled.png', 'face.glb'] as const)(
    'finds every byte too many in %s',
    async (name) => {
      for (let i = 0; i < 30; i++) {
        const at = random(good[name].length + 1)
        const bytes = [...good[name]].toSpliced(at, 0, random(256))
        expect(await verdict({ [name]: Uint8Array.from(bytes) }), `byte ${at}`).not.toBe('published')
      }
    },
    120_000,
  )

  it.each(['texture.png', 'sampled.png'] as const)(
    'finds every damage of %s',
    async (name) => {
      const step = Math.max(1, Math.floor(good[name].length / 150))
      for (let at = 0; at < good[name].length; at += step) {
        const damaged = good[name].slice()
        damaged[at] ^= 1 << (at % 8)
        expect(await verdict({ [name]: damaged }), `byte ${at}`).not.toBe('published')
      }
    },
    120_000,
  )
})
