import type { RunRecord } from '../../worker/record.ts'

/** The last line of stdout with --json: what the figures of a run are judged by. */
export interface Summary {
  preset: string
  size: number
  seed: number
  backbone: string | null
  optimised: boolean
  optimisedTexels: number
  /** dB, see RunRecord. */
  psnr: number | null
  evidence: RunRecord['evidence']
  /** By stage, and `total` since the process started. */
  seconds: Record<string, number>
  /** Peak resident memory of the process, MB (10^6 bytes). */
  peakMemoryMB: number
  steps: number
  lossFirst: number | null
  lossLast: number | null
  files: string[]
}

/** @param files paths of what was written. */
export function summarise(record: RunRecord, files: string[]): Summary {
  const { preset, size, seed, backbone, optimised, optimisedTexels, psnr, evidence, seconds, losses } = record
  return {
    preset,
    size,
    seed,
    backbone,
    optimised,
    optimisedTexels,
    psnr,
    evidence,
    seconds: { ...seconds, total: Number(process.uptime().toFixed(3)) },
    peakMemoryMB: peakMemoryMB(),
    steps: losses.length,
    lossFirst: losses.at(0)?.losses.total ?? null,
    lossLast: losses.at(-1)?.losses.total ?? null,
    files,
  }
}

/** The same for people, in two lines. */
export function tell(record: RunRecord, files: string[]): string {
  const psnr = record.psnr === null ? 'nothing of it was seen' : `${record.psnr.toFixed(1)} dB`
  return (
    `Same-pose re-render against the photo: ${psnr}. ${process.uptime().toFixed(1)} s, ${peakMemoryMB()} MB at most.\n` +
    `Written: ${files.join(', ')}`
  )
}

/** maxRSS is in KiB. */
const peakMemoryMB = () => Math.round((process.resourceUsage().maxRSS * 1024) / 1e6)
