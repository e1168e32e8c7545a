import { type RunRecord, runRecord } from '../../worker/contract/record.ts'
import { visiblePsnr } from '../../worker/contract/visible-psnr.ts'
import { Evidence } from '../face/evidence.ts'
import type { Capture } from '../face/types.ts'
import type { Refined, RefinementProblem } from '../refine/types.ts'
import type { ModelEntry } from '../runtime/models.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { sha256Hex } from '../runtime/sha256.ts'
import { toBytes } from './png.ts'
import { renderedPsnr } from './psnr.ts'
import { sampledPixels } from './sampled-png.ts'
import { versionsFor } from './versions.ts'

export interface RecordInput {
  capture: Capture
  problem: RefinementProblem
  refined: Refined
  /** `texture.png` as it is handed out. */
  png: Uint8Array
  /** The models that took part: those of the capture, and the backbone where one ran. */
  models: readonly ModelEntry[]
  runtime: Pick<Runtime, 'provider' | 'reason'>
  /** Wall-clock seconds by stage. */
  seconds: Readonly<Record<string, number>>
}

/**
 * Sums up a run as plain JSON. See {@link runRecord} for every field.
 *
 * @throws RangeError where the texture's side is no multiple of 256.
 */
export async function record(input: RecordInput): Promise<RunRecord> {
  const { capture, problem, refined, png, runtime } = input
  const foreign = capture.pose === null
  const known = (value: number) => (foreign || !Number.isFinite(value) ? null : round(value, 3))
  const { faceLogit, interOcular, yaw, pitch, roll } = capture.quality
  const psnr = renderedPsnr(capture.view, refined.texture)
  const visible = visiblePsnr(toBytes(refined.texture), 3, sampledPixels(capture))
  return runRecord.parse({
    format: 1,
    versions: { ...versionsFor(runtime.provider), ...(foreign ? { tfjs: null } : {}) },
    models: input.models.map(({ id, version, files }) => ({
      id,
      version,
      files: files.map(({ file, sha256 }) => ({ file, sha256 })),
    })),
    preset: refined.preset,
    settings: { ...refined.settings },
    size: refined.size,
    seed: refined.seed,
    backbone: refined.backbone,
    provider: runtime.provider,
    reason: runtime.reason,
    external: problem.external,
    optimised: refined.optimised,
    summary: refined.summary,
    optimisedTexels: refined.optimisedTexels,
    seconds: mapValues(input.seconds, (value) => round(value, 3)),
    scales: refined.secondsPerScale.map((scale) => ({
      ...scale,
      setup: round(scale.setup, 3),
      steps: round(scale.steps, 3),
    })),
    losses: refined.steps,
    photo: { width: capture.photo.width, height: capture.photo.height },
    capture: {
      faceLogit: known(faceLogit),
      interOcular: known(interOcular),
      yaw: known(yaw),
      pitch: known(pitch),
      roll: known(roll),
    },
    evidence: evidenceShares(problem),
    psnr: psnr === null ? null : round(psnr, 2),
    visiblePsnr: visible === null ? null : round(visible, 2),
    texture: { sha256: await sha256Hex(png), bytes: png.length },
  })
}

/** Share of the covered texels by evidence, 0..1; all 0 where nothing is covered. */
export function evidenceShares(
  problem: Pick<RefinementProblem, 'evidence' | 'coverage'>,
): RunRecord['evidence'] {
  const counts = { none: 0, own: 0, mirrored: 0, external: 0 }
  const names = Object.keys(Evidence) as (keyof typeof Evidence)[]
  const nameOf = new Map(names.map((name) => [Evidence[name] as number, name]))
  let covered = 0
  for (let i = 0; i < problem.coverage.length; i++) {
    if (!problem.coverage[i]) continue
    counts[nameOf.get(problem.evidence[i])!]++
    covered++
  }
  return mapValues(counts, (count) => count / Math.max(1, covered))
}

function mapValues<K extends string>(object: Readonly<Record<K, number>>, change: (value: number) => number) {
  return Object.fromEntries(
    Object.entries<number>(object).map(([key, value]) => [key, change(value)]),
  ) as Record<K, number>
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))
