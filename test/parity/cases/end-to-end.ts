import { random } from '../../../client/image/random.ts'
import type { ScaleInputs } from '../../../client/refine/inputs.ts'
import { sgd } from '../../../client/refine/optimizer.ts'
import { type Level, resample, synthesise } from '../../../client/refine/pyramid.ts'
import { erodeMask, renderMap } from '../../../client/refine/renderer.ts'
import type { RunContext } from '../../../client/refine/run-context.ts'
import { prepareScale } from '../../../client/refine/scale.ts'
import { presets } from '../../../client/refine/schedule.ts'
import { stretched } from '../../../client/refine/stretched.ts'
import type { LossName } from '../../../client/refine/types.ts'
import { initialUnknowns, readLevels, type Unknowns } from '../../../client/refine/unknowns.ts'
import type { Value } from '../../../client/runtime/runtime.ts'
import type { Checks } from '../check.ts'
import type { Golden } from '../golden.ts'
import type { Parity, ParityContext } from '../parity.ts'
import { tolerances } from '../tolerances.ts'
import { backboneOf } from './vgg.ts'

/** Our name of each recorded loss. */
const lossOf = {
  content: 'content',
  remd: 'remd',
  moment: 'moments',
  color: 'colour',
  total: 'total',
} as const satisfies Record<string, LossName>

/**
 * A whole round with every random index as recorded. `stable` starts beside the content and takes the per-texel rate, so
 * its trajectory can be compared; `exact` is chaotic after its first step: only that is compared, and not its content
 * term, which is rounding noise while the texture still is the content.
 */
export const endToEnd: Parity = async (golden, checks, context) => {
  for (const size of golden.numbers('scales')) {
    const eroded = erodeMask(golden.float(`mask_${size}`), size, kernel(size))
    checks.tensor(`eroded_mask_${size}`, eroded, golden.float(`eroded_mask_${size}`), 0)
  }
  await stable(golden, checks, context)
  if (!context.iterations) await exact(golden, checks, context)
}

const kernel = (size: number) => Math.floor(size * presets.paper.erosion)

async function stable(golden: Golden, checks: Checks, context: ParityContext): Promise<void> {
  const full = golden.number('img_size')
  const run = await start(golden, context, golden.float('init_image'), presets.paper.optimizer.rate / full)
  const losses: Partial<Record<LossName, number>>[] = []
  let texture = new Float32Array()
  const scales = golden.numbers('scales').slice(0, context.iterations ? 1 : undefined)
  const count = context.iterations ?? golden.number('iterations')
  for (const [k, size] of scales.entries()) {
    const scale = await run.scale(k)
    for (let i = 0; i < count; i++) {
      const before = i === 0 && k === 0 ? await run.levels() : null
      const step = await scale.step(run.rate)
      losses.push({ ...step.losses, photometric: step.losses.photometric! * run.photometricWeight(size) })
      texture = (await step.texture.read()) as Float32Array<ArrayBuffer>
      step.texture.dispose()
      // The first step of plain SGD is the gradient.
      if (before) checkGradients(before, await run.levels())
    }
    await scale.dispose()
    if (k === 0 && !context.iterations) checkLevels('after_scale0', await run.levels())
  }
  if (!context.iterations) checkFinal(await run.levels())
  for (const [name, ours] of Object.entries(lossOf)) {
    compareLosses(
      `stable_loss_${name}`,
      losses.map((step) => step[ours]!),
    )
  }
  compareLosses(
    'stable_loss_l1_weighted',
    losses.map((step) => step.photometric!),
  )
  await run.dispose()

  function checkFinal(levels: Level[]): void {
    checkLevels('final', levels)
    checks.tensor(
      'stable_final_synth',
      synthesise(levels).data,
      golden.float('stable_final_synth'),
      tolerances.final,
    )
    checks.tensor('stable_final_image', texture, golden.float('stable_final_image'), tolerances.final)
    const saved = stretched(texture, new Uint8Array(full * full).fill(1)).map((value) =>
      Math.round(255 * value),
    )
    const savedName = 'stable_final_convert_image_u8_HWC'
    checks.tensor(savedName, saved, golden.bytes(savedName), tolerances.final)
  }

  function compareLosses(name: string, ours: number[]): void {
    checks.tensor(name, ours, golden.float(name).subarray(0, ours.length), tolerances.trajectory)
  }

  function checkLevels(when: string, levels: Level[]): void {
    for (const [k, name] of golden.series(`stable_${when}_level_`)) {
      checks.tensor(name, levels[k].data, golden.float(name), tolerances.final)
    }
  }

  function checkGradients(before: Level[], after: Level[]): void {
    for (const [k, name] of golden.series('stable_scale0_iter0_grad_level_')) {
      const gradient = before[k].data.map((value, i) => (value - after[k].data[i]) / run.rate)
      checks.tensor(name, gradient, golden.float(name), tolerances.gradient.content)
    }
  }
}

async function exact(golden: Golden, checks: Checks, context: ParityContext): Promise<void> {
  const run = await start(golden, context, golden.float('content'), presets.paper.optimizer.rate)
  const scale = await run.scale(0)
  const { losses, texture } = await scale.step(run.rate)
  texture.dispose()
  await scale.dispose()
  const [size] = golden.numbers('scales')
  for (const name of ['remd', 'moment', 'color', 'total'] as const) {
    const expected = golden.float(`exact_loss_${name}`)[0]
    checks.number(`exact_loss_${name}[0]`, losses[lossOf[name]]!, expected, tolerances.trajectory)
  }
  const weighted = losses.photometric! * run.photometricWeight(size)
  const expected = golden.float('exact_loss_l1_weighted')[0]
  checks.number('exact_loss_l1_weighted[0]', weighted, expected, tolerances.trajectory)
  await run.dispose()
}

/** A run of the product's scales on the case's images and indices. */
async function start(golden: Golden, { runtime }: ParityContext, image: Float32Array, rate: number) {
  const full = golden.number('img_size')
  const backbone = backboneOf(golden)
  const weights = new Map<string, Value>()
  for (const [name, { shape, data }] of backbone.weights) {
    weights.set(name, await runtime.upload({ type: 'float32', dims: shape, data }))
  }
  const optimizer = sgd(rate, golden.number('momentum'))
  const run: RunContext = {
    preset: presets.paper,
    runtime,
    backbone,
    optimizer,
    random: random(0),
    weights,
    onStage: () => {},
  }
  const unknowns: Unknowns = await initialUnknowns(image, full, run)
  const roundWeights = {
    content: golden.number('content_weight'),
    style: golden.number('style_weight'),
    colour: 1,
    photometric: golden.number('recon_weight'),
  }
  return {
    rate,
    scale: (k: number) => prepareScale(run, inputsOf(golden, k), roundWeights, unknowns),
    levels: () => readLevels(unknowns, run.preset),
    photometricWeight: (size: number) => (roundWeights.photometric * full) / size,
    dispose: async () => {
      for (const value of [...weights.values(), ...unknowns.values.values()]) value.dispose()
    },
  }
}

/** What the k-th scale compares, where the recorded indices say. */
function inputsOf(golden: Golden, k: number): ScaleInputs {
  const full = golden.number('img_size')
  const size = golden.numbers('scales')[k]
  const image = (name: string) => {
    const level = { height: full, width: full, data: golden.float(name) }
    return (size === full ? level : resample(level, size, size)).data
  }
  const [, batches, perBatch] = golden.shape('style_rows')
  const indices = (name: string, batch: number) => {
    const from = (k * batches + batch) * perBatch
    return [...golden.int(name).subarray(from, from + perBatch)]
  }
  // The official loop over batches begins with the flipped image and alternates.
  const drawStyle = (flipped: boolean) => {
    const chosen = [...Array(batches).keys()].filter((batch) => (batch % 2 === 0) === flipped)
    const [rows, columns] = ['style_rows', 'style_cols'].map((name) =>
      Int32Array.from(chosen.flatMap((batch) => indices(name, batch))),
    )
    return { rows, columns }
  }
  const n = golden.number('n')
  let iteration = k * golden.number('iterations')
  const mask = golden.float(`mask_${size}`)
  const uv = golden.float(`grid_${size}`).map((value) => (value + 1) / 2)
  return {
    size,
    divisor: full / size,
    content: image('content'),
    style: image('style'),
    flipped: image('style_flip'),
    freedom: null,
    photo: {
      pixels: image('photo'),
      mask: erodeMask(mask, size, kernel(size)),
      renderer: [renderMap(uv, mask, size)],
    },
    samples: {
      texture: n,
      style: drawStyle(false).rows.length,
      flipped: drawStyle(true).rows.length,
    },
    draw: {
      texture: () => {
        const from = iteration++ * n
        const [rows, columns] = ['xx', 'xy'].map((name) => golden.int(name).subarray(from, from + n))
        return { rows, columns }
      },
      style: () => drawStyle(false),
      flipped: () => drawStyle(true),
    },
  }
}
