/**
 * Is invented skin as smooth as seen skin, in every light?
 *
 *     npm run -s detail -- --photos DIR [--half reporting] [--size 256]
 *
 * Prints a line of JSON for each photo and light, and a last one with the worst: the size of fine detail on skin that the
 * initial texture invents over that on skin that the photo shows (metrics/detail.ts). 1.1 is the most that there should be.
 */
import { resolve } from 'node:path'
import { captureLocated } from '../../client/capture/capture.ts'
import { findFaces } from '../../client/capture/find/find-faces.ts'
import { locateFace } from '../../client/capture/locate/locate-face.ts'
import { CommandError } from '../../client/cli/command-error.ts'
import { decodePhoto } from '../../client/cli/decode.ts'
import type { Photo } from '../../client/image/photo.ts'
import { diskStore } from '../../client/runtime/disk.ts'
import { commandLine, wrongUsage } from '../../worker/dev/command-line.ts'
import { samplesIn } from './data/folder.ts'
import { type Half, halfNames, ofHalf } from './data/halves.ts'
import { inventedDetail } from './metrics/detail.ts'

const usage = `npm run -s detail -- --photos DIR [options]

  --photos DIR   portraits
  --half H       ${halfNames.join(' or ')}: only the portraits of that half
  --size N       texels a side (default: 256)`

/** Factors of red, green and blue. */
const lights: Record<string, readonly [number, number, number]> = {
  'as it is': [1, 1, 1],
  'exposure 3/4': [0.75, 0.75, 0.75],
  'exposure 5/4': [1.25, 1.25, 1.25],
  'warm cast': [1.15, 1, 0.7],
  'blue cast': [0.8, 0.95, 1.2],
}

const text = { type: 'string' } as const
const { values } = commandLine(usage, { photos: text, half: text, size: { ...text, default: '256' } })
const { photos, half, size } = values
if (!photos) wrongUsage('--photos is missing: name the folder with the portraits.')
if (half !== undefined && !halfNames.includes(half as Half))
  wrongUsage(`--half is "${half}"; choose ${halfNames.join(', ')}.`)
if (!['128', '256', '512', '1024'].includes(size))
  wrongUsage(`--size is "${size}"; choose 128, 256, 512, 1024.`)
try {
  await measure({
    photos: resolve(process.env.INIT_CWD ?? '.', photos),
    half: half as Half | undefined,
    size: Number(size),
  })
} catch (error) {
  if (!(error instanceof CommandError)) throw error
  console.error(error.message)
  process.exitCode = error.exitCode
}

interface Options {
  photos: string
  half?: Half
  size: number
}

async function measure({ photos, half, size }: Options) {
  const store = diskStore()
  const all = await samplesIn(photos)
  const found: { photo: string; light: string; ratio: number }[] = []
  for (const { name, path } of half ? ofHalf(all, half) : all) {
    const photo = await decodePhoto(path)
    const [face] = await findFaces(photo, { store })
    if (!face) {
      console.log(JSON.stringify({ photo: name, error: 'no face was found' }))
      continue
    }
    const located = await locateFace(photo, face, { store })
    for (const [light, factors] of Object.entries(lights)) {
      const captured = captureLocated(relit(photo, factors), located, { size })
      const ratio = inventedDetail(captured.content, captured)
      console.log(JSON.stringify({ photo: name, light, ratio: ratio && Number(ratio.toFixed(3)) }))
      if (ratio !== null) found.push({ photo: name, light, ratio })
    }
  }
  const worst = found.reduce<(typeof found)[number] | null>((a, b) => (a && a.ratio > b.ratio ? a : b), null)
  console.log(
    JSON.stringify({ measured: found.length, over: found.filter(({ ratio }) => ratio > 1.1).length, worst }),
  )
}

function relit(photo: Photo, factors: readonly number[]): Photo {
  const data = photo.data.map((value, i) => (i % 4 === 3 ? value : value * factors[i % 4]))
  return { ...photo, data }
}
