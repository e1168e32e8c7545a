import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../client/cli/command-error.ts'
import { parseOptions } from '../../../client/cli/options.ts'

const parse = (...argv: string[]) => parseOptions(argv)

describe('parseOptions', () => {
  it('fills in the defaults', () => {
    expect(parse('face.jpg', '--out', 'out')).toMatchObject({
      photo: resolve('face.jpg'),
      out: resolve('out'),
      preset: 'standard',
      size: 512,
      initial: 'hidden-side',
      seed: 0,
      full: false,
      cover: 'auto',
      hair: 'auto',
      expression: 'photo',
      bust: true,
      format: 'glb',
      texture: 'png',
      textureSize: undefined,
      json: false,
    })
  })

  it('takes the size from the preset unless told otherwise', () => {
    expect(parse('a.jpg', '--out', 'o', '--preset', 'draft')).toMatchObject({ size: 256 })
    expect(parse('a.jpg', '--out', 'o', '--preset=draft', '--size=1024')).toMatchObject({ size: 1024 })
  })

  it('reads every option', () => {
    const words =
      '--mesh m.glb --camera c.json --content t.png --mask k.png --initial mirror --full --seed 7 --texture webp --texture-size 1024 --json'
    expect(parse('a.jpg', '--out', 'o', '--backbone', 'vgg16', ...words.split(' '))).toMatchObject({
      backbone: 'vgg16',
      mesh: resolve('m.glb'),
      camera: resolve('c.json'),
      content: resolve('t.png'),
      mask: resolve('k.png'),
      initial: 'mirror',
      full: true,
      seed: 7,
      texture: 'webp',
      textureSize: 1024,
      json: true,
    })
  })

  it('reads what is to be made', () => {
    const words = ['--cover', 'head', '--hair', 'long01', '--expression', 'neutral', '--no-bust']
    expect(parse('a.jpg', '--out', 'o', ...words)).toMatchObject({
      ...{ cover: 'head', hair: 'long01', expression: 'neutral', bust: false },
    })
  })

  it('reads what it is written as', () => {
    expect(parse('a.jpg', '--out', 'o', '--format', 'usdz')).toMatchObject({ format: 'usdz' })
    expect(parse('a.jpg', '--out', 'o', '--format', 'obj', '--texture', 'png')).toMatchObject({
      format: 'obj',
    })
  })

  it('reads settings of the preset', () => {
    expect(parse('a.jpg', '--out', 'o', '--preset', 'paper', '--official')).toMatchObject({
      official: true,
      settings: {},
    })
    const words = ['--set', 'remd=two-sided', '--set=rounds=1', '--full-mask', 'f.png']
    expect(parse('a.jpg', '--out', 'o', ...words)).toMatchObject({
      official: false,
      settings: { remd: 'two-sided', rounds: '1' },
      fullMask: resolve('f.png'),
    })
  })

  it('knows --help and -h before anything is missing', () => {
    expect(parse('--help')).toBe('help')
    expect(parse('-h')).toBe('help')
  })

  it.each([
    [
      ['a.jpg', '--out', 'o', '--colour'],
      /^Unknown option --colour; the options are --out, --preset, .*--help\.$/,
    ],
    [['a.jpg', '--out', 'o', '-x'], /^Unknown option -x/],
    [
      ['a.jpg', '--out', 'o', '--preset', 'best'],
      'Unknown preset "best"; choose standard, instant, draft, paper.',
    ],
    [['a.jpg', '--out', 'o', '--size', '300'], 'Unknown size "300"; choose 256, 512, 1024.'],
    [['a.jpg', '--out', 'o', '--texture', 'jpg'], 'Unknown texture "jpg"; choose png, webp, ktx2.'],
    [['a.jpg', '--out', 'o', '--format', 'fbx'], 'Unknown format "fbx"; choose glb, usdz, obj.'],
    [
      ['a.jpg', '--out', 'o', '--format', 'usdz', '--texture', 'webp'],
      '--format usdz takes PNG textures alone: leave out --texture webp.',
    ],
    [['a.jpg', '--out', 'o', '--texture-size', '300'], 'Unknown texture-size "300"; choose 512, 1024, 2048.'],
    [['a.jpg', '--out', 'o', '--initial', 'magic'], 'Unknown initial "magic"; choose hidden-side, mirror.'],
    [['a.jpg', '--out', 'o', '--cover', 'all'], 'Unknown cover "all"; choose auto, head, face.'],
    [
      ['a.jpg', '--out', 'o', '--hair', 'wig'],
      'Unknown hair "wig"; choose auto, photo, none, afro01, bob01, bob02, braid01, long01,',
    ],
    [['a.jpg', '--out', 'o', '--expression', 'sad'], 'Unknown expression "sad"; choose photo, neutral.'],
    [
      ['a.jpg', '--out', 'o', '--cover', 'face', '--expression', 'neutral'],
      '--expression is for the head, which --cover face leaves out',
    ],
    [
      ['a.jpg', '--out', 'o', '--cover', 'face', '--no-bust'],
      '--no-bust is for the head, which --cover face leaves out',
    ],
    [
      ['a.jpg', '--out', 'o', '--cover', 'face', '--hair', 'none'],
      '--hair is for the head, which --cover face leaves out',
    ],
    [
      ['a.jpg', '--out', 'o', '--mesh', 'm.obj', '--camera', 'c', '--cover', 'head'],
      'A mesh of your own gets no head: leave out --cover head, --hair, --expression and --no-bust, or --mesh.',
    ],
    [['a.jpg', '--out', 'o', '--set', 'remd'], '--set "remd" is no setting: write it as --set name=value.'],
    [
      ['a.jpg', '--out', 'o', '--set', 'remd=3'],
      'The setting remd is "3"; it can be one-sided or two-sided.',
    ],
    [['a.jpg', '--out'], '--out needs a value.'],
    [['a.jpg', '--out', '--json'], '--out needs a value.'],
    [['a.jpg', '--out', 'o', '--json=1'], '--json takes no value.'],
    [['a.jpg'], /^--out is missing/],
    [['--out', 'o'], /^None was given: name one photo/],
    [['a.jpg', 'b.jpg', '--out', 'o'], /^2 were given \(a\.jpg, b\.jpg\)/],
    [['a.jpg', '--out', 'o', '--seed', '-1'], '--seed "-1" is no whole number from 0 to 4294967295.'],
    [['a.jpg', '--out', 'o', '--seed', '1e3'], /is no whole number/],
    [['a.jpg', '--out', 'o', '--face', '0'], '--face "0" is no whole number from 1 to 1000.'],
    [['a.jpg', '--out', 'o', '--mesh', 'm.obj'], /^--mesh and --camera belong together/],
    [['a.jpg', '--out', 'o', '--mesh', 'm.obj', '--camera', 'c', '--face', '1'], /nothing is captured/],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(...(argv as string[]))).toThrow(UsageError)
    expect(() => parse(...(argv as string[]))).toThrow(message)
  })
})
