// node client/app/sample/make.ts FOLDER: the pictures of the first screen, out of what `npm run refine -- astronaut.png
// --out FOLDER` wrote: the photo's face (astronaut-photo.webp), and the 3D face turning to and fro
// (astronaut-turning.webp) and still (astronaut-face.webp).
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { renderTexture, turnedCamera } from '../../capture/render.ts'
import { decodeTexture } from '../../cli/decode.ts'
import { readMesh } from '../../cli/mesh-file.ts'
import { toBytes } from '../../result/png.ts'

const side = 256
/** Each picture is drawn this much larger and made smaller, which smooths its edges. */
const oversampling = 2
const frames = 30
const frameMilliseconds = 110
/** Degrees to either side. */
const widest = 55

const folder = process.argv[2]
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

await sharp(join(here, 'astronaut.png'))
  .extract({ left: 92, top: 0, width: 280, height: 280 })
  .resize(side)
  .webp({ quality: 80 })
  .toFile(join(here, 'astronaut-photo.webp'))

async function draw(yaw: number): Promise<Buffer> {
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
