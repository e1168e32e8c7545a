import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { commandLine, wrongUsage } from '../../../worker/dev/command-line.ts'
import { renderTexture, turnedCamera } from '../../capture/mesh/render.ts'
import { decodeTexture } from '../../cli/decode.ts'
import { readMesh } from '../../cli/mesh-file.ts'
import { toBytes } from '../../result/png.ts'

const stillSide = 256
/** Each picture is drawn this much larger and made smaller, which smooths its edges. */
const oversampling = 2
const frames = 30
const frameMilliseconds = 110
/** Degrees to either side. */
const widest = 55
/** What previews of links show, pixels. */
const card = { width: 1200, height: 630 }

const { positionals } = commandLine(
  `node client/app/sample/make.ts FOLDER

The pictures of the first screen, out of what npm run refine -- astronaut.png --out FOLDER wrote: the photo's face
(astronaut-photo.webp), and the 3D face turning to and fro (astronaut-turning.webp) and still (astronaut-face.webp);
the sample as the page fetches it (astronaut.jpg); and what previews of links show (public/card.jpg).`,
  {},
  { words: 1 },
)
const [folder] = positionals
if (!folder) wrongUsage('Name the folder that npm run refine wrote.')
const here = new URL('.', import.meta.url).pathname
const { size } = JSON.parse(await readFile(join(folder, 'record.json'), 'utf8')) as { size: number }
const mesh = await readMesh(join(folder, 'face.glb'))
const texture = await decodeTexture(join(folder, 'texture.png'), size)

const turning: Buffer[] = []
for (let i = 0; i < frames; i++) turning.push(await draw(widest * Math.sin((2 * Math.PI * i) / frames)))
await sharp(turning, { join: { animated: true } })
  .webp({ quality: 62, effort: 6, delay: Array(frames).fill(frameMilliseconds), loop: 0 })
  .toFile(join(here, 'astronaut-turning.webp'))
await sharp(await draw(25))
  .webp({ quality: 80 })
  .toFile(join(here, 'astronaut-face.webp'))

await photo(stillSide).webp({ quality: 80 }).toFile(join(here, 'astronaut-photo.webp'))

// What the page fetches as the sample: an eighth of the PNG's bytes.
await sharp(join(here, 'astronaut.png'))
  .jpeg({ quality: 93, chromaSubsampling: '4:4:4', mozjpeg: true })
  .toFile(join(here, 'astronaut.jpg'))

const rounded = `<svg><rect width="400" height="400" rx="28"/></svg>`
const cutPhoto = photo(400)
  .ensureAlpha()
  .composite([{ input: Buffer.from(rounded), blend: 'dest-in' }])
const icon = await readFile(join(here, '..', 'icon.svg'))
const name = `<svg width="400" height="72"><text y="52" font-family="sans-serif" font-weight="700" font-size="52" fill="#fff">FaceRefiner</text></svg>`
const arrow = `<svg width="90" height="60"><path d="M4 30h74M54 6l26 24-26 24" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/></svg>`
await sharp({ create: { ...card, channels: 3, background: '#4a4a4a' } })
  .composite([
    { input: await cutPhoto.png().toBuffer(), left: 80, top: 70 },
    { input: Buffer.from(arrow), left: 528, top: 240 },
    { input: await draw(30, 540), left: 630, top: 45 },
    { input: await sharp(icon, { density: 300 }).resize(64).png().toBuffer(), left: 80, top: 514 },
    { input: Buffer.from(name), left: 164, top: 512 },
  ])
  .jpeg({ quality: 84, mozjpeg: true })
  .toFile(join(here, '..', 'public', 'card.jpg'))

/** The photo's face. */
function photo(side: number) {
  return sharp(join(here, 'astronaut.png'))
    .extract({ left: 92, top: 0, width: 280, height: 280 })
    .resize(side)
}

async function draw(yaw: number, side = stillSide): Promise<Buffer> {
  const wide = side * oversampling
  const camera = turnedCamera(mesh, { yaw }, wide, wide)
  const { rgb, mask } = renderTexture(mesh, camera, texture, size, wide, wide)
  const bytes = toBytes(rgb)
  const rgba = new Uint8Array(wide * wide * 4)
  for (let i = 0; i < mask.length; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = bytes[3 * i + c]
    rgba[4 * i + 3] = 255 * mask[i]
  }
  return sharp(rgba, { raw: { width: wide, height: wide, channels: 4 } })
    .resize(side)
    .png()
    .toBuffer()
}
