import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { commandLine, wrongUsage } from '../../../worker/dev/command-line.ts'
import { drawPortrait, readHead } from './portrait.ts'

/** The hero of the first screen. */
const side = 512
const frames = 36
/** Where it begins: half turned, as the still picture is. */
const firstFrame = 4
const frameMilliseconds = 120
/** Degrees that a turn is behind an even one after a quarter of the time: the face passes slowly, the back of the head fast. */
const linger = 24
/** What previews of links show, pixels. */
const card = { width: 1200, height: 630 }
/** The head's side on it. */
const cardHead = 600
/** The side of each picture in the README's row. */
const tile = 300

const { positionals } = commandLine(
  `node client/app/sample/make.ts FOLDER

The pictures of the first screen, out of what npm run refine -- astronaut.png --out FOLDER wrote: the photo's face
(astronaut-photo.webp), and the 3D head turning (astronaut-turning.webp) and still (astronaut-face.webp);
the sample as the page fetches it (astronaut.jpg); what previews of links show (public/card.jpg); and the README's
picture (.github/sample.jpg).`,
  {},
  { words: 1 },
)
const [folder] = positionals
if (!folder) wrongUsage('Name the folder that npm run refine wrote.')
const here = new URL('.', import.meta.url).pathname
const head = await readHead(join(folder, 'head.glb'))
const draw = (yaw: number, side: number) => drawPortrait(head, yaw, side)

const turning: Buffer[] = []
for (let i = 0; i < frames; i++) {
  const share = (i + firstFrame) / frames
  turning.push(await draw(360 * share - linger * Math.sin(2 * Math.PI * share), side))
}
await sharp(await Promise.all(turning.map(withPlainEdge)), { join: { animated: true } })
  .webp({ quality: 45, alphaQuality: 100, effort: 6, delay: Array(frames).fill(frameMilliseconds), loop: 0 })
  .toFile(join(here, 'astronaut-turning.webp'))
await sharp(turning[0]).webp({ quality: 80 }).toFile(join(here, 'astronaut-face.webp'))

await photo(side).webp({ quality: 80 }).toFile(join(here, 'astronaut-photo.webp'))

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
    { input: await draw(30, cardHead), left: card.width - cardHead, top: card.height - cardHead },
    { input: await sharp(icon, { density: 300 }).resize(64).png().toBuffer(), left: 80, top: 514 },
    { input: Buffer.from(name), left: 164, top: 512 },
  ])
  .jpeg({ quality: 84, mozjpeg: true })
  .toFile(join(here, '..', 'public', 'card.jpg'))

const tiles = await Promise.all(
  [
    ...['photo', 'sampled', 'texture'].map((name) => join(folder, `${name}.png`)),
    ...[0, 55].map((yaw) => draw(yaw, tile)),
  ].map(async (input) =>
    sharp(await input)
      .resize(tile)
      .flatten({ background: '#000' })
      .png()
      .toBuffer(),
  ),
)
await sharp(tiles, { join: { across: tiles.length } })
  .jpeg({ quality: 88, mozjpeg: true })
  .toFile(join(here, '..', '..', '..', '.github', 'sample.jpg'))

/**
 * A picture whose outline has two levels between nothing and all, not the dozens that smoothing leaves, and no traces beside
 * it: the eye sees no difference in what moves, and the animation is nearly a third lighter.
 */
async function withPlainEdge(picture: Buffer): Promise<Buffer> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true })
  const margin = 0.15
  const levels = 3
  for (let i = 3; i < data.length; i += 4) {
    const share = Math.min(1, Math.max(0, (data[i] / 255 - margin) / (1 - 2 * margin)))
    data[i] = Math.round((255 * Math.round(share * levels)) / levels)
  }
  return sharp(data, { raw: info }).png().toBuffer()
}

/** The photo's face. */
function photo(side: number) {
  return sharp(join(here, 'astronaut.png'))
    .extract({ left: 92, top: 0, width: 280, height: 280 })
    .resize(side)
}
