import { vi } from 'vitest'
import type { HeadChoice } from '../../../../client/app/choices.ts'
import { untilAborted } from '../../../../client/app/journey/turns.ts'
import type {
  CaptureWorker,
  Finished,
  RefineWorker,
  SeenFace,
  SeenHead,
  StepNews,
} from '../../../../client/app/messages.ts'
import type { Result } from '../../../../client/app/result.ts'
import type { FaceBox } from '../../../../client/face/types.ts'

export const face: FaceBox = { x: 10, y: 10, width: 50, height: 50, score: 1, quarterTurns: 0, roll: 0 }
export const otherFace: FaceBox = { ...face, x: 70 }

/** Of a face half of which the photo does not show. */
export const seen = (changes: Partial<SeenFace> = {}) =>
  ({
    quality: { none: 0.5, own: 0.5, mirrored: 0, faceLogit: 20, interOcular: 90, yaw: 0, pitch: 0, roll: 0 },
    flaws: { dark: false, blurred: false },
    crop: { left: 0, top: 0, size: 256, step: 1 },
    initial: { size: 1, data: new Uint8ClampedArray(4) },
    landmarks: new Float32Array(0),
    ...changes,
  }) as SeenFace

export const step = (fraction: number): StepNews => ({
  finished: false,
  progress: { fraction, secondsElapsed: 1, secondsLeft: 10 } as Extract<
    StepNews,
    { finished: false }
  >['progress'],
  pixels: null,
  losses: 0,
})

export const finished = (refined: Partial<Finished['refined']> = {}): StepNews => ({
  finished: true,
  refined: { size: 256, preset: 'draft', optimised: true, ...refined } as Finished['refined'],
  runsOn: { on: 'nothing' },
  pixels: { size: 1, data: new Uint8ClampedArray(4) },
  files: { png: new Uint8Array(1), glb: new Uint8Array(1), sampled: new Uint8Array(1), record: '{}' },
})

/** Of a run that takes no step. */
export const atOnce = () => finished({ size: 512, preset: 'instant', optimised: false })

export const headOf = ({ hair, bust, expression }: HeadChoice, doubts: SeenHead['doubts'] = []) =>
  ({
    ...{ choice: hair, bust, expression, doubts, hair: null, record: '{}' },
    texture: { size: 1, data: new Uint8ClampedArray(8) },
  }) as unknown as SeenHead

export const resultOfRun = () =>
  ({
    of: { face, strokes: [] },
    refined: { size: 256, preset: 'draft' },
    seen: seen(),
    texture: seen().initial,
    files: { record: new Blob(['{}']) },
  }) as unknown as Result

export const photo = (name = 'me.png') => new File(['a photo'], name, { type: 'image/png' })

/** A promise that the test settles. */
export const later = <T>() => Promise.withResolvers<T>()

/** Lets everything go on that waits for nothing else. */
export const settled = () => new Promise((resolve) => setTimeout(resolve))

/** What a worker does unless a test wants something else. */
export const captureWorker = {
  warmUp: vi.fn<CaptureWorker['warmUp']>(),
  answer: vi.fn<CaptureWorker['answer']>(),
  fetchFiles: vi.fn<CaptureWorker['fetchFiles']>(),
  open: vi.fn<CaptureWorker['open']>(),
  turned: vi.fn<CaptureWorker['turned']>(),
  findFaces: vi.fn<CaptureWorker['findFaces']>(),
  capture: vi.fn<CaptureWorker['capture']>(),
  head: vi.fn<CaptureWorker['head']>(),
  look: vi.fn<CaptureWorker['look']>(),
}
export const refineWorker = {
  warmUp: vi.fn<RefineWorker['warmUp']>(),
  getReady: vi.fn<RefineWorker['getReady']>(),
  start: vi.fn<RefineWorker['start']>(),
  next: vi.fn<RefineWorker['next']>(),
  stop: vi.fn<RefineWorker['stop']>(),
}
/** The same worker's run that takes no step, which comes before what most tests look at. */
export const instantRun = {
  start: vi.fn<RefineWorker['start']>(),
  next: vi.fn<RefineWorker['next']>(),
}
export const terminate = { capture: vi.fn(), refine: vi.fn() }
/** As if the worker had died. */
export const crash = { capture: (_: Error) => {}, refine: (_: Error) => {} }

/** Stands in for workers.ts. */
export const workers = {
  reporter: <R>(report: R) => report,
  startCaptureWorker(died: (error: Error) => void) {
    const { api, die } = mortal(captureWorker, died)
    crash.capture = die
    return { api, terminate: terminate.capture }
  },
  startRefineWorker(died: (error: Error) => void) {
    let of: Pick<RefineWorker, 'start' | 'next'> = refineWorker
    const api: RefineWorker = {
      ...refineWorker,
      start(request, ...rest) {
        of = request.preset === 'instant' ? instantRun : refineWorker
        return of.start(request, ...rest)
      },
      next: () => of.next(),
    }
    const { api: running, die } = mortal(api, died)
    crash.refine = die
    return { api: running, terminate: terminate.refine }
  },
}

/** As in workers.ts: what is asked of a worker fails once it dies. */
function mortal<Api extends object>(api: Api, died: (error: Error) => void) {
  const life = new AbortController()
  type Call = (...parameters: unknown[]) => Promise<unknown>
  const calls = Object.entries(api as Record<string, Call>).map(
    ([name, call]) =>
      [
        name,
        async (...parameters: unknown[]) => untilAborted(Promise.resolve(call(...parameters)), life.signal),
      ] as const,
  )
  const die = (error: Error) => {
    died(error)
    life.abort(error)
  }
  return { api: Object.fromEntries(calls) as unknown as Api, die }
}

/** Stands in for kept-run.ts. */
export const place = { run: 'id', release: vi.fn(async () => {}), forget: vi.fn(async () => {}) }
export const keptRuns = {
  keepRun: vi.fn(),
  keptRun: vi.fn(),
  forgetRun: vi.fn(),
  forgetCheckpoint: vi.fn(),
}

/** What the connection says of itself. */
export function connection(saveData: boolean, effectiveType = '4g') {
  Object.defineProperty(navigator, 'connection', {
    value: { saveData, effectiveType },
    configurable: true,
  })
}

/** To be called before each test. */
export function reset() {
  vi.resetAllMocks()
  // Nothing is made of itself where a test is not about that.
  connection(true)
  place.release.mockResolvedValue()
  place.forget.mockResolvedValue()
  keptRuns.keepRun.mockResolvedValue(place)
  keptRuns.keptRun.mockResolvedValue(null)
  captureWorker.warmUp.mockResolvedValue()
  refineWorker.warmUp.mockResolvedValue()
  captureWorker.fetchFiles.mockResolvedValue()
  captureWorker.open.mockResolvedValue({ width: 100, height: 100, greyscale: false })
  captureWorker.findFaces.mockResolvedValue([face, otherFace])
  captureWorker.capture.mockImplementation(async () => seen())
  captureWorker.head.mockImplementation(async (choice) => headOf(choice))
  captureWorker.look.mockImplementation(() => new Promise(() => {}))
  refineWorker.getReady.mockRejectedValue(new Error('not asked for here'))
  refineWorker.start.mockResolvedValue({ on: 'nothing' })
  refineWorker.next.mockImplementation(() => new Promise(() => {}))
  refineWorker.stop.mockResolvedValue()
  instantRun.start.mockResolvedValue({ on: 'nothing' })
  instantRun.next.mockImplementation(async () => atOnce())
}
