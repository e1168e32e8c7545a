import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { distFolder } from '../../../../models/paths.ts'
import { photosOf } from '../../../evaluation/protocols/folder.ts'
import { referenceOf, score } from '../../../evaluation/score.ts'
import { type Case, textureRegions } from '../../../evaluation/types.ts'
import { astronaut, casesOf, saveWall, sum, temporaryFolder } from './support.ts'

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))(
  'photos as they are (needs npm run models)',
  () => {
    it('are measured without a truth', async () => {
      const cases = await casesOf(photosOf('ffhq'), astronaut)
      expect(cases).toHaveLength(1)
      const solved = cases[0] as Case
      expect(solved).toMatchObject({
        protocol: 'ffhq',
        view: 'as it is',
        yaw: null,
        mesh: 'own',
        truth: null,
      })
      const reference = await referenceOf(solved)
      const { content } = solved.capture
      const [own, ...more] = await score(solved, reference, content, null)
      expect(more).toEqual([])
      expect(own).toMatchObject({ region: 'whole', texels: 0, psnr: null, ssim: null, lpips: null })
      expect(own.identity).toBeGreaterThan(0.4)
      expect(own.identityTurned).toBeGreaterThan(0.2)
      // A grey face is nobody, has no detail and no sides.
      const [grey] = await score(
        solved,
        reference,
        content.map(() => 0.5),
        null,
      )
      expect(grey.identity).toBeLessThan(own.identity! - 0.2)
      expect(grey.identityTurned).toBeLessThan(own.identityTurned! - 0.2)
      expect(grey.asymmetry).toBe(0)
      expect(own.asymmetry).toBeGreaterThan(0.01)
      expect(own.sharpness).toBeGreaterThan(0)
      expect(own.seam).toBeGreaterThan(0)
    })

    it('are scored where --gt holds the complete texture', async () => {
      const given = new Float32Array(3 * 64 * 64).fill(0.5)
      const truthFor = async (sample: typeof astronaut) => {
        expect(sample).toBe(astronaut)
        return given
      }
      const [solved] = (await casesOf(photosOf('folder'), astronaut, { truthFor })) as Case[]
      const { capture, truth } = solved
      expect(truth?.texture).toBe(given)
      expect(truth?.regions.whole).toEqual(capture.coverage)
      expect(sum(truth?.regions.visible)).toBeGreaterThan(1000)
      expect(sum(truth?.regions.unseen)).toBeGreaterThan(100)
      const darker = given.map((value) => value - 0.1)
      const rows = await score(solved, await referenceOf(solved), darker, null)
      expect(rows.map(({ region }) => region)).toEqual([
        ...['whole', 'visible', 'invisible', 'unseen', 'frontal', 'turned'],
      ])
      for (const { psnr } of rows) expect(psnr).toBeCloseTo(20, 3)
      for (const [i, region] of textureRegions.entries())
        expect(rows[i].texels).toBe(sum(truth?.regions[region]))
      for (const { texels } of rows.slice(4)) {
        expect(texels).toBeGreaterThan(0.25 * 64 ** 2)
        expect(texels).toBeLessThan(0.7 * 64 ** 2)
      }
    })

    it('are refused without a face', async () => {
      const path = join(temporaryFolder(), 'wall.png')
      await saveWall(path)
      const wall = { name: 'wall', subject: 'wall', path }
      await expect(casesOf(photosOf('folder'), wall)).rejects.toThrow(/^No face was found in this photo/)
    })
  },
)
