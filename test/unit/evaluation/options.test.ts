import { join, resolve } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { UsageError } from '../../../client/cli/command-error.ts'
import { methods } from '../../evaluation/methods.ts'
import { type Options, parseOptions, usage } from '../../evaluation/options.ts'

const needed = ['--protocol', 'yaw', '--photos', 'photos', '--out', 'out']
const parse = (...argv: string[]) => parseOptions([...needed, ...argv]) as Options
const names = (options: Options) => options.methods.map(({ name }) => name)

afterEach(() => vi.unstubAllEnvs())

describe('parseOptions', () => {
  it('fills in the defaults', () => {
    vi.stubEnv('INIT_CWD', undefined)
    const options = parse()
    expect(options).toEqual({
      protocols: ['yaw'],
      stages: [],
      photos: resolve('photos'),
      gt: undefined,
      content: undefined,
      external: [],
      lpips: undefined,
      methods: options.methods,
      size: 256,
      angles: [20, -20, 35, -35, 50, -50],
      meshErrors: [0.01, 0.02],
      limit: 100_000,
      generator: true,
      out: resolve('out'),
      json: false,
    })
    expect(names(options)).toEqual([
      ...['initial', 'poisson-mirror', 'membrane', 'membrane-none', 'blend', 'relit', 'draft'],
    ])
  })

  it('reads every option', () => {
    vi.stubEnv('INIT_CWD', '/home/someone')
    const words =
      '--gt truth --content starts --external OSTeC=results/ostec --external B=/b --lpips lpips.onnx --size 128 --limit 3 --no-generator --json'
    expect(parse(...words.split(' '))).toMatchObject({
      gt: '/home/someone/truth',
      content: '/home/someone/starts',
      external: [
        { name: 'OSTeC', dir: '/home/someone/results/ostec' },
        { name: 'B', dir: '/b' },
      ],
      lpips: '/home/someone/lpips.onnx',
      size: 128,
      limit: 3,
      generator: false,
      json: true,
    })
  })

  it('counts relative paths from where npm was called', () => {
    vi.stubEnv('INIT_CWD', '/home/someone')
    expect(parse('--gt', '../truth')).toMatchObject({
      photos: '/home/someone/photos',
      out: '/home/someone/out',
      gt: '/home/truth',
    })
    vi.stubEnv('INIT_CWD', undefined)
    expect(parse().out).toBe(join(process.cwd(), 'out'))
  })

  it.each([
    [
      ['--angles', '-35,35'],
      [-35, 35],
    ],
    [['--angles=-35,35'], [-35, 35]],
    [['--angles', '-7.5'], [-7.5]],
    [
      ['--angles', '35, -20,35'],
      [35, -20],
    ],
  ])('reads angles of either sign: %j', (argv, angles) => {
    expect(parse(...argv).angles).toEqual(angles)
  })

  it('takes errors of the mesh as percent, and none', () => {
    expect(parse('--mesh-errors', '0.5,2').meshErrors).toEqual([0.005, 0.02])
    expect(parse('--mesh-errors', '').meshErrors).toEqual([])
  })

  it('takes several protocols, each once', () => {
    const argv = ['--protocol', 'scan,yaw,scan', '--photos', 'p', '--gt', 'g', '--out', 'o']
    expect(parseOptions(argv)).toMatchObject({ protocols: ['scan', 'yaw'] })
  })

  it('takes the protocol of heads apart from the others, all its quick stages or some', () => {
    const argv = ['--protocol', 'head,yaw', '--photos', 'p', '--out', 'o']
    expect(parseOptions(argv)).toMatchObject({
      protocols: ['yaw'],
      stages: ['made', 'portraits', 'variants'],
    })
    expect(parseOptions([...argv, '--stages', 'variants'])).toMatchObject({ stages: ['variants'] })
    expect(parseOptions([...argv, '--stages', 'optimised'])).toMatchObject({ stages: ['optimised'] })
  })

  it('needs no photos for heads of known shape', () => {
    const argv = ['--protocol', 'head', '--stages', 'made', '--out', 'o']
    expect(parseOptions(argv)).toMatchObject({ protocols: [], stages: ['made'], photos: undefined })
  })

  it('needs no photos for a scan', () => {
    const options = parseOptions(['--protocol', 'scan', '--gt', 'g', '--out', 'o']) as Options
    expect(options.photos).toBeUndefined()
  })

  it('adds presets to the usual methods, or runs the methods that are named', () => {
    expect(names(parse('--preset', 'draft,standard'))).toEqual([...names(parse()), 'standard'])
    expect(names(parse('--preset', 'paper'))).toContain('paper')
    expect(names(parse('--preset', 'paper'))).not.toContain('draft')
    expect(names(parse('--methods', 'strotss,initial,strotss'))).toEqual(['strotss', 'initial'])
    expect(names(parse('--methods', 'draft: no style'))).toEqual(['draft: no style'])
  })

  it('runs every ablation of draft, none of them twice', () => {
    const found = names(parse('--methods', 'draft,ablations,draft: no style'))
    expect(found[0]).toBe('draft')
    expect(found.slice(1).every((name) => name.startsWith('draft: '))).toBe(true)
    expect(new Set(found).size).toBe(found.length)
    for (const part of ['no content', 'no style mask', 'no warm start', 'coarse only', '2 rounds'])
      expect(found).toContain(`draft: ${part}`)
  })

  it('helps before anything is missing, with every option and method', () => {
    expect(parseOptions(['--help'])).toBe('help')
    expect(parseOptions(['-h'])).toBe('help')
    const options =
      'protocol photos gt content external lpips preset methods size angles mesh-errors no-generator stages limit out json'
    for (const name of options.split(' ')) expect(usage).toContain(`--${name}`)
    for (const { name, about } of methods) expect(usage).toContain(`${name.padEnd(28)}${about}`)
    expect(new Set(methods.map(({ name }) => name)).size).toBe(methods.length)
  })

  it.each([
    [['--photos', 'p', '--out', 'o'], '--protocol is missing: choose yaw, occlusion, scan, folder,'],
    [['--protocol', ',', '--photos', 'p', '--out', 'o'], '--protocol is missing'],
    [[...needed, '--protocol', 'yaws'], '--protocol is "yaws"; choose yaw, occlusion, scan,'],
    [['--protocol', 'yaw', '--photos', 'p'], '--out is missing: name the folder that the report goes to.'],
    [['--protocol', 'yaw', '--out', 'o'], '--photos is missing: name the folder with the photos'],
    [['--protocol', 'head', '--out', 'o'], '--photos is missing: name the folder with the photos'],
    [[...needed, '--stages', 'faces'], '--stages is "faces"; choose made, portraits, variants, optimised.'],
    [['--protocol', 'scan,yaw', '--gt', 'g', '--out', 'o'], '--photos is missing'],
    [['--protocol', 'scan', '--out', 'o'], '--gt is missing: the protocol "scan" needs a folder'],
    [[...needed, '--preset', 'best'], '--preset is "best"; choose draft, standard, paper.'],
    [[...needed, '--methods', 'initial,magic'], '--methods is "magic"; choose initial, poisson-mirror,'],
    [[...needed, '--methods', ''], '--methods is empty; choose initial,'],
    [[...needed, '--external', 'folder'], '--external is "folder": give a name and a folder, as in OSTeC='],
    [[...needed, '--external', '=folder'], '--external is "=folder": give a name and a folder'],
    [[...needed, '--external', 'name='], '--external is "name=": give a name and a folder'],
    [[...needed, '--size', '100'], '--size is "100"; choose 64, 128, 256, 512, 1024.'],
    [[...needed, '--angles', '35,90'], '--angles is "90"; give a number from -80 to 80.'],
    [[...needed, '--angles', '3e1'], '--angles is "3e1"; give a number from -80 to 80.'],
    [[...needed, '--mesh-errors', '1,21'], '--mesh-errors is "21"; give a number from 0 to 20.'],
    [[...needed, '--limit', '0'], '--limit is "0"; give a number from 1 to 100000.'],
    [[...needed, '--limit', 'all'], '--limit is "all"; give a number'],
    [[...needed, '--out', '--json'], '--out needs a value. --help lists the options.'],
    [[...needed, '--out'], '--out needs a value. --help lists the options.'],
    [[...needed, '--json=1'], "Option '--json' does not take an argument. --help lists the options."],
    [[...needed, '--colour'], "Unknown option '--colour'. --help lists the options."],
    [[...needed, 'face.jpg'], "Unexpected argument 'face.jpg'. --help lists the options."],
  ])('refuses %j in a sentence', (argv, sentence) => {
    expect(() => parseOptions(argv)).toThrow(UsageError)
    expect(() => parseOptions(argv)).toThrow(sentence)
    expect(() => parseOptions(argv)).toThrow(/^[^\n]+\.$/)
  })
})
