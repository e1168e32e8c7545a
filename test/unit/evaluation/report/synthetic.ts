/** Rows and pictures whose means can be worked out by hand. */

import type { Picture, Report, Row, Sheet } from '../../../evaluation/types.ts'

const blank: Row = {
  protocol: 'yaw',
  photo: 'a',
  subject: 'a',
  view: 'yaw 35',
  yaw: 35,
  mesh: 'true',
  start: 'ours',
  method: 'initial',
  region: 'invisible',
  texels: 1000,
  psnr: 20,
  ssim: 0.9,
  lpips: 0.1,
  identity: 0.9,
  identityTurned: null,
  sharpness: null,
  seam: null,
  asymmetry: null,
  seconds: 1,
  gflop: 0,
}

export function row(given: Partial<Row>): Row {
  return { ...blank, ...given }
}

export function report(given: Partial<Report>): Report {
  return {
    command: 'npm run evaluate -- --protocol yaw',
    date: '2026-01-02T03:04:05.000Z',
    size: 256,
    photos: [],
    rows: [],
    sheets: [],
    failures: [],
    ...given,
  }
}

/** A picture of one colour with a darker diagonal. */
export function picture(label: string, width: number, height: number, colour = [0.8, 0.5, 0.4]): Picture {
  const rgb = new Float32Array(width * height * 3)
  for (let i = 0; i < width * height; i++) {
    const shade = Math.abs((i % width) - Math.floor(i / width)) < 3 ? 0.5 : 1
    rgb.set(
      colour.map((channel) => channel * shade),
      3 * i,
    )
  }
  return { label, width, height, rgb }
}

export function sheet(given: Partial<Sheet>): Sheet {
  return { photo: 'a', view: 'yaw 35', protocol: 'yaw', mesh: 'true', rows: [], ...given }
}
