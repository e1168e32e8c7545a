import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { celeba } from '../../../evaluation/data/celeba.ts'
import { ffhq } from '../../../evaluation/data/ffhq.ts'
import { samplesIn } from '../../../evaluation/data/folder.ts'
import { textureFor } from '../../../evaluation/data/ground-truth.ts'
import { multiPie, pairs } from '../../../evaluation/data/multi-pie.ts'
import { tree } from './tree.ts'

describe('samplesIn', () => {
  it('finds images in natural order, with unique names, without hidden files', async () => {
    const dir = await tree([
      '10.png',
      '2.JPG',
      'a/2.webp',
      '2.png',
      '.x.png',
      '.git/y.png',
      ['notes.txt', ''],
    ])
    const samples = await samplesIn(dir)
    expect(samples.map(({ name }) => name)).toEqual(['2', '2-png', '10', 'a-2'])
    expect(samples.every(({ name, subject }) => name === subject)).toBe(true)
    expect(samples[3].path).toBe(join(dir, 'a', '2.webp'))
  })
  it('says what is wrong', async () => {
    const dir = await tree([['notes.txt', '']])
    await expect(samplesIn(join(dir, 'absent'))).rejects.toThrow(/can't be read .* give a folder that exists/)
    await expect(samplesIn(join(dir, 'notes.txt'))).rejects.toThrow('is a file: give the folder')
    await expect(samplesIn(dir)).rejects.toThrow('(it holds notes.txt): give a folder of photos')
  })
})

describe('ffhq', () => {
  it('prefers full size, then a flat folder, then thumbnails', async () => {
    const [full, flat, small] = [
      'images1024x1024/01000/01002.png',
      '00003.png',
      'thumbnails128x128/00000/00004.png',
    ]
    const name = async (files: string[]) => (await ffhq(await tree(files))).map((sample) => sample.name)
    expect(await name([full, flat, small])).toEqual(['01002'])
    expect(await name([flat, small])).toEqual(['00003'])
    expect(await name([small])).toEqual(['00004'])
  })
  it('says where it is absent', async () => {
    await expect(ffhq(await tree(['cat.png']))).rejects.toThrow(/is not FFHQ: looked for .* found cat.png/)
  })
})

describe('celeba', () => {
  it('prefers larger pictures and knows who is who', async () => {
    const aligned: [string, string] = ['Anno/identity_CelebA.txt', '000001.jpg 2880\n000002.jpg 2937\n']
    const dir = await tree(['Img/img_align_celeba/000001.jpg', 'Img/img_align_celeba/000003.jpg', aligned])
    const samples = await celeba(dir)
    expect(samples.map(({ name, subject }) => [name, subject])).toEqual([
      ['000001', '2880'],
      ['000003', '000003'],
    ])
    const mapping: [string, string] = [
      'CelebA-HQ-to-CelebA-mapping.txt',
      'idx orig_idx orig_file\n0 1 000002.jpg\n',
    ]
    const high = await celeba(await tree(['CelebA-HQ-img/0.jpg', 'img_celeba/000001.jpg', aligned, mapping]))
    expect(high.map(({ name, subject }) => [name, subject])).toEqual([['0', '2937']])
    const wild = await celeba(await tree(['img_celeba/000007.jpg', 'img_align_celeba/000008.jpg']))
    expect(wild.map(({ name }) => name)).toEqual(['000007'])
  })
  it('says where it is absent', async () => {
    await expect(celeba(await tree(['cat.png']))).rejects.toThrow(
      /is neither CelebA nor CelebA-HQ: .* found cat.png/,
    )
  })
})

describe('multiPie', () => {
  const file = (camera: string, light: string) =>
    `session01/multiview/001/01/${camera.slice(0, 2)}_${camera[2]}/001_01_01_${camera}_${light}.png`
  it('groups what was seen at one moment and pairs cameras', async () => {
    const dir = await tree([
      file('051', '06'),
      file('041', '06'),
      file('140', '06'),
      file('051', '07'),
      file('081', '06'),
    ])
    const groups = await multiPie(dir)
    expect(groups.map(({ light, byCamera }) => [light, [...byCamera.keys()].sort()])).toEqual([
      ['06', ['041', '051', '140']],
      ['07', ['051']],
    ])
    const [pair, ...more] = pairs(groups)
    expect(more).toEqual([])
    expect(pair.from).toMatchObject({ name: '001_01_01_051_06', subject: '001' })
    expect(pair.to.map(({ camera, yaw }) => [camera, yaw])).toEqual([
      ['140', -15],
      ['041', 30],
    ])
    expect(() => pairs(groups, { from: '081' })).toThrow('has no camera 081 at head height')
    expect(() => pairs(groups, { light: '07' })).toThrow(
      'under light 07: the pictures are from 041, 051, 140',
    )
  })
  it('reads a flat folder and says where the set is absent', async () => {
    expect(await multiPie(await tree(['250_04_02_240_19.png', 'cat.png']))).toHaveLength(1)
    await expect(multiPie(await tree(['cat.png']))).rejects.toThrow(/is not Multi-PIE: .* found cat.png/)
  })
})

describe('textureFor', () => {
  const sample = { name: 'p-1', subject: 'p-1', path: 'p-1.jpg' }
  it('finds a texture by name at the wanted size', async () => {
    for (const path of ['p-1.png', 'p-1.webp', 'p-1/texture.png']) {
      const texture = await textureFor(await tree([path]), sample, 4)
      expect(texture).toHaveLength(4 * 4 * 3)
      expect(texture[0]).toBeCloseTo(128 / 255)
    }
  })
  it('names what it tried', async () => {
    await expect(textureFor(await tree(['q.png']), sample, 4)).rejects.toThrow(
      /no texture for p-1 \(tried p-1.png, .*p-1\/texture.png\)/,
    )
  })
})
