import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { captureLocated } from '../../../client/capture/capture.ts'
import { chooseFace } from '../../../client/capture/find/choose-face.ts'
import { locateFace } from '../../../client/capture/locate/locate-face.ts'
import { decodePhoto } from '../../../client/cli/decode.ts'
import { atlasHalves } from '../../../client/head/atlas.ts'
import { faceOnHead } from '../../../client/head/hair/face-hair.ts'
import type { HeadPhoto } from '../../../client/head/head-photo.ts'
import { texturePng } from '../../../client/result/png.ts'
import { record } from '../../../client/result/record.ts'
import { hairChoices, requireHairChoice } from '../../../client/run/choices.ts'
import { type RunFace, type RunHeadRequest, runHead } from '../../../client/run/run-head.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { runRecord } from '../../../worker/contract/record.ts'
import { domeRun } from '../result/synthetic.ts'

// Networks, and a machine that may be busy with the rest of the suite.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const store = diskStore()
const size = 256
let face: RunFace
let photo: HeadPhoto
beforeAll(async () => {
  const opened = await decodePhoto('client/app/sample/astronaut.png')
  const { face: box } = await chooseFace(opened, 0, { store })
  const located = await locateFace(opened, box, { store })
  const capture = captureLocated(opened, located, { size })
  photo = { photo: opened, person: located.person }
  // What a run says of itself is another test's.
  const png = await texturePng(capture.content, size)
  const runtime = { provider: 'node', reason: 'CPU with 2 threads.' } as const
  const said = await record({ ...domeRun(size), png, models: [], runtime, seconds: { refine: 2 } })
  face = { capture, refined: { texture: capture.content, size }, record: said }
})

const made = (request: RunHeadRequest, yaw = 0) => {
  const capture = { ...face.capture, pose: { ...face.capture.pose!, yaw } }
  return runHead({ ...face, capture }, photo, request, store)
}

describe('runHead', () => {
  it('lays the refined texture beside that of the rest, and records it', async () => {
    const { head, whyFaceAlone, record } = await made({})
    expect(whyFaceAlone).toBeNull()
    const { png, texture, hair } = head!
    expect(texture).toHaveLength(6 * size * size)
    // With the photo's own hair over it, and as it is below the brows.
    const [left] = atlasHalves(texture, size)
    expect(left).toEqual(faceOnHead(face.refined.texture, head!.faceHair))
    const below = Math.ceil(0.5 * size) * 3 * size
    expect(left.subarray(below)).toEqual(face.refined.texture.subarray(below))
    expect(await sharp(png).metadata()).toMatchObject({ width: 2 * size, height: size, channels: 3 })
    expect(runRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
    expect(record.head).toMatchObject({
      ...{ cover: 'auto', hair: 'auto', expression: 'photo', bust: true, whyFaceAlone: null },
      made: {
        hair: hair!.style,
        doubts: [],
        texture: { bytes: png.length, sha256: createHash('sha256').update(png).digest('hex') },
      },
    })
    const { own, none } = record.head!.made!.evidence
    expect(own + none).toBeCloseTo(1, 9)
    const files = record.models.map(({ id, files }) => [id, ...files.map(({ file }) => file)])
    const style = hair!.style
    expect(files).toEqual([
      ['head', ...['head', 'bust', 'expressions', 'mouth'].map((name) => `head/${name}.bin`)],
      ['hair', `hair/${style}.bin`, `hair/${style}-texture.bin`],
    ])
    // What the run itself said stays.
    expect(record).toMatchObject({ texture: face.record.texture, seconds: { refine: 2 } })
    expect(record.seconds.head).toBeGreaterThan(0)
  })

  it('names no hair where none was used', async () => {
    const { head, record } = await made({ hair: 'none' })
    expect(head!.hair).toBeNull()
    expect(record.models.map(({ id }) => id)).toEqual(['head'])
    expect(record.head).toMatchObject({ hair: 'none', made: { hair: null } })
  })

  it('ends at the neck where no bust is asked for', async () => {
    const lowest = ({ head }: Awaited<ReturnType<typeof made>>) =>
      head!.mesh.positions.reduce((least, value, i) => (i % 3 === 1 ? Math.min(least, value) : least), 0)
    const [dressed, bare] = [await made({ hair: 'none' }), await made({ hair: 'none', bust: false })]
    expect(lowest(dressed)).toBeLessThan(-25)
    expect(lowest(bare)).toBeGreaterThan(-22)
    expect([dressed, bare].map(({ record }) => record.head!.bust)).toEqual([true, false])
  })

  it('leaves the face alone where a photo shows one side only, unless the head is asked for', async () => {
    const alone = await made({}, 44)
    expect(alone).toMatchObject({ head: null, whyFaceAlone: 'turned' })
    expect(alone.record.head).toEqual({
      ...{ cover: 'auto', hair: 'auto', expression: 'photo', bust: true, whyFaceAlone: 'turned' },
      made: null,
    })
    const forced = await made({ cover: 'head' }, 44)
    expect(forced).toMatchObject({ head: { size }, whyFaceAlone: 'turned' })
    expect(forced.record.head).toMatchObject({
      ...{ cover: 'head', whyFaceAlone: null },
      made: { doubts: ['turned'] },
    })
  })

  it.each([
    [
      'a texture',
      () => ({ refined: { ...face.refined, texture: face.refined.texture.with(999, Number.NaN) } }),
    ],
    [
      'a mesh',
      () => {
        const { mesh } = face.capture
        const positions = mesh.positions.with(100, Number.NaN)
        return { capture: { ...face.capture, mesh: { ...mesh, positions } } }
      },
    ],
  ])('makes none of %s that holds no number', async (_, broken) => {
    await expect(runHead({ ...face, ...broken() }, photo, { hair: 'photo' }, store)).rejects.toMatchObject({
      code: 'bad-numbers',
    })
  })

  it('loads nothing for the face alone', async () => {
    const refuse = () => Promise.reject(new Error('Nothing is to be loaded.'))
    const nothing = { manifest: refuse, load: refuse }
    const { head, record } = await runHead(face, photo, { cover: 'face' }, nothing)
    expect(head).toBeNull()
    expect(record.head).toEqual({
      ...{ cover: 'face', hair: 'auto', expression: 'photo', bust: true, whyFaceAlone: null },
      made: null,
    })
  })
})

describe('hair', () => {
  it('can be asked for by name', () => {
    expect(hairChoices.slice(0, 4)).toEqual(['auto', 'photo', 'none', 'afro01'])
    expect(requireHairChoice('long01')).toBe('long01')
    expect(() => requireHairChoice('wig')).toThrow('Unknown hair "wig"; choose auto, photo, none, afro01, ')
  })
})
