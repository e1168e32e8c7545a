import { afterEach, describe, expect, test } from 'vitest'
import { sentence } from '../../../client/app/sentences.ts'
import { de } from '../../../client/app/texts/de.ts'
import { en } from '../../../client/app/texts/en.ts'
import { languageOf, texts, useLanguage } from '../../../client/app/texts/index.ts'
import { CaptureError } from '../../../client/capture/capture-error.ts'
import type { CaptureQuality } from '../../../client/face/types.ts'
import type { Progress } from '../../../client/refine/types.ts'
import { ModelError } from '../../../client/runtime/models.ts'
import { ShareError } from '../../../client/share/errors.ts'

const quality: CaptureQuality = {
  faceLogit: 12,
  interOcular: 80,
  yaw: -12,
  pitch: 2,
  roll: 0,
  own: 0.62,
  mirrored: 0.35,
  none: 0.03,
}

/** A sentence whose numbers hold on to their units: _ stands for the space between them. */
const bound = (text: string) => text.replaceAll('_', '\u00a0')

const progress: Progress = {
  round: 0,
  rounds: 2,
  scale: 128,
  scaleIndex: 0,
  scales: 2,
  step: 11,
  steps: 40,
  fraction: 0.15,
  losses: {},
  secondsElapsed: 5,
  secondsLeft: 23,
}

const told = { optimised: true, optimisedTexels: 2310, coveredTexels: 40_000 }

/** What the texts that are functions are called with, several times where they say several things. */
const samples: Record<string, unknown[][]> = {
  faceCount: [[0], [1], [4], [12]],
  gaze: [[quality], [{ yaw: 0, pitch: 0 }], [{ yaw: 60, pitch: 20 }], [{ yaw: -30, pitch: -20 }]],
  timeLeft: [[3], [50], [200]],
  runsOn: [
    [{ on: 'nothing' }],
    [{ on: 'webgpu', adapter: 'NVIDIA' }],
    [{ on: 'cpu', by: 'WebAssembly', threads: 2 }],
    ...[
      ...['not-asked', 'no-webgpu', 'no-adapter'].map((code) => ({ code })),
      { code: 'software', adapter: 'SwiftShader' },
      { code: 'small-buffers', adapter: 'Mali', bytes: 1000, needed: 2000 },
      { code: 'did-not-start', message: 'it computed [0]' },
    ].map((why) => [{ on: 'cpu', by: 'WebAssembly', threads: 2, why }]),
  ],
  'kept.lead': [
    ['photo.jpg', 0.5],
    ['photo.jpg', null],
  ],
  'shelf.lead': [
    [1, '3 MB'],
    [4, '12 MB'],
  ],
  ...Object.fromEntries(
    ['open', 'duplicateOf', 'copyOf', 'deleteOf', 'deleted'].map((key) => [`shelf.${key}`, [['Ann']]]),
  ),
  'shelf.withPhoto': [['1 Aug 2026']],
  'shelf.keepPhoto': [[30]],
  'found.words': [
    [1, quality],
    [3, quality],
  ],
  'found.evidence': [
    [quality, true],
    [{ ...quality, mirrored: 0, none: 0 }, false],
  ],
  'found.boardPhoto': [['photo.jpg']],
  'found.boardFace': [[1, 2]],
  'found.presetTime': [[3], [41], [200]],
  'notices.several': [[3, 'photo.jpg']],
  'work.downloading': [[3.1e6, 18.2e6]],
  'refining.line': [[progress], [{ ...progress, fraction: 0.01 }]],
  'refining.step': [[progress]],
  'refining.announced': [[progress]],
  'result.made': [
    [true, quality],
    [false, quality],
  ],
  'result.run': [[2]],
  'viewer.lightFrom': [[0], [-40], [40]],
  'head.automatic': [['Bob']],
  'details.doneValue': [[told], [{ ...told, optimised: false }]],
  'details.pass': [
    ['coarse', 128],
    ['middle', 256],
    ['fine', 512],
  ],
  'details.passTime': [[3, 1]],
  'details.last': [['REMD']],
  'details.eyesValue': [[60.2]],
  'details.turnedValue': [[4, -2]],
  'share.sending': [[0.4]],
  'share.qr': [['https://x.example']],
  'errors.unforeseen': [['out of paper']],
}

describe('English', () => {
  test.each([
    [{ yaw: 3, pitch: 0 }, 'looking straight ahead'],
    [{ yaw: -12, pitch: 0 }, 'looking slightly left'],
    [{ yaw: 30, pitch: 0 }, 'turned to the right'],
    [{ yaw: 60, pitch: 0 }, 'turned far to the right'],
    [{ yaw: 0, pitch: 20 }, 'looking up'],
    [{ yaw: 10, pitch: -20 }, 'looking slightly right and down'],
  ])('gaze of %o', (angles, words) => {
    expect(en.gaze(angles)).toBe(words)
  })

  test('what was found', () => {
    expect(en.found.words(1, quality)).toBe('One face, looking slightly left, 62% of the face visible.')
    expect(en.found.words(3, quality)).toBe(
      'Three faces. The outlined one is looking slightly left, 62% of the face visible.',
    )
  })

  test('where the rest comes from, leaving out what is nothing', () => {
    const { evidence } = en.found
    expect(evidence(quality, false)).toBe(
      '35% can be taken from the face’s other side; 3% is shown nowhere and will be made to match.',
    )
    expect(evidence({ ...quality, none: 0 }, false)).toBe('35% can be taken from the face’s other side.')
    expect(evidence({ ...quality, mirrored: 0, none: 0 }, true)).toBe(
      'Nothing is hidden. The face is small in this photo, so its skin will be soft.',
    )
  })

  test('progress: one line without jargon, and where exactly for who asks', () => {
    const line = 'Making what the photo does not show'
    expect(en.refining.line({ secondsLeft: 23, late: false })).toBe(`${line}, about 25 seconds left`)
    expect(en.refining.line({ secondsLeft: null, late: false })).toBe(line)
    expect(en.refining.line({ secondsLeft: 3, late: true })).toBe(`${line}; it takes longer than expected`)
    expect(en.refining.step(progress)).toBe(bound('Coarse pass at 128_px, step 12 of 40'))
    expect(en.refining.announced(progress)).toBe('Coarse pass, 0% done')
    expect(en.refining.announced({ ...progress, scaleIndex: 1, fraction: 0.8 })).toBe('Fine pass, 75% done')
  })

  test('how long it takes', () => {
    expect([2, 61, 200].map(en.timeLeft)).toEqual([
      'a few seconds left',
      'about 65 seconds left',
      'about 4 minutes left',
    ])
    expect([3, 41, 200].map(en.found.presetTime)).toEqual([
      'a few seconds',
      'about 50 seconds here',
      'about 4 minutes here',
    ])
  })
})

describe('German', () => {
  test('what was found, and the numbers as they are written there', () => {
    expect(de.found.words(1, quality)).toBe(
      bound('Ein Gesicht, leicht nach links gewandt, 62_% des Gesichts sichtbar.'),
    )
    expect(de.found.words(2, quality)).toMatch(/^Zwei Gesichter\. Das umrandete: /)
    expect(de.work.downloading(3.1e6, 18.2e6)).toBe(
      bound('Wird geladen, 3,1_von_18,2_MB (nur dieses eine Mal)'),
    )
    expect(de.refining.line({ secondsLeft: 23, late: false })).toBe(
      'Was das Foto nicht zeigt, wird gemacht, noch etwa 25 Sekunden',
    )
  })

  test('no text was left in English', () => {
    const same: string[] = []
    const compare = (a: object, b: object, path: string) => {
      for (const [key, text] of Object.entries(a)) {
        const other = (b as Record<string, unknown>)[key]
        if (typeof text === 'object') compare(text, other as object, `${path}${key}.`)
        else if (typeof text === 'function') {
          for (const given of samples[path + key] ?? [[]]) {
            if (text(...given) === (other as typeof text)(...given)) same.push(`${path}${key}(${given})`)
          }
        } else if (text === other && text !== undefined) same.push(path + key)
      }
    }
    // How numbers are written is tested where they are (worker/texts), and sentences by code with the errors.
    compare({ ...en, figures: {}, errors: { ...en.errors, byCode: {} } }, de, '')
    expect(same).toEqual([
      ...['footer.api', 'presets.standard', 'presets.paper'],
      ...['head.hairs.afro01', 'head.hairs.bob02', 'share.link'],
    ])
  })
})

describe('the language of the page', () => {
  afterEach(() => useLanguage('en'))

  test.each([
    [['de-AT', 'en'], 'de'],
    [['fr', 'de'], 'de'],
    [['en-GB', 'de'], 'en'],
    [['fr-FR'], 'en'],
    [['constructor', 'de'], 'de'],
    [['__proto__'], 'en'],
    [[], 'en'],
  ])('of %o is %s', (wanted, language) => {
    expect(languageOf(wanted)).toBe(language)
  })

  test('reaches errors by their code; their own words stand in English', async () => {
    const error = new CaptureError('no-face', 'No face was found in this photo.')
    expect(sentence(error)).toBe('No face was found in this photo.')
    expect(await useLanguage('de-CH')).toBe('de')
    expect(texts()).toBe(de)
    expect(sentence(error)).toMatch(/^In diesem Foto wurde kein Gesicht gefunden/)
    for (const code of [
      'empty',
      'heic',
      'unread-format',
      'damaged',
      'unreadable',
      'not-an-image',
      'too-large',
    ] as const)
      expect(sentence(new CaptureError(code, 'In English.'))).toMatch(/^D(as|iese|ieses) .*: .*\.$/)
    const small = new CaptureError('too-small', 'The face found is 45 px wide', { width: 45, least: 64 })
    expect(sentence(small)).toBe(
      bound('Das Gesicht ist 45_px breit: Nimm ein Foto, in dem es mindestens 64_px breit ist.'),
    )
    const painted = { shown: 5, needed: 12, cause: 'painted', share: 80 }
    expect(sentence(new CaptureError('little-shown', '', painted))).toBe(
      bound(
        'Das Foto zeigt 5_% dieses Gesichts, nötig sind 12_%. 80_% davon sind übermalt: Nimm etwas davon zurück.',
      ),
    )
    const foreign = new ShareError(500, { code: 'constructor', message: 'Foreign.', hint: 'Wait.' })
    expect(sentence(foreign)).toMatch(/^Der Dienst konnte das nicht tun \(constructor, 500\)/)
    expect(sentence(new ModelError('network', '', { file: 'a', reason: 'toString' }))).toBe(
      'a ließ sich nicht laden. Versuche es noch einmal.',
    )
    expect(sentence(new Error('out of paper.'))).toMatch(
      /^Etwas Unvorhergesehenes ging schief \(out of paper\)/,
    )
  })
})
