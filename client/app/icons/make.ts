import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { commandLine } from '../../../worker/dev/command-line.ts'

commandLine(`node client/app/icons/make.ts

The icons that devices and older browsers want, out of client/app/icon.svg, into client/app/public, whose files are served
under their own names.`)

const app = join(import.meta.dirname, '..')
const svg = await readFile(join(app, 'icon.svg'), 'utf8')
/** Without round corners: the device cuts its own shape. The face keeps to the middle four fifths that none cuts off. */
const [blue, face] = [/<rect[^>]*fill="(#\w+)"/.exec(svg)![1], svg.replace(/<rect[^>]*\/>/, '')]

const draw = (side: number) =>
  sharp(Buffer.from(svg), { density: 72 * (side / 32) })
    .resize(side)
    .png({ palette: true })

async function drawFull(side: number) {
  const input = await sharp(Buffer.from(face), { density: 72 * (side / 32) })
    .resize(side)
    .png()
    .toBuffer()
  return sharp({ create: { width: side, height: side, channels: 3, background: blue } })
    .composite([{ input }])
    .png({ palette: true })
}

const place = (name: string) => join(app, 'public', name)
for (const side of [192, 512]) await draw(side).toFile(place(`icon-${side}.png`))
await (await drawFull(512)).toFile(place('icon-maskable-512.png'))
await (await drawFull(180)).toFile(place('apple-touch-icon.png'))
await writeFile(place('favicon.ico'), ico(await draw(32).toBuffer(), 32))

/** An ICO file that holds one PNG. */
function ico(png: Buffer, side: number): Buffer {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2) // an icon
  head.writeUInt16LE(1, 4) // of one picture
  head.set([side, side], 6)
  head.writeUInt16LE(1, 10) // plane
  head.writeUInt16LE(32, 12) // bits a pixel
  head.writeUInt32LE(png.length, 14)
  head.writeUInt32LE(head.length, 18)
  return Buffer.concat([head, png])
}
