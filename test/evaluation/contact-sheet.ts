import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'
import { renderTexture, turnedCamera } from '../../client/capture/mesh/render.ts'
import { decodeTexture } from '../../client/cli/decode.ts'
import { readMesh } from '../../client/cli/mesh-file.ts'
import type { Pose } from '../../client/face/types.ts'
import { toBytes } from '../../client/result/png.ts'
import { type RunRecord, runRecord } from '../../worker/contract/record.ts'
import { commandLine, wrongUsage } from '../../worker/dev/command-line.ts'

const usage = `npm run contact-sheet -- FOLDER... --out sheet.png [--cell 384]

One picture of one or several folders that npm run refine wrote: what the photo gave, what was made of it, and the face
turned, refined above initial. Quality is judged by looking at this at full size; --cell is the side of a picture.`

type Turn = Pick<Pose, 'yaw' | 'pitch' | 'roll'>
const turns: Turn[] = [
  { yaw: 0, pitch: 0, roll: 0 },
  { yaw: -35, pitch: 0, roll: 0 },
  { yaw: 35, pitch: 0, roll: 0 },
  { yaw: -60, pitch: 0, roll: 0 },
  { yaw: 60, pitch: 0, roll: 0 },
  { yaw: 0, pitch: 15, roll: 0 },
]
const labelHeight = 26

interface Picture {
  label: string
  image: Buffer
}

const { values, positionals: folders } = commandLine(
  usage,
  { out: { type: 'string' }, cell: { type: 'string', default: '384' } },
  { words: Number.POSITIVE_INFINITY },
)
if (folders.length === 0) wrongUsage('Name a folder that npm run refine wrote.')
if (!values.out) wrongUsage('--out is missing: name the picture that is to be written.')
const cell = Number(values.cell)
if (!(Number.isInteger(cell) && cell >= 16 && cell <= 2048))
  wrongUsage(`--cell is "${values.cell}"; give a whole number from 16 to 2048.`)
const here = (path: string) => resolve(process.env.INIT_CWD ?? '.', path)
const rows: Picture[][] = []
try {
  for (const folder of folders) rows.push(...(await rowsOf(here(folder))))
} catch (error) {
  console.error(`These are no folders that npm run refine wrote: ${(error as Error).message}`)
  process.exit(1)
}
await compose(rows, here(values.out))
console.log(`${values.out}: ${folders.length} runs, ${cell} px a picture.`)

/** Three rows: files; refined, turned; initial, turned. */
async function rowsOf(folder: string): Promise<Picture[][]> {
  const record = runRecord.parse(JSON.parse(await readFile(join(folder, 'record.json'), 'utf8')))
  const mesh = await readMesh(join(folder, 'face.glb'))
  const refined = await decodeTexture(join(folder, 'texture.png'), record.size)
  const initial = await decodeTexture(join(folder, 'content.png'), record.size)
  const { yaw, pitch, roll } = record.capture
  const ownTurn = { yaw: yaw ?? 0, pitch: pitch ?? 0, roll: roll ?? 0 }
  return [
    [
      await file(folder, 'photo.png', `${basename(folder)}: photo`),
      await file(folder, 'sampled.png', `sampled  ${evidence(record)}`),
      await file(folder, 'content.png', 'content (initial)'),
      await file(folder, 'texture.png', `texture (refined)  ${record.preset} ${record.size}`),
      await file(folder, 'weight.png', 'weight'),
      await render('refined, pose of the photo', refined, ownTurn, `${record.psnr ?? '-'} dB`),
    ],
    await Promise.all(turns.map((turn) => render('refined', refined, turn))),
    await Promise.all(turns.map((turn) => render('initial', initial, turn))),
  ]

  async function render(
    name: string,
    texture: Float32Array,
    turn: Turn,
    note = `yaw ${turn.yaw}, pitch ${turn.pitch}`,
  ) {
    // Twice the size, then halved: smooth edges.
    const side = 2 * cell
    const camera = turnedCamera(mesh, turn, side, side)
    const { rgb } = renderTexture(mesh, camera, texture, record.size, side, side)
    const raw = { width: side, height: side, channels: 3 as const }
    const image = await sharp(toBytes(rgb), { raw }).resize(cell, cell).png().toBuffer()
    return { label: `${name}  ${note}`, image }
  }
}

async function file(folder: string, name: string, label: string): Promise<Picture> {
  return {
    label,
    image: await sharp(join(folder, name)).resize(cell, cell, { fit: 'contain' }).png().toBuffer(),
  }
}

function evidence({ evidence: { own, mirrored, none, external } }: RunRecord): string {
  const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`
  return `own ${percent(own)} mirror ${percent(mirrored)} none ${percent(none)} ext ${percent(external)}`
}

async function compose(rows: Picture[][], path: string) {
  const tiles: OverlayOptions[] = rows.flatMap((row, y) =>
    row.flatMap(({ label, image }, x) => {
      const [left, top] = [x * cell, y * (cell + labelHeight)]
      return [
        { input: title(label), left, top },
        { input: image, left, top: top + labelHeight },
      ]
    }),
  )
  const width = cell * Math.max(...rows.map((row) => row.length))
  const height = rows.length * (cell + labelHeight)
  await sharp({ create: { width, height, channels: 3, background: '#222' } })
    .composite(tiles)
    .png()
    .toFile(path)
}

function title(label: string): Buffer {
  const text = label.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${cell}" height="${labelHeight}"><text x="6" y="18" font-family="sans-serif" font-size="14" fill="#eee">${text}</text></svg>`,
  )
}
