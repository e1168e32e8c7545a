/**
 * How good whole heads are: of known shape against the truth; of portraits by their outline, the rim, what is painted and what
 * was decided; and whether decisions hold for variants of a photo.
 */

import { CaptureError } from '../../../client/capture/capture-error.ts'
import { decodePhoto } from '../../../client/cli/decode.ts'
import { headAtlas } from '../../../client/head/atlas.ts'
import { completeHead } from '../../../client/head/complete-head.ts'
import { faceRim } from '../../../client/head/face-rim.ts'
import { faceOnHead } from '../../../client/head/hair/face-hair.ts'
import { type HeadKit, headKit } from '../../../client/head/kit.ts'
import { refine } from '../../../client/refine/refine.ts'
import { presets } from '../../../client/refine/schedule.ts'
import type { RefinementProblem } from '../../../client/refine/types.ts'
import type { ModelStore } from '../../../client/runtime/models.ts'
import { nodeRuntime } from '../../../client/runtime/node.ts'
import { halfOf } from '../data/halves.ts'
import { composeHeads, type SheetRow, sheetRow } from '../head/head-sheet.ts'
import { heldOut } from '../head/held-out.ts'
import { madeRows } from '../head/made-heads.ts'
import { outlinesOf } from '../head/outlines.ts'
import { type Decision, portraitOf } from '../head/portrait.ts'
import { headTables, summaryOf, worstFirst } from '../head/summary.ts'
import type { HeadReport, PortraitRow, VariantRow } from '../head/types.ts'
import { variants } from '../head/variants.ts'
import type { Tools } from '../methods.ts'
import type { Lpips } from '../metrics/lpips.ts'
import { rimStep } from '../metrics/rim-step.ts'
import type { Options } from '../options.ts'
import { replace } from '../report/write.ts'
import { portraits } from '../samples.ts'
import { seedOf } from '../seed.ts'
import type { Sample } from '../types.ts'

/** How many heads of known shape, and by how many degrees they are turned in their pictures. */
const made = { heads: 8, yaws: [0, 20] }
/** Texels a side that decisions need: they depend on none. */
const decisionSize = 128

/**
 * Writes `heads.json`, `heads.md` and `heads-1.png` and so on, the worst heads first, into `out/report/`.
 *
 * @throws CommandError where the photos are not there
 */
export async function evaluateHeads(
  options: Options,
  command: string,
  store: ModelStore,
  lpips: Lpips | null,
): Promise<HeadReport> {
  const { size, limit, stages, out } = options
  const samples = stages.some((stage) => stage !== 'made') ? (await portraits(options)).slice(0, limit) : []
  const report: HeadReport = {
    ...{ command, date: new Date().toISOString(), size },
    ...{ made: [], portraits: [], variants: [], failures: [] },
  }
  const kit = await headKit(store)
  const fail = (photo: string, view: string, message: string) => {
    report.failures.push({ photo, view, message })
    console.error(`head ${photo} ${view}: ${message}`)
  }
  const save = async () => {
    const all = { ...report, means: summaryOf(report) }
    await replace(`${out}/report/heads.json`, `${JSON.stringify(all, null, 1)}\n`)
    await replace(`${out}/report/heads.md`, headTables(report))
  }
  if (stages.includes('made')) {
    const rows = madeRows(made.heads, made.yaws, { store, kit }, (head, yaw, message) =>
      fail(`head ${head}`, `yaw ${yaw}`, message),
    )
    for await (const row of rows) {
      report.made.push(row)
      await save()
    }
  }
  const sheet = new Map<string, SheetRow>()
  const runtime = stages.includes('optimised') ? await nodeRuntime() : null
  const optimised = runtime && optimiser({ runtime, store })
  for (const sample of samples) {
    const began = performance.now()
    try {
      if (stages.includes('portraits') || optimised) {
        const { row, pictures } = await portraitRow(sample, kit, store, size, lpips, optimised)
        report.portraits.push(row)
        sheet.set(row.photo, pictures)
      }
      if (stages.includes('variants')) report.variants.push(...(await variantRows(sample, kit, store)))
    } catch (error) {
      fail(sample.name, '', (error as Error).message)
    }
    console.error(`head ${sample.name}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
    await save()
  }
  await runtime?.dispose()
  const ordered = worstFirst(report.portraits).map(({ photo }) => sheet.get(photo)!)
  for (const [i, png] of (await composeHeads(ordered)).entries())
    await replace(`${out}/report/heads-${i + 1}.png`, png)
  await save()
  return report
}

type Optimise = (problem: RefinementProblem) => Promise<Float32Array>

function optimiser(tools: Tools): Optimise {
  return async (problem) => {
    const steps = refine(problem, presets.standard, tools)
    for (;;) {
      const next = await steps.next()
      if (next.done) return next.value.texture
    }
  }
}

async function portraitRow(
  sample: Sample,
  kit: HeadKit,
  store: ModelStore,
  size: number,
  lpips: Lpips | null,
  optimised: Optimise | null,
): Promise<{ row: PortraitRow; pictures: SheetRow }> {
  const portrait = await portraitOf(await decodePhoto(sample.path), kit, store, size)
  const { decision, head: seen } = portrait
  const { capture } = seen
  const began = performance.now()
  const head = await completeHead(seen, capture.content)
  const seconds = (performance.now() - began) / 1000
  const atlas = headAtlas(faceOnHead(capture.content, head.faceHair), head.texture, size)
  const row: PortraitRow = {
    ...{ photo: sample.name, half: halfOf(sample.path), decision, seconds },
    outlines: await outlinesOf(seen, head),
    rim: rimStep(head.mesh, faceRim(capture.mesh), atlas, size),
    heldOut: await heldOut(portrait, seedOf(sample.name), lpips, optimised),
  }
  const { outlines, rim } = row
  const words = `${sample.name}: ${decision.style}, ${decision.cover}; outline ${outlines.made?.toFixed(3)}, rim ${rim.colour.toFixed(2)} and ${rim.gradient.toFixed(2)}`
  return { row, pictures: await sheetRow(words, seen, head, atlas) }
}

async function variantRows(sample: Sample, kit: HeadKit, store: ModelStore): Promise<VariantRow[]> {
  const photo = await decodePhoto(sample.path)
  const { head, decision: original } = await portraitOf(photo, kit, store, decisionSize)
  const rows: VariantRow[] = []
  for (const [variant, make] of Object.entries(variants)) {
    let decision: Decision | null = null
    let message: string | null = null
    try {
      decision = (await portraitOf(make(photo, head.capture.face), kit, store, decisionSize)).decision
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      message = error.message
    }
    const same = decision && decision.styleClass === original.styleClass && decision.cover === original.cover
    rows.push({ photo: sample.name, half: halfOf(sample.path), variant, decision, message, same, original })
  }
  return rows
}
