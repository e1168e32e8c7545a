import { basename } from 'node:path'
import { figures } from '../../worker/texts/figures.ts'
import { captureLocated, captureMesh } from '../capture/capture.ts'
import { chooseFace, faceInWords } from '../capture/find/choose-face.ts'
import { locateFace } from '../capture/locate/locate-face.ts'
import type { Capture, Cover, FaceBox } from '../face/types.ts'
import type { HeadDoubt } from '../head/doubts.ts'
import type { HeadPhoto } from '../head/head-photo.ts'
import type { Photo } from '../image/photo.ts'
import { requireBackbone } from '../refine/backbone.ts'
import { turnKnobs } from '../refine/knobs.ts'
import { officially, type Preset, presets } from '../refine/schedule.ts'
import { type RunResult, run, type Stage } from '../run/run.ts'
import { type RunFace, type RunHead, runHead } from '../run/run-head.ts'
import type { ModelStore } from '../runtime/models.ts'
import { nodeRuntime } from '../runtime/node.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { readCamera } from './camera-file.ts'
import { UsageError } from './command-error.ts'
import { decodeMask, decodePhoto, decodeTexture } from './decode.ts'
import { readMesh } from './mesh-file.ts'
import type { Options } from './options.ts'
import type { Reporter } from './reporter.ts'

/** All that a run makes, before it becomes files. */
export interface Made extends RunResult {
  capture: Capture
  /** Its record is the whole run's. */
  whole: RunHead
}

/** From the command line to a refined texture: the one place where the terminal meets capture/, refine/ and runtime/. */
export async function refinePhoto(
  options: Options,
  store: ModelStore,
  reporter: Reporter,
  makeRuntime: () => Promise<Runtime> = nodeRuntime,
): Promise<Made> {
  const seconds: Partial<Record<Stage, number>> = {}
  const timed = async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    const result = await work()
    seconds[stage] = (performance.now() - start) / 1000
    return result
  }

  const preset = await choosePreset(options, store)
  const given = await timed('decode', () => decodeInputs(options))
  const { photo } = given
  reporter.say(`${basename(options.photo)}: ${photo.width} x ${photo.height} pixels.`)

  const { captured, seen } = await timed('capture', () => captureGiven(options, given, store, reporter))
  const { own, mirrored, none } = captured.quality
  const { duration, percent } = figures.en
  reporter.say(
    `Captured in ${duration(seconds.capture!)}: the photo shows ${percent(own)} of the texture, its other side ${percent(mirrored)}, neither ${percent(none)}.`,
  )

  const { seed, full, official } = options
  const content = given.content ?? undefined
  const fullMask = given.fullMask ?? undefined
  const steps = run(
    captured,
    { preset, seed, full, content, asIs: official, fullMask, seconds },
    { store, runtime: makeRuntime, provider: 'node' },
  )
  try {
    for (;;) {
      const next = await steps.next()
      if (next.done) {
        reporter.end()
        reporter.say(next.value.refined.summary)
        const whole = await wholeHead({ capture: captured, ...next.value }, seen, options, store)
        const said = headSaid(whole)
        if (said) reporter.say(said)
        return { capture: captured, ...next.value, whole }
      }
      reporter.advance(next.value)
      // A run blocks the event loop: let signals and output through between two steps.
      await new Promise(setImmediate)
    }
  } finally {
    reporter.end()
    await steps.return(undefined as never)
  }
}

/** A missing backbone would be noticed only after the capture, or never where there is nothing to optimise. */
async function choosePreset(
  { preset: name, backbone, official, settings }: Options,
  store: ModelStore,
): Promise<Preset> {
  const base: Preset = { ...presets[name], ...(backbone ? { backbone } : {}) }
  const preset = turnKnobs(official ? officially(base) : base, settings)
  const { models } = await store.manifest()
  const known = models.filter(({ purpose }) => purpose === 'backbone').map(({ id }) => id)
  if (backbone && backbone !== presets.paper.backbone && !known.includes(backbone)) {
    throw new UsageError(`Unknown backbone "${backbone}"; choose ${known.join(', ')}.`)
  }
  await requireBackbone(preset, store)
  return preset
}

type Inputs = Awaited<ReturnType<typeof decodeInputs>>

/** Every file is read before the work starts, so that a bad one is told at once. */
async function decodeInputs({ photo: photoPath, mask, content, fullMask, mesh, camera, size }: Options) {
  const photo = await decodePhoto(photoPath)
  return {
    photo,
    distrust: mask ? await decodeMask(mask, photo) : null,
    content: content ? await decodeTexture(content, size) : null,
    fullMask: fullMask ? white(await decodeTexture(fullMask, size)) : null,
    mesh: mesh ? await readMesh(mesh) : null,
    camera: camera ? await readCamera(camera, photo) : null,
  }
}

/** 1 where a texture N x N x 3 is brighter than mid-grey. */
const white = (texture: Float32Array) =>
  new Uint8Array(texture.length / 3).map((_, i) => (texture[3 * i] > 0.5 ? 1 : 0))

async function captureGiven(
  options: Options,
  given: Inputs,
  store: ModelStore,
  reporter: Reporter,
): Promise<{ captured: Capture; seen: HeadPhoto | null }> {
  const { photo, mesh, camera } = given
  const { size, initial, uncover } = options
  const distrust = given.distrust ?? undefined
  if (mesh && camera) {
    return { captured: captureMesh(photo, mesh, camera, { size, initial, distrust }), seen: null }
  }
  const face = await faceAskedFor(photo, options, store, reporter)
  const located = await locateFace(photo, face, { store })
  const captured = captureLocated(photo, located, { size, initial, distrust, uncover })
  if (captured.cover) reporter.say(coverSaid(captured.cover, uncover))
  return { captured, seen: { photo, person: located.person, distrust } }
}

/** @param seen null: a mesh from elsewhere gets no head */
async function wholeHead(
  face: RunFace,
  seen: HeadPhoto | null,
  asked: Pick<Options, 'cover' | 'hair' | 'expression' | 'bust'>,
  store: ModelStore,
): Promise<RunHead> {
  if (seen) return runHead(face, seen, asked, store)
  return { head: null, whyFaceAlone: null, record: face.record }
}

/** null: there is nothing to say. */
function headSaid({ head, whyFaceAlone, record }: RunHead): string | null {
  if (!head)
    return whyFaceAlone && `${doubted[whyFaceAlone]}, so the face alone was made: --cover head makes a head.`
  const { duration, percent } = figures.en
  const hair =
    head.made === 'none'
      ? 'no hair'
      : head.made === 'photo'
        ? 'hair painted on it'
        : `hair in the style ${head.made}`
  const { own } = record.head!.made!.evidence
  return `Completed the head in ${duration(record.seconds.head)}: ${hair}; of the rest the photo shows ${percent(own)}.`
}

const doubted: Record<HeadDoubt, string> = {
  turned: 'The photo shows one side of the head',
  hat: 'A hat or a scarf seems to cover the head',
}

function coverSaid({ hides }: Cover, uncover: boolean): string {
  const found = `Something covers the face: ${hidden[hides]} not to be seen.`
  return uncover
    ? `${found} It is left out and made anew.`
    : `${found} It stays in the texture; with --uncover it is left out and made anew, with --mask what you paint is.`
}

const hidden: Record<Cover['hides'], string> = {
  mouth: 'the mouth is',
  eyes: 'the eyes are',
  leftEye: 'the eye on the left is',
  rightEye: 'the eye on the right is',
}

/** The largest face, or the one asked for; says so where there are several. */
async function faceAskedFor(
  photo: Photo,
  { face: number }: Pick<Options, 'face'>,
  store: ModelStore,
  reporter: Reporter,
): Promise<FaceBox> {
  const rank = (number ?? 1) - 1
  const { face, faces } = await chooseFace(photo, rank, { store })
  if (faces.length > 1) {
    const others = faces.map(faceInWords).filter((_, i) => i !== rank)
    const why = number === undefined ? ', the largest' : ''
    reporter.say(
      `${faces.length} faces were found; taking ${faceInWords(face, rank)}${why}. Others with --face: ${others.join('; ')}.`,
    )
  }
  return face
}
