import { sliders } from '../../../worker/texts/sliders.ts'
import type { Language } from '../texts/index.ts'
import type { SliderTexts } from '../viewer/expression-sliders.ts'

export interface PuppetTexts {
  heading: string
  lead: string
  privacy: string
  starting: string
  sees: {
    nobody: string
    neutral: string
    face: string
  }
  picture: string
  strongest: string
  relearn: string
  stop: string
  start: string
  /** Why there is no camera. */
  denied: string
  none: string
  failed: string
  /** The networks could not be had. */
  unfetched: string
  record: string
  /** @param seconds left of the recording */
  recording: (seconds: number) => string
  film: (type: 'MP4' | 'WebM') => string
  head: string
  headWhy: string
  notMade: string
  sliders: SliderTexts
  back: string
}

const en: PuppetTexts = {
  heading: 'Move it with your face',
  lead: 'The head does what you do, as in a mirror.',
  privacy: 'The camera’s pictures stay on this page and are not kept.',
  starting: 'Starting the camera',
  sees: {
    nobody: 'Nobody is seen: sit before the camera, with light from the front.',
    neutral: 'Look straight ahead, relaxed, for a second.',
    face: 'It follows your face.',
  },
  picture: 'Your picture, mirrored',
  strongest: 'What is seen',
  relearn: 'That is my resting face',
  stop: 'Stop the camera',
  start: 'Start the camera',
  denied: 'The browser may not use the camera: allow it in the address bar, or use the sliders.',
  none: 'No camera was found: use the sliders.',
  failed: 'The camera could not be used, perhaps another program has it: try again, or use the sliders.',
  unfetched: 'What recognises faces could not be loaded: check the connection and try again.',
  record: 'Record',
  recording: (seconds) => `Stop recording (${seconds} s left)`,
  film: (type) => `Film (${type})`,
  head: '3D head that does it (GLB)',
  headWhy: 'With this movement in it, for any 3D program',
  notMade: 'The file could not be made here.',
  sliders: sliders.en,
  back: 'Back to the head',
}

const de: PuppetTexts = {
  heading: 'Mit dem eigenen Gesicht bewegen',
  lead: 'Der Kopf macht, was Sie machen, wie im Spiegel.',
  privacy: 'Die Bilder der Kamera bleiben auf dieser Seite und werden nicht aufgehoben.',
  starting: 'Die Kamera startet',
  sees: {
    nobody: 'Niemand ist zu sehen: Setzen Sie sich vor die Kamera, mit Licht von vorn.',
    neutral: 'Schauen Sie eine Sekunde lang entspannt geradeaus.',
    face: 'Er folgt Ihrem Gesicht.',
  },
  picture: 'Ihr Bild, gespiegelt',
  strongest: 'Was zu sehen ist',
  relearn: 'Das ist mein Ruhegesicht',
  stop: 'Kamera beenden',
  start: 'Kamera starten',
  denied: 'Der Browser darf die Kamera nicht benutzen: in der Adresszeile erlauben, oder die Regler nehmen.',
  none: 'Keine Kamera gefunden: Nehmen Sie die Regler.',
  failed:
    'Die Kamera ließ sich nicht benutzen, vielleicht hat sie ein anderes Programm: noch einmal versuchen, oder die Regler nehmen.',
  unfetched: 'Was Gesichter erkennt, ließ sich nicht laden: Verbindung prüfen und noch einmal versuchen.',
  record: 'Aufnehmen',
  recording: (seconds) => `Aufnahme beenden (noch ${seconds} s)`,
  film: (type) => `Film (${type})`,
  head: '3D-Kopf, der das macht (GLB)',
  headWhy: 'Mit dieser Bewegung darin, für jedes 3D-Programm',
  notMade: 'Die Datei ließ sich hier nicht herstellen.',
  sliders: sliders.de,
  back: 'Zurück zum Kopf',
}

export const puppetTexts: Record<Language, PuppetTexts> = { en, de }
