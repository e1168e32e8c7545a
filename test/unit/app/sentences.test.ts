import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sentence } from '../../../client/app/sentences.ts'
import { useLanguage } from '../../../client/app/texts/index.ts'
import { CaptureError } from '../../../client/capture/capture-error.ts'
import { RefinementError } from '../../../client/refine/refinement-error.ts'
import { ModelError } from '../../../client/runtime/models.ts'
import { DeviceLostError } from '../../../client/runtime/runtime.ts'
import { ShareError } from '../../../client/share/errors.ts'
import { CheckError } from '../../../client/share/turnstile.ts'
import { root } from '../../../models/paths.ts'

beforeEach(async () => void (await useLanguage('de')))
afterEach(async () => void (await useLanguage('en')))

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('a German sentence names the facts that the English one names', () => {
  const file = 'vgg16/weights.safetensors'
  test.each([
    [
      new ModelError('altered', 'x', { file, bytes: 1_234_567 }),
      `Die Modelldatei ${file} wurde unterwegs verändert: Es kamen 1.234.567 Byte, die nicht zu ihrem sha256 passen. Prüfe, ob ein Proxy oder Filter dazwischen liegt, und lade die Seite neu.`,
    ],
    [
      new ModelError('network', 'x', { file, reason: 'status', status: 503 }),
      `${file} ließ sich nicht laden: Der Server antwortete mit 503. Versuche es noch einmal.`,
    ],
    [
      new ModelError('network', 'x', { file, reason: 'broken', arrived: 1000, bytes: 20_000 }),
      `${file} ließ sich nicht laden: Die Verbindung brach nach 1.000 von 20.000 Byte ab. Versuche es noch einmal.`,
    ],
    [
      new ModelError('missing', 'x', { file }),
      `Der Server hat ${file} nicht: Lade die Seite neu, um die jetzige Liste der Modelle zu bekommen.`,
    ],
    [
      new CaptureError('unread-format', 'x', { file: '“mum.jxl”', kind: 'JPEG XL' }),
      '„mum.jxl“ ist eine JPEG-XL-Datei, die dieser Browser nicht lesen kann: Speichere sie als JPEG oder PNG und wähle das.',
    ],
    [
      new CaptureError('too-large', 'x', {
        file: '“wall.png”',
        width: 9000,
        height: 7134,
        megapixels: '64.2',
        most: 64,
      }),
      '„wall.png“ hat 9000 x 7134 Pixel, 64,2 Megapixel, mehr als die 64, die angenommen werden: Wähle eine kleinere Kopie; ein Gesicht von 1.000 Pixeln Höhe genügt vollauf.',
    ],
    [
      new RefinementError('diverged', 'x', null, { step: 3, steps: 20, scale: 256 }),
      'Bei Schritt 3 von 20 (256 px) lief die Berechnung aus dem Ruder, darum gibt es keine verfeinerte Textur: Versuche einen anderen Startwert, eine kleinere Größe oder eine andere Einstellung.',
    ],
    [
      new RefinementError('no-backbone', 'x', null, {
        preset: 'draft',
        backbone: 'vgg16',
        known: 'inception-v3',
      }),
      'Die Einstellung „Entwurf“ braucht das Netz „vgg16“; hier gibt es inception-v3.',
    ],
    [
      new ShareError(429, { code: 'too-many-requests', message: 'x', hint: 'y' }, 75),
      'Zu viele Anfragen: Versuche es in 1 min 15 s noch einmal.',
    ],
    [
      new ShareError(422, { code: 'glb-texture', message: 'x', hint: 'y', part: 'face.glb' }),
      'Der Dienst hat face.glb nicht angenommen (glb-texture): Verfeinere noch einmal und teile das Ergebnis.',
    ],
  ])('%o', (error, german) => {
    expect(plain(sentence(error))).toBe(german)
  })
})

/** Codes in the calls of a class's constructor, wherever they are made. */
function codesOf(pattern: RegExp, folder: string): string[] {
  const files = globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root })
  const found = files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(pattern)])
  return [...new Set(found.map(([, code]) => code))]
}

describe('no code of an error is left in English', () => {
  const english = 'These are English words.'
  const cases: [string, string[], (code: string) => Error][] = [
    [
      'of the service',
      codesOf(
        /(?:ApiError\(\s*\d+,|refused\((?:\w+,)?|failed\(\w+,|wrongPart\(\w+,|unauthorised\(|code:)\s*'([\w-]+)'/g,
        'worker',
      ),
      (code) => new ShareError(400, { code, message: english, hint: english }),
    ],
    [
      'of model files',
      codesOf(/new ModelError\(\s*'([\w-]+)'/g, 'client'),
      (code) => new ModelError(code as 'missing', english),
    ],
    [
      'of a refinement',
      codesOf(/new RefinementError\(\s*'([\w-]+)'/g, 'client'),
      (code) => new RefinementError(code as 'diverged', english),
    ],
    [
      'of the check',
      codesOf(/new CheckError\(\s*'([\w-]+)'/g, 'client'),
      (code) => new CheckError(code as 'check-closed', english),
    ],
    ['of a lost device', ['device-lost'], () => new DeviceLostError(english)],
  ]

  test.each(cases)('%s', (_, codes, errorOf) => {
    expect(codes.length).toBeGreaterThan(0)
    for (const code of codes) {
      const said = sentence(errorOf(code))
      expect(said, code).not.toContain(english)
      expect(said, code).toMatch(/[.]$/)
    }
  })
})
