import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'

/** A temporary folder with these files: images of one grey pixel, or the given text. */
export async function tree(files: (string | [path: string, text: string])[]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'evaluation-data-'))
  const pixel = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#808080' } })
    .png()
    .toBuffer()
  for (const file of files) {
    const [path, content] = typeof file === 'string' ? [file, pixel] : file
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), content)
  }
  return dir
}
