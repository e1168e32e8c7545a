import type { TrunkStep } from '../../../models/inception-v3.ts'

// Reads and runs inception-v3.safetensors in float64, slowly, from its description in models/inception-v3.md alone.

/** One image's features, channels first: `channels * size * size`. */
export interface Feature {
  channels: number
  size: number
  data: Float64Array
}

export interface Safetensors {
  metadata: Record<string, string>
  tensors: Map<string, { shape: number[]; data: Uint8Array | Float32Array }>
}

interface StoredEntry {
  dtype: string
  shape: number[]
  data_offsets: [number, number]
}

export function readSafetensors(file: Uint8Array): Safetensors {
  const buffer = Uint8Array.from(file).buffer
  const start = 8 + Number(new DataView(buffer).getBigUint64(0, true))
  const { __metadata__: metadata, ...entries } = JSON.parse(new TextDecoder().decode(buffer.slice(8, start)))
  const tensors: Safetensors['tensors'] = new Map()
  for (const [name, entry] of Object.entries<StoredEntry>(entries)) {
    const { dtype, shape, data_offsets: offsets } = entry
    const data = buffer.slice(start + offsets[0], start + offsets[1])
    tensors.set(name, { shape, data: dtype === 'U8' ? new Uint8Array(data) : new Float32Array(data) })
  }
  return { metadata, tensors }
}

/** All steps' outputs by name. */
export function runTrunk(file: Safetensors, input: Feature): Map<string, Feature> {
  const outputs = new Map([['input', input]])
  for (const step of JSON.parse(file.metadata.topology) as TrunkStep[]) {
    const inputs = step.inputs.map((name) => outputs.get(name)!)
    outputs.set(step.name, runStep(step, inputs, file))
  }
  return outputs
}

function runStep(step: TrunkStep, inputs: Feature[], file: Safetensors): Feature {
  if (step.op === 'concat') return concat(inputs)
  if (step.op === 'conv') return convolve(step, inputs[0], file)
  return pool(step, inputs[0])
}

function concat(inputs: Feature[]): Feature {
  const data = inputs.flatMap((input) => [...input.data])
  const channels = inputs.reduce((sum, input) => sum + input.channels, 0)
  return { channels, size: inputs[0].size, data: Float64Array.from(data) }
}

function convolve(step: TrunkStep, input: Feature, { tensors, metadata }: Safetensors): Feature {
  const name = step.weights!
  const min = Number(metadata[`${name}.min`])
  const scale = Number(metadata[`${name}.scale`])
  const { data: quantized, shape } = tensors.get(`${name}.weight`)!
  const gain = tensors.get(`${name}.gain`)!.data
  const bias = tensors.get(`${name}.bias`)!.data
  const weight = Float64Array.from(quantized, (value) => value * scale + min)
  const [, , height, width] = shape
  const { size, offset } = outputGrid(step, input.size)
  const data = new Float64Array(step.out * size * size)
  for (let o = 0; o < step.out; o++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        let sum = 0
        for (let c = 0; c < input.channels; c++) {
          for (let ky = 0; ky < height; ky++) {
            const iy = y * step.stride! + ky - offset
            if (iy < 0 || iy >= input.size) continue
            for (let kx = 0; kx < width; kx++) {
              const ix = x * step.stride! + kx - offset
              if (ix < 0 || ix >= input.size) continue
              const at = ((o * input.channels + c) * height + ky) * width + kx
              sum += weight[at] * input.data[(c * input.size + iy) * input.size + ix]
            }
          }
        }
        data[(o * size + y) * size + x] = Math.max(0, sum * gain[o] + bias[o])
      }
    }
  }
  return { channels: step.out, size, data }
}

function pool(step: TrunkStep, input: Feature): Feature {
  const { size, offset } = outputGrid(step, input.size)
  const data = new Float64Array(input.channels * size * size)
  for (let i = 0; i < data.length; i++) {
    const [c, y, x] = [Math.floor(i / (size * size)), Math.floor(i / size) % size, i % size]
    const seen: number[] = []
    for (let ky = 0; ky < step.kernel![0]; ky++) {
      for (let kx = 0; kx < step.kernel![1]; kx++) {
        const iy = y * step.stride! + ky - offset
        const ix = x * step.stride! + kx - offset
        if (iy < 0 || iy >= input.size || ix < 0 || ix >= input.size) continue
        seen.push(input.data[(c * input.size + iy) * input.size + ix])
      }
    }
    data[i] = step.op === 'maxpool' ? Math.max(...seen) : seen.reduce((a, b) => a + b) / seen.length
  }
  return { channels: input.channels, size, data }
}

function outputGrid(step: TrunkStep, size: number): { size: number; offset: number } {
  const kernel = step.kernel![0]
  const same = step.padding === 'same'
  return {
    size: Math.floor((size - (same ? 1 : kernel)) / step.stride!) + 1,
    offset: same ? (kernel - 1) / 2 : 0,
  }
}
