import type { Language, Texts } from '../texts/index.ts'

/** What the visitor of another site's page reads of who gets what they make, and instead of what is said on the service's own. */
const en = {
  told: (site: string) =>
    `This is part of a page of ${site}, which gets what you make here: the 3D face and head, their textures, and how they were made.`,
  asked: (site: string) =>
    `${site} would like to have what you make here: the 3D face and head, their textures, and how they were made.`,
  agreed: (site: string) =>
    `${site} gets what you make here: the 3D face and head, their textures, and how they were made.`,
  declined: (site: string) => `${site} does not get what you make here.`,
  photo: 'Your photo and the pictures of your webcam stay on this device.',
  agree: 'Hand it over',
  decline: 'Keep it here',
  privacy:
    'Your photo never leaves this device: everything is computed here, in your browser. Who gets what is made of it is said below.',
  shelf: (count: number, size: string) =>
    `${count === 1 ? 'One face' : `${count} faces`}, ${size}. They lie on this device; who gets one that you open is said below.`,
}

const de: typeof en = {
  told: (site) =>
    `Das hier gehört zu einer Seite von ${site}. Sie bekommt, was du hier machst: das 3D-Gesicht und den Kopf, ihre Texturen, und wie sie entstanden.`,
  asked: (site) =>
    `${site} hätte gern, was du hier machst: das 3D-Gesicht und den Kopf, ihre Texturen, und wie sie entstanden.`,
  agreed: (site) =>
    `${site} bekommt, was du hier machst: das 3D-Gesicht und den Kopf, ihre Texturen, und wie sie entstanden.`,
  declined: (site) => `${site} bekommt nicht, was du hier machst.`,
  photo: 'Dein Foto und die Bilder deiner Webcam bleiben auf diesem Gerät.',
  agree: 'Übergeben',
  decline: 'Hier behalten',
  privacy:
    'Dein Foto verlässt dieses Gerät nie: Alles wird hier in deinem Browser berechnet. Wer bekommt, was daraus wird, steht unten.',
  shelf: (count, size) =>
    `${count === 1 ? 'Ein Gesicht' : `${count} Gesichter`}, ${size}. Sie liegen auf diesem Gerät; wer eins bekommt, das du öffnest, steht unten.`,
}

export const handoverTexts: Record<Language, typeof en> = { en, de }

/** The page's texts for a frame, where its own would promise too much. */
export function textsInFrame(texts: Texts, language: Language): Texts {
  const { privacy, shelf } = handoverTexts[language]
  return {
    ...texts,
    photo: { ...texts.photo, privacy },
    shelf: { ...texts.shelf, lead: shelf },
  }
}
