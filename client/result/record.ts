import { plainLine } from '../../worker/contract/plain-text.ts'
import { type RunRecord, runRecord } from '../../worker/contract/record.ts'
import { visiblePsnr } from '../../worker/contract/visible-psnr.ts'
import { Evidence } from '../face/evidence.ts'
import type { Capture, Mesh } from '../face/types.ts'
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
    // It names the graphics device as its driver does.
    reason: plainLine(runtime.reason),
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

export interface HeadRecordInput {
  /** As it was asked for. */
  cover: 'auto' | 'head' | 'face'
  hair: string
  expression: 'photo' | 'neutral'
  bust: boolean
  whyFaceAlone: string | null
  /** Wall-clock seconds that the head took. */
  seconds: number
  /** null: the face alone was made. */
  made: {
    head: {
      mesh: Mesh & { faceTriangles: number }
      evidence: Uint8Array
      doubts: readonly string[]
      /** Of its hair. */
      style: string | null
    }
    /** The texture of face and rest as it is handed out. */
    png: Uint8Array
    /** All that there are. */
    models: readonly ModelEntry[]
  } | null
}

/** The same run with what there is to say of the head. See {@link runRecord} for every field. */
export async function recordWithHead(
  record: RunRecord,
  { made, seconds, ...asked }: HeadRecordInput,
): Promise<RunRecord> {
  if (!made) return runRecord.parse({ ...record, head: { ...asked, made } })
  const { head, png, models } = made
  const { style, doubts } = head
  const own = ownShare(head)
  return runRecord.parse({
    ...record,
    models: [...record.models, ...headModels(models, style)],
    seconds: { ...record.seconds, head: round(seconds, 3) },
    head: {
      ...asked,
      made: {
        hair: style,
        doubts,
        evidence: { own, none: 1 - own },
        texture: { sha256: await sha256Hex(png), bytes: png.length },
      },
    },
  })
}

/** The files that took part: of the hair those of one style. */
function headModels(models: readonly ModelEntry[], style: string | null): RunRecord['models'] {
  const parts = models.filter(({ id, purpose }) => purpose === 'head' && (style || id !== 'hair'))
  return parts.map(({ id, version, files }) => ({
    id,
    version,
    files: files
      .filter(({ file }) => id !== 'hair' || /^hair\/([^-.]+)/.exec(file)?.[1] === style)
      .map(({ file, sha256 }) => ({ file, sha256 })),
  }))
}

/** Of what the layout of the rest covers, how much is the photo's own. */
function ownShare({
  mesh,
  evidence,
}: {
  mesh: Mesh & { faceTriangles: number }
  evidence: Uint8Array
}): number {
  const { uv, triangles, faceTriangles } = mesh
  let covered = 0
  for (let t = 3 * faceTriangles; t < triangles.length; t += 3) {
    const [a, b, c] = triangles.subarray(t, t + 3)
    const [dx, dy] = [uv[2 * b] - uv[2 * a], uv[2 * b + 1] - uv[2 * a + 1]]
    const [ex, ey] = [uv[2 * c] - uv[2 * a], uv[2 * c + 1] - uv[2 * a + 1]]
    // Half of a parallelogram, in an atlas twice as wide as the rest's square.
    covered += Math.abs(dx * ey - dy * ex)
  }
  const own = evidence.reduce((sum, value) => sum + (value === Evidence.own ? 1 : 0), 0)
  return Math.min(1, own / evidence.length / Math.max(1e-9, covered))
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
