import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gap, labelHeight } from '../../../evaluation/report/sheets.ts'
import { keepSheet, writeReport } from '../../../evaluation/report/write.ts'
import type { KeptSheet, Report, Sheet } from '../../../evaluation/types.ts'
import { picture, report, row, sheet } from './synthetic.ts'

const folder = mkdtempSync(join(tmpdir(), 'report-'))
afterAll(() => rmSync(folder, { recursive: true }))

const hostile = '<script>alert("x")</script> & co'
const whole: Report = report({
  command: 'npm run evaluate -- --photos "<faces>"',
  rows: [
    row({ method: 'poisson-mirror', photo: 'a', subject: 'a', psnr: 20, lpips: 0.1 }),
    row({ method: 'poisson-mirror', photo: hostile, subject: 'b', psnr: 24, lpips: 0.2 }),
    row({ method: 'draft', photo: 'a', subject: 'a', psnr: 23, lpips: 0.15 }),
    row({ method: 'draft', photo: hostile, subject: 'b', psnr: 25, lpips: Number.NaN }),
    row({ method: 'draft: no moments', photo: 'a', subject: 'a', psnr: 21.5 }),
    row({ method: hostile, start: 'none', photo: 'a', subject: 'a', psnr: Number.POSITIVE_INFINITY }),
    row({ method: 'draft', mesh: 'own', photo: 'a', subject: 'a', psnr: 21.75 }),
    row({ protocol: 'folder', mesh: 'own', region: 'whole', texels: 0, psnr: null, seam: 1.25 }),
  ],
  photos: [{ protocol: 'yaw', done: 3, of: 3 }],
  failures: [{ photo: hostile, view: 'yaw 20', message: 'No face was found.' }],
})
const sheets: Sheet[] = [
  sheet({
    rows: [
      { method: 'draft', start: 'ours', pictures: [picture('input', 40, 30), picture(hostile, 64, 64)] },
      { method: hostile, start: 'none', pictures: [picture('input', 50, 20), picture('texture', 64, 48)] },
    ],
  }),
  sheet({ view: 'yaw -35', rows: [] }),
  sheet({ view: 'yaw -35', rows: [] }),
]

const read = (name: string, file: string) => readFileSync(join(folder, name, 'report', file), 'utf8')

describe('writeReport', () => {
  let page = ''
  beforeAll(async () => {
    const kept: KeptSheet[] = []
    for (const one of sheets) kept.push(await keepSheet(one, kept, join(folder, 'whole')))
    await writeReport({ ...whole, sheets: kept }, join(folder, 'whole'))
    page = read('whole', 'index.html')
  })

  it('begins with the command and the date, then the failures, then the tables', () => {
    const order = [
      'npm run evaluate -- --photos &quot;&lt;faces&gt;&quot;',
      'datetime="2026-01-02T03:04:05.000Z"',
      'No face was found.',
      'No case is worse than its baseline by PSNR',
      'Worst cases by LPIPS',
      'Means over',
      'Differences from poisson-mirror',
      'Contact sheets</h2>',
    ].map((text) => page.indexOf(text))
    expect(order).not.toContain(-1)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  it('shows names as text, in tables and in plots', () => {
    expect(page).not.toContain('<script')
    expect(page).toContain('&lt;script&gt;')
  })

  it('asks for nothing from anywhere', () => {
    const addresses = page
      .replaceAll(/xmlns(:\w+)?="[^"]*"/g, '')
      .match(/(https?:)?\/\/[a-z0-9][\w.-]*\.[a-z]{2,}/gi)
    expect(addresses).toBeNull()
    const sources = [...page.matchAll(/(?:src|href)="([^"]{1,40})/g)].map(([, address]) => address)
    expect(sources.length).toBeGreaterThan(4)
    expect(sources.filter((address) => !/^(#|data:)/.test(address))).toEqual([])
  })

  it('gives means, differences and ablations as worked out by hand', () => {
    const draft = lineOf(page, 'Means over', 'draft')
    expect(draft).toContain('24.00 23.00…25.00')
    expect(lineOf(page, 'Means over', 'poisson-mirror')).toContain('22.00 20.00…24.00')
    expect(lineOf(page, 'Differences from poisson-mirror', 'draft')).toContain(
      '+2.00 +1.00…+3.00 2 / 2 +1.00',
    )
    expect(lineOf(page, 'Ablation of draft', 'no moments')).toContain('−1.50')
    expect(lineOf(page, 'Other meshes against the true one', 'draft')).toContain('−1.25')
    expect(lineOf(page, 'Measures that need no truth', 'initial')).toContain('1.25')
  })

  it('writes every row as plain JSON', () => {
    const summary = JSON.parse(read('whole', 'summary.json'))
    expect(Object.keys(summary)).toEqual([
      ...['command', 'date', 'size', 'photos', 'rows', 'means', 'failures'],
    ])
    expect(summary.photos).toEqual(whole.photos)
    expect(summary.rows).toHaveLength(whole.rows.length)
    expect(summary.rows[0]).toEqual(whole.rows[0])
    expect(summary.rows[3].lpips).toBeNull()
    expect(summary.rows[5].psnr).toBe(99)
    expect(summary.means).toHaveLength(6)
    expect(summary.failures).toEqual(whole.failures)
  })

  it('writes a short version in Markdown', () => {
    const short = read('whole', 'summary.md')
    expect(short).toContain('| draft | true | ours | invisible | **24.00** |')
    expect(short).not.toContain('<script')
    expect(short).not.toContain('no moments')
  })

  it('embeds each picture and draws each sheet at full size', async () => {
    expect(page.match(/src="data:image\/webp;base64,/g)).toHaveLength(4)
    expect(page).toContain('width="64" height="48"')
    expect(readdirSync(join(folder, 'whole', 'report', 'sheets')).sort()).toEqual([
      'yaw-a-yaw-35.webp',
      'yaw-a-yaw-minus-35-2.webp',
      'yaw-a-yaw-minus-35.webp',
    ])
    const path = join(folder, 'whole', 'report', 'sheets', 'yaw-a-yaw-35.webp')
    const { width, height, format } = await sharp(path).metadata()
    expect({ width, height, format }).toEqual({
      width: 50 + gap + 64,
      height: labelHeight + 64 + gap + labelHeight + 48,
      format: 'webp',
    })
    // The second picture of the first row lies where it should: the colour away from its diagonal.
    const { data } = await sharp(path)
      .extract({ left: 50 + gap + 48, top: labelHeight + 8, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect([...data].map((value) => Math.round(value / 25.5))).toEqual([8, 5, 4])
  })

  it('says how many photos an unfinished run covers, and replaces that when it is done', async () => {
    const out = join(folder, 'unfinished')
    const photos = [
      { protocol: 'yaw' as const, done: 2, of: 2 },
      { protocol: 'occlusion' as const, done: 1, of: 2 },
      { protocol: 'scan' as const, done: 0, of: 1 },
    ]
    const sentence = 'This run is unfinished: occlusion has 1 of 2 photos, scan has 0 of 1 photos.'
    await writeReport({ ...whole, photos }, out)
    expect(read('unfinished', 'index.html')).toContain(`<p class="failed">${sentence}</p>`)
    expect(read('unfinished', 'summary.md')).toContain(`**${sentence}**`)
    expect(JSON.parse(read('unfinished', 'summary.json')).photos).toEqual(photos)
    await writeReport(
      { ...whole, photos: photos.map(({ protocol, of }) => ({ protocol, done: of, of })) },
      out,
    )
    for (const file of ['index.html', 'summary.md'])
      expect(read('unfinished', file)).not.toContain('unfinished')
    expect(readdirSync(join(out, 'report')).sort()).toEqual(['index.html', 'summary.json', 'summary.md'])
  })

  it('says so where every case failed', async () => {
    await writeReport(report({ failures: whole.failures }), join(folder, 'failed'))
    const failed = read('failed', 'index.html')
    expect(failed).toContain('Every case failed')
    expect(failed).toContain('No face was found.')
    expect(failed).not.toContain('<table')
    expect(JSON.parse(read('failed', 'summary.json'))).toMatchObject({ rows: [], means: [] })
    expect(read('failed', 'summary.md')).toContain('No case gave a result.')
  })
})

/** The text of the row that `name` heads, in the first table after `caption`. */
function lineOf(page: string, caption: string, name: string): string {
  const table = page.slice(page.indexOf(caption)).split('</table>')[0]
  const line = table.split('<tr').find((part) => part.includes(`scope="row">${name}</th>`))
  return (line ?? '')
    .replace(/^[^>]*>/, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('\u200a', '')
    .replaceAll(/\s+/g, ' ')
}
