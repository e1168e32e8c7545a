import type { RunRecord } from '../../worker/contract/record.ts'
import { figures } from '../../worker/texts/figures.ts'

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
    peakMemoryMB: Math.round(peakMemory() / 1e6),
    steps: losses.length,
    lossFirst: losses.at(0)?.losses.total ?? null,
    lossLast: losses.at(-1)?.losses.total ?? null,
    files,
  }
}

/** The same for people, in two lines. */
export function tell(record: RunRecord, files: string[]): string {
  const { decibels, duration, size } = figures.en
  const psnr = record.psnr === null ? 'nothing of it was seen' : decibels(record.psnr)
  return (
    `Same-pose re-render against the photo: ${psnr}. ${duration(process.uptime())}, ${size(peakMemory())} of memory at most.\n` +
    `Written: ${files.join(', ')}`
  )
}

/** Bytes; maxRSS is in KiB. */
const peakMemory = () => process.resourceUsage().maxRSS * 1024
