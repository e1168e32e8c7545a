import { platform } from '#platform'
import type { RunRecord as Recorded } from '../../worker/contract/record.ts'
import type { Checkpoint } from '../refine/checkpoint.ts'
import { presets } from '../refine/schedule.ts'
import type { Progress, Refined } from '../refine/types.ts'
import { type PresetName, presetNames, presetSizes, requirePresetName } from '../run/choices.ts'
import { run } from '../run/run.ts'
import { atSize, type Face, type ModelOptions } from './capture.ts'

/** Options of {@link refine}. */
export interface RefineOptions extends ModelOptions {
  /**
   * `draft` (256 px, some seconds on a laptop's CPU), `standard` (512 px, the default: there a quarter of a minute) or `paper`
   * (the published recipe, for VGG16 weights of your own and a large GPU).
   */
  preset?: PresetName
  /** Texels a side: 256, 512 or 1024. Default: the preset's. */
  size?: number
  /** From 0: the same seed gives the same texture on the same provider. Default: 0. */
  seed?: number
  /** Optimise every texel, also those that the photo shows. Default: false. */
  full?: boolean
  /** Called after every optimiser step: `fraction` (0..1), `secondsLeft`, the losses and, as often as asked, the texture. */
  onProgress?: (progress: Progress) => void
  /** At most this often, in seconds, a `Progress` carries the texture as it is. Default: never. */
  previewSeconds?: number
  /** At most this often, in seconds, a `Progress` carries a checkpoint: plain data, to be stored. Default: 10. */
  checkpointSeconds?: number
  /** Goes on from here, to the same texture: a checkpoint of the same face, preset, size and seed. */
  from?: Checkpoint
  /** Aborting ends the run after the step under way, and frees what it holds. */
  signal?: AbortSignal
}

/**
 * What is known about a run: enough to tell how a texture came about and to make it again. Plain JSON, as the terminal
 * writes it to record.json.
 *
 * @interface
 */
export type RunRecord = Recorded

/** A refined face: the texture, and how it came about. */
export interface RefinedFace extends Refined {
  /** The texture as a PNG file, `size` x `size`. */
  png: Uint8Array<ArrayBuffer>
  /** Models, settings, losses, timings and measured fidelity, as plain JSON; nothing of the photo but its size. */
  record: RunRecord
}

/**
 * Refines a face's texture: what the photo shows stays, what no side of it shows is made to look like the rest of this
 * skin. Runs on WebGPU where there is a real adapter, else on the CPU (`record.reason` says which and why). A graphics
 * device that is lost is replaced, and the run goes on from its last checkpoint.
 *
 * Best called from a web worker: a step on the CPU lets nothing else happen on its thread.
 *
 * @example
 * const refined = await refine(face, { preset: 'draft', onProgress: ({ fraction }) => show(fraction) })
 * refined.texture // -> Float32Array, 256 x 256 x 3, sRGB-encoded, 0..1
 * @throws RangeError where there is no such preset or size
 * @throws RefinementError, one sentence: before anything is computed `no-backbone`, `no-style`, `bad-numbers` (a face that holds
 * NaN), `bad-weights`, `bad-checkpoint`; then `diverged` or `garbled` (the device changed what it was to keep), both with the last
 * good `texture`
 * @throws ModelError where a model file cannot be had or was altered on the way
 * @throws DeviceLostError where a graphics device was lost for the third time
 * @throws DOMException `AbortError` where the signal was aborted, or its own reason where it has one
 */
export async function refine(face: Face, options: RefineOptions = {}): Promise<RefinedFace> {
  const { preset = presetNames[0], size, models = face.models, onProgress, signal, ...asked } = options
  requirePresetName(preset)
  throwIfAborted(signal)
  const start = performance.now()
  const laidOut = atSize(face, size ?? presetSizes[preset])
  const seconds = { ...face.seconds, capture: face.seconds.capture + (performance.now() - start) / 1000 }
  const steps = run(
    laidOut,
    { preset: presets[preset], checkpointSeconds: 10, ...asked, seconds },
    {
      store: platform.store(models),
      runtime: () => platform.runtime(models),
      provider: platform.provider,
    },
  )
  try {
    let step = await steps.next()
    while (!step.done) {
      onProgress?.(step.value)
      // Steps on the CPU leave no room for anything else: let clicks and aborts through.
      await new Promise((resolve) => setTimeout(resolve))
      throwIfAborted(signal)
      step = await steps.next()
    }
    const { refined, png, record } = step.value
    return { ...refined, png, record }
  } finally {
    await steps.return(undefined as never)
  }
}

/** The platform's own reason ("This operation was aborted") does not say what; a reason of the caller's is thrown as it is. */
function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return
  const { reason } = signal
  if (!(reason instanceof DOMException) || reason.name !== 'AbortError') throw reason
  throw new DOMException('The refinement was aborted, so there is no refined texture.', 'AbortError')
}
