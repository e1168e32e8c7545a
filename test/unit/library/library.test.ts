import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CaptureError,
  capture,
  completeHead,
  type Face,
  findFaces,
  type HairChoice,
  ModelError,
  type PresetName,
  type Progress,
  type RefinedFace,
  refine,
  toGlb,
  toObjZip,
  toPng,
  toUsdz,
} from 'facerefiner'
import validator from 'gltf-validator'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { presets } from '../../../client/refine/schedule.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { modelUrl } from '../../../client/runtime/models.ts'
import { distFolder } from '../../../models/paths.ts'
import { runRecord } from '../../../worker/contract/record.ts'
import { checkHeadGlb } from '../../../worker/validation/glb.ts'
import { contentsOf } from '../../support/zipped-files.ts'

// Whole runs on a machine that may be busy with the rest of the suite.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const astronaut = 'client/app/sample/astronaut.png'
const folder = mkdtempSync(join(tmpdir(), 'library-'))
afterAll(() => rmSync(folder, { recursive: true }))

let face: Face
beforeAll(async () => {
  face = await capture(astronaut, { size: 256 })
})

describe('capture', () => {
  it('takes a path and measures the face', () => {
    expect(face).toMatchObject({ size: 256, photo: { width: 512, height: 512 } })
    expect(face.quality.own).toBeGreaterThan(0.4)
    expect(face.content.length).toBe(256 * 256 * 3)
  })

  it('takes bytes, a Blob, a file URL and pixels alike', async () => {
    const bytes = new Uint8Array(readFileSync(astronaut))
    const url = new URL(`file://${process.cwd()}/${astronaut}`)
    for (const photo of [bytes, bytes.buffer, new Blob([bytes]), url, face.photo]) {
      const [found] = await findFaces(photo)
      expect(found).toEqual(face.face)
    }
  })

  it('tells its stages', async () => {
    const stages: string[] = []
    await capture(face.photo, { face: face.face, size: 256, onStage: (stage) => stages.push(stage) })
    expect(stages).toEqual([
      'Measuring the face',
      'Laying the photo out on the face',
      'Filling in what the photo does not show',
    ])
  })

  it('survives a journey through a message port', () => {
    expect(structuredClone(face)).toEqual(face)
  })

  const grey = { width: 300, height: 300, data: new Uint8ClampedArray(300 * 300 * 4).fill(128) }
  it.each<[string, () => Promise<unknown>, string, string]>([
    ['no face', () => capture(grey), 'no-face', 'No face was found in this photo: choose one that shows'],
    [
      'a face that is not there',
      () => capture(face.photo, { face: 1 }),
      'no-face',
      'so there is no face 2: choose face 1 (',
    ],
    ['text', () => capture(new Blob(['a letter'])), 'not-an-image', 'photo is not an image this program'],
    ['no file', () => capture('nowhere.png'), 'not-an-image', "nowhere.png can't be read (there is no such"],
    ['half the pixels', () => capture({ ...grey, height: 600 }), 'not-an-image', '360000 were given'],
    ['no bytes', () => capture(new Uint8Array(0)), 'empty', 'photo is empty (0 bytes): copy or download'],
    ['an empty Blob', () => capture(new Blob([])), 'empty', 'photo is empty (0 bytes)'],
    ['an empty file', () => capture(new File([], 'a.jpg')), 'empty', 'a.jpg is empty (0 bytes)'],
    ['an empty buffer', () => capture(new ArrayBuffer(0)), 'empty', 'photo is empty (0 bytes)'],
    ['an empty address', () => capture(''), 'not-an-image', "A photo without a name can't be read"],
    ['a foreign address', () => capture('file://elsewhere/a.jpg'), 'not-an-image', "can't be read"],
    ['a zero in a path', () => capture('a\0.jpg'), 'not-an-image', "can't be read"],
  ])('says in a sentence what is wrong with %s', async (_, act, code, sentence) => {
    const error = await act().catch((thrown) => thrown)
    expect(error).toBeInstanceOf(CaptureError)
    expect(error).toMatchObject({ code, message: expect.stringContaining(sentence) })
  })

  const values = grey.width * grey.height * 4
  const odd = (photo: unknown) => capture(photo as Blob)
  const rgba = 'give a Uint8ClampedArray or Uint8Array of RGBA values, 0..255.'
  it.each<[string, unknown, string]>([
    ['a number', 7, 'The number 7 is no photo: give a file (Blob), its bytes, its address, or {'],
    ['null', null, 'Null is no photo: give'],
    ['undefined', undefined, 'Undefined is no photo: give'],
    ['an object', {}, 'An Object is no photo: give'],
    ['a list', [1, 2], 'An Array is no photo: give'],
    ['a Float32Array', new Float32Array(9), 'A Float32Array is no photo: give'],
    ['a size alone', { width: 3, height: 3 }, 'An Object has no pixels of its own: give'],
    ['floats', { ...grey, data: new Float32Array(values) }, `The photo's data is a Float32Array: ${rgba}`],
    ['16 bits', { ...grey, data: new Uint16Array(values) }, `The photo's data is a Uint16Array: ${rgba}`],
    ['signed bytes', { ...grey, data: new Int8Array(values) }, `The photo's data is an Int8Array: ${rgba}`],
    ['a list of values', { ...grey, data: [0, 0, 0, 255] }, `The photo's data is an Array: ${rgba}`],
    ['no values', { ...grey, data: null }, `The photo's data is null: ${rgba}`],
    [
      'NaN',
      { ...grey, width: Number.NaN },
      "The photo's width is the number NaN: give a whole number of pixels",
    ],
    [
      'a negative height',
      { ...grey, width: -300, height: -300 },
      "The photo's width is the number -300: give",
    ],
    ['half a pixel', { ...grey, width: 600, height: 150.5 }, "The photo's height is the number 150.5: give"],
    ['no height', { ...grey, height: undefined }, "The photo's height is undefined: give"],
    ['a width in words', { ...grey, width: '300' }, "The photo's width is the string “300”: give"],
    [
      'an unknown space',
      { ...grey, colorSpace: 'cmyk' },
      "The photo's colorSpace is the string “cmyk”: give",
    ],
  ])('names what was given: %s', async (_, photo, sentence) => {
    const error = await odd(photo).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(CaptureError)
    expect(error).toMatchObject({ code: 'not-an-image', message: expect.stringContaining(sentence) })
  })

  it.each([
    ['base64', Buffer.alloc(300_000, 11).toString('base64')],
    ['a data address of text', `data:text/plain,${'letter'.repeat(50_000)}`],
    ['a data address cut short', `data:image/jpeg;base64,${'ab*d'.repeat(50_000)}`],
    ['a long address', `http://localhost:1/${'a/'.repeat(500)}${'photo'.repeat(500)}.jpg`],
    ['a long path', `${'folder/'.repeat(50)}${'photo'.repeat(500)}.jpg`],
  ])('does not repeat %s', async (_, address) => {
    const error = await capture(address).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(CaptureError)
    expect(error.message.length).toBeLessThan(300)
  })

  it('takes bytes in place of clamped bytes, P3, what is half clear, and shared memory', async () => {
    const { width, height, data } = face.photo
    const [found] = await findFaces({ width, height, data: new Uint8Array(data) })
    expect(found).toEqual(face.face)
    const shared = new Uint8Array(new SharedArrayBuffer(readFileSync(astronaut).length))
    shared.set(readFileSync(astronaut))
    expect(await findFaces(shared)).toEqual([face.face])
    const clear = new Uint8ClampedArray(data)
    for (let i = 3; i < clear.length; i += 4) clear[i] = 0
    await expect(capture({ width, height, data: clear })).rejects.toMatchObject({ code: 'no-face' })
    const wide = await capture({ width, height, data, colorSpace: 'display-p3' }, { size: 256 })
    const redder = wide.photo.data.reduce((sum, level, i) => (i % 4 === 0 ? sum + level - data[i] : sum), 0)
    expect((4 * redder) / data.length).toBeGreaterThan(1)
  })

  it('takes the models from a server too', async () => {
    const { models } = await diskStore().manifest()
    const files = models.flatMap((model) => model.files)
    const server = createServer(({ url }, response) => {
      const file = files.find((entry) => modelUrl(entry) === url)
      response.end(readFileSync(join(distFolder, file?.file ?? 'manifest.json')))
    }).listen(0)
    const { port } = server.address() as AddressInfo
    expect(await findFaces(astronaut, { models: `http://localhost:${port}` })).toEqual([face.face])
    server.close()
  })

  it('says where there are no models', async () => {
    const act = capture(astronaut, { models: folder })
    await expect(act).rejects.toBeInstanceOf(ModelError)
    await expect(act).rejects.toThrow(
      "manifest.json cannot be read. Make the model files in FaceRefiner's repository with: npm run models",
    )
  })
})

describe('refine', () => {
  const stepsOfDraft = presets.draft.scales.reduce((sum, { steps }) => sum + steps, 0)
  const progress: Progress[] = []
  let refined: RefinedFace
  beforeAll(async () => {
    refined = await refine(face, {
      preset: 'draft',
      seed: 3,
      previewSeconds: 1,
      checkpointSeconds: 1,
      onProgress: (step) => progress.push(step),
    })
  })

  it('keeps what the photo shows and changes what it does not', () => {
    expect(refined).toMatchObject({ size: 256, preset: 'draft', optimised: true, provider: 'node', seed: 3 })
    let [locked, changed] = [0, 0]
    face.evidence.forEach((evidence, i) => {
      const difference = Math.abs(refined.texture[3 * i] - face.content[3 * i])
      if (evidence === 1 && face.weight[i] > 0.99) locked = Math.max(locked, difference)
      if (evidence === 0) changed = Math.max(changed, difference)
    })
    expect(locked).toBeLessThan(0.02)
    expect(changed).toBeGreaterThan(0.02)
  })

  it('tells its progress, with the texture where it was asked for', () => {
    expect(progress).toHaveLength(stepsOfDraft)
    expect(progress.at(-1)!.fraction).toBeCloseTo(1, 5)
    expect(progress.find(({ texture }) => texture)!.texture!.length).toBe(256 * 256 * 3)
  })

  it('goes on from a checkpoint to the same texture', async () => {
    const { checkpoint } = progress.findLast((step) => step.checkpoint)!
    const taken = checkpoint!.steps.length
    let steps = 0
    const again = await refine(face, {
      preset: 'draft',
      seed: 3,
      from: structuredClone(checkpoint),
      onProgress: () => steps++,
    })
    expect(steps).toBe(stepsOfDraft - taken)
    expect(again.png).toEqual(refined.png)
    expect(again.record.losses).toEqual(refined.record.losses)
  })

  it('records the run', () => {
    const { record } = refined
    expect(runRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record)
    expect(record).toMatchObject({ preset: 'draft', backbone: 'inception-v3', photo: { width: 512 } })
    expect(record.models.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['blazeface', 'facemesh', 'inception-v3']),
    )
    expect(record.psnr).toBeGreaterThan(28)
  })

  it('writes the texture at any size', async () => {
    expect(await toPng(refined)).toBe(refined.png)
    for (const size of [512, 1024]) {
      const metadata = await sharp(await toPng(refined, { size })).metadata()
      expect(metadata).toMatchObject({ format: 'png', width: size, height: size, channels: 3 })
    }
  })

  it.each(['png', 'webp'] as const)('writes a valid GLB (%s)', async (texture) => {
    const report = await validator.validateBytes(await toGlb(face, refined, { texture, size: 512 }))
    expect(report.issues.messages).toEqual([])
  })

  it('writes USDZ and OBJ, their texture at any size', async () => {
    const usd = contentsOf(await toUsdz(face, refined))
    expect(Object.keys(usd)).toEqual(['face.usda', 'textures/face.png'])
    expect(new Uint8Array(usd['textures/face.png'])).toEqual(await toPng(refined))
    const obj = contentsOf(await toObjZip(face, refined, { size: 512 }))
    expect(Object.keys(obj)).toEqual(['face.obj', 'face.mtl', 'face.png'])
    expect(await sharp(obj['face.png']).metadata()).toMatchObject({ width: 512, height: 512 })
  })

  describe('completeHead', () => {
    it('completes the face to a head that goes out as files', async () => {
      const head = await completeHead(face, refined)
      expect(head).toMatchObject({ size: 256, whyFaceAlone: null, doubts: [] })
      expect(head.texture).toHaveLength(6 * 256 * 256)
      expect(head.mesh.positions.subarray(0, face.mesh.positions.length)).toEqual(face.mesh.positions)
      expect(runRecord.parse(JSON.parse(JSON.stringify(head.record)))).toEqual(head.record)
      expect(head.record.head).toMatchObject({ cover: 'head', made: { hair: head.hair!.style } })
      expect(await toPng(head)).toBe(head.png)
      const metadata = await sharp(await toPng(head, { size: 512 })).metadata()
      expect(metadata).toMatchObject({ width: 1024, height: 512 })
      const glb = await toGlb(head, { size: 1024 })
      for (const file of [glb, await toGlb(head, { texture: 'webp', size: 512 })]) {
        const report = await validator.validateBytes(file)
        expect(report.issues.messages).toEqual([])
        expect(report.info).toMatchObject({ drawCallCount: 3, hasMorphTargets: true, hasSkins: true })
      }
      expect(glb.length).toBeLessThan(6e6)
      expect(() => checkHeadGlb(glb)).not.toThrow()
      expect(Object.keys(contentsOf(await toUsdz(head)))).toEqual([
        ...['head.usda', 'textures/head.png', 'textures/hair.png'],
      ])
      expect(Object.keys(contentsOf(await toObjZip(head, { size: 512 })))).toEqual([
        ...['head.obj', 'head.mtl', 'head.png', 'hair.png', 'hair-opacity.png'],
      ])
    })

    it('takes the hair that is asked for, by name', async () => {
      expect((await completeHead(face, refined, { hair: 'none' })).hair).toBeNull()
      await expect(completeHead(face, refined, { hair: 'wig' as HairChoice })).rejects.toThrow(
        'Unknown hair "wig"; choose auto, photo, none, afro01,',
      )
    })
  })

  it('stops after the step under way where its signal is aborted', async () => {
    const control = new AbortController()
    let steps = 0
    const act = refine(face, {
      preset: 'draft',
      signal: control.signal,
      onProgress: () => {
        if (++steps === 2) control.abort()
      },
    })
    await expect(act).rejects.toMatchObject({
      name: 'AbortError',
      message: 'The refinement was aborted, so there is no refined texture.',
    })
    expect(steps).toBe(2)
  })

  it("throws the caller's own reason, before any work where it is aborted already", async () => {
    const reason = new Error('The visitor left.')
    await expect(refine(face, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it.each<[Parameters<typeof refine>[1], string]>([
    [{ preset: 'best' as PresetName }, 'Unknown preset "best"; choose standard, instant, draft, paper.'],
    [{ preset: 'draft', size: 300 }, 'A face cannot be laid out at 300 px; choose 256, 512, 1024.'],
  ])('refuses %j', async (options, sentence) => {
    await expect(refine(face, options)).rejects.toThrow(RangeError)
    await expect(refine(face, options)).rejects.toThrow(sentence)
  })
})
