import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { psnr } from '../../../../client/image/measure.ts'
import { distFolder } from '../../../../models/paths.ts'
import { knownFace, photograph } from '../../../evaluation/known-face.ts'
import { samplesOf } from '../../../evaluation/samples.ts'
import { referenceOf, score } from '../../../evaluation/score.ts'
import type { Case } from '../../../evaluation/types.ts'
import { astronaut, casesOf, context, savePhoto, saveWall, sum, temporaryFolder } from './support.ts'

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))('Multi-PIE (needs npm run models)', () => {
  it('samples the frontal camera and compares at the others, one by one', async () => {
    const dir = temporaryFolder()
    const place = (camera: string, file: string) => {
      const path = join(dir, 'session01/multiview/001/01', camera, file)
      mkdirSync(dirname(path), { recursive: true })
      return path
    }
    copyFileSync(astronaut.path, place('05_1', '001_01_01_051_06.png'))
    // The same picture again, a turned one, and a camera in front of which there is nobody.
    copyFileSync(astronaut.path, place('05_0', '001_01_01_050_06.png'))
    const face = await knownFace(astronaut, context())
    await savePhoto(photograph(face, { yaw: -30 }, 1).photo, place('13_0', '001_01_01_130_06.png'))
    await saveWall(place('04_1', '001_01_01_041_06.png'))

    const { samples, casesOf: protocol } = await samplesOf('multi-pie', { photos: dir })
    expect(samples.map(({ name, subject }) => [name, subject])).toEqual([['001_01_01_051_06', '001']])
    const found = await casesOf(protocol, samples[0])
    expect(found.map(({ view }) => view)).toEqual([
      ...['compared at camera 130', 'compared at camera 050', 'compared at camera 041'],
    ])
    const [turned, same] = found as Case[]
    expect(found[2]).toMatchObject({
      sample: samples[0],
      message: expect.stringMatching(/^No face was found/),
    })

    for (const [solved, yaw] of [
      [turned, -30],
      [same, 15],
    ] as const)
      expect(solved).toMatchObject({ protocol: 'multi-pie', sample: samples[0], yaw, mesh: 'own' })

    // The same picture knows what it shows, and that exactly.
    expect(same.truth?.texture).toEqual(same.capture.content)
    expect(same.truth?.regions.whole).toEqual(same.truth?.regions.visible)
    expect(Object.keys(same.truth!.regions)).toEqual(['whole', 'visible'])

    // The other side of a turned head: some texels that the frontal picture lacks, most of one cheek unknown.
    const { texture, regions } = turned.truth!
    const size = turned.capture.size
    const [left, right] = [0, 1].map((half) =>
      sum(regions.whole!.map((value, i) => (Math.floor((2 * (i % size)) / size) === half ? value : 0))),
    )
    // Looking to the image's left it shows the texture's right half.
    expect(right).toBeGreaterThan(1.3 * left)
    expect(sum(regions.whole)).toBeGreaterThan(500)
    const captured = turned.capture.content
    expect(psnr(captured, texture, 3, regions.visible)).toBeGreaterThan(18)
    expect(psnr(captured, texture, 3, regions.visible)).toBeLessThan(40)
    const rows = await score(turned, await referenceOf(turned), captured, null)
    expect(rows[0]).toMatchObject({ region: 'whole', texels: sum(regions.whole) })
    const grey = await score(
      turned,
      await referenceOf(turned),
      captured.map(() => 0.5),
      null,
    )
    expect(rows[0].psnr).toBeGreaterThan(grey[0].psnr! + 3)
    expect(rows[0].ssim).toBeGreaterThan(grey[0].ssim! + 0.2)
  })
})
