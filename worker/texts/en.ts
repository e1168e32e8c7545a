import type { ReportReason } from '../contract/contract.ts'
import { figures } from './figures.ts'
import { presetNames } from './presets.ts'
import { sliders } from './sliders.ts'

const { date, shortDate, size, pixels, square, decibels, duration, whole } = figures.en

/** Every text of the pages that the worker writes. The other languages have the same keys: {@link Texts}. */
export const en = {
  /** As previews of links want it. */
  ogLocale: 'en_GB',

  site: {
    skip: 'Skip to the content',
    nav: 'Site',
    gallery: 'Gallery',
    makeYourOwn: 'Make your own',
    about: 'About FaceRefiner',
    how: 'How it works',
    api: 'API',
    licences: 'Licences',
    footer:
      'Each head and each face was made from one photo in its owner’s browser and shared on purpose; the photo itself only where you see it.',
    languages: 'Language',
  },

  /** What a result without a title is called. */
  untitled: { head: 'A 3D head', face: 'A 3D face' },
  previewOf: (title: string) => `Preview of ${title}`,

  date,
  shortDate,
  size,
  pixels,
  /** @example side(256) // -> '256 × 256 px' */
  side: (texels: number) => `${square(texels)}\u00a0px`,

  result: {
    shown: { head: 'The head', face: 'The face' },
    open: 'Turn it in 3D',
    shared: 'Shared on',
    keptUntil: ', kept until',
    sentenceEnd: '.',
    texture: 'Texture',
    preset: 'Preset',
    fidelity: 'Fidelity',
    downloads: 'Downloads',
    downloadHead: 'Download 3D\u00a0head',
    downloadFace: 'Download 3D\u00a0face',
    downloadTexture: 'Download texture',
    photo: 'The photo',
    photoAlt: 'What it was made from',
    close: 'Close',
    description: (kind: 'head' | 'face', textureSize: number) =>
      `A 3D ${kind} with a ${pixels(textureSize)} texture, made from one photo with FaceRefiner. Turn it, download it, or make your own.`,
  },
  presets: {
    instant: `${presetNames.en.instant}, as it was captured`,
    draft: `${presetNames.en.draft}, a quick first look`,
    standard: presetNames.en.standard,
    paper: `${presetNames.en.paper}, the published recipe`,
  } as Record<string, string>,
  /** How near the texture comes to what the photo shows, after the recomputation at publishing. */
  fidelity: (visiblePsnr: number) => {
    const measured = decibels(visiblePsnr)
    if (visiblePsnr >= 40) return `Like the photo where it shows the skin (${measured})`
    if (visiblePsnr >= 30) return `Close to the photo where it shows the skin (${measured})`
    return `Freely after the photo (${measured})`
  },

  /** What the script of a result's page says about it in 3D. */
  viewer: {
    loading: 'Loading it in 3D …',
    howTo: 'Drag or use the arrow keys to turn it.',
    failed: 'It could not be loaded in 3D. Check the connection and try again.',
  },

  /** The sliders that move a head's face. */
  expressions: {
    heading: 'Expressions',
    ...sliders.en,
  },

  /** Where the device can put it into the room. */
  ar: {
    open: 'See it in your room',
    making: 'Making the file for it …',
    failed: 'The file could not be made. Check the connection and try again.',
  },

  owner: {
    heading: 'You shared this result',
    title: 'Title',
    whoFindsIt: 'Who can find it',
    unlisted: 'Unlisted',
    unlistedMeans: 'Only who has the link finds it.',
    listed: 'In the gallery',
    listedMeans: 'Everyone may find it, search engines too.',
    save: 'Save',
    extend: 'Keep it for a year',
    delete: 'Delete',
    deleteHeading: 'Delete this result?',
    deleteWords:
      'The page, the 3D files and everything else that you shared here are removed at once, and this link stops working. It can’t be undone.',
    keep: 'Keep it',
    deleteIt: 'Delete it',
  },
  /** What the script says about what its owner does; `{date}` is put in by it. */
  ownerScript: {
    saving: 'Saving …',
    savedListed: 'Saved. It is in the gallery.',
    savedUnlisted: 'Saved. Only who has the link finds it.',
    keptUntil: 'It is kept until {date}.',
    deleting: 'Deleting …',
    deleted: 'Deleted',
    deletedWords: 'Everything that was shared here is gone, and the link leads nowhere now.',
    makeAnother: 'Make another',
    failed: 'That failed. Try again in a moment.',
    noConnection: 'The service could not be reached. Check the connection and try again.',
    tooMany: 'That was a lot at once. Wait a minute, then try again.',
    gone: 'This result is no longer here.',
    notOwner: 'This browser is no longer known as the owner of this result.',
    wrongLink:
      'The link that you followed does not hold the key of this result. What this browser keeps is as it was.',
    unchecked: 'The key in that link could not be checked. Check the connection and reload the page.',
  },

  report: {
    summary: 'Report this result',
    reason: 'What is wrong?',
    choose: 'Please choose',
    reasons: {
      'not-my-consent': 'It shows me, or someone I speak for, without consent',
      minor: 'It shows a child',
      illegal: 'It is against the law',
      copyright: 'It uses a picture that belongs to someone else',
      other: 'Something else',
    } satisfies Record<ReportReason, string> as Record<ReportReason, string>,
    text: 'What should we know?',
    mayBeEmpty: 'You may leave this empty.',
    whoReads: 'The moderators read this; nobody else does, and it carries no name.',
    send: 'Send the report',
    thanks: 'Thank you',
    arrived: 'Your report has arrived, and someone will look at it. You need not do anything else.',
  },

  gallery: {
    heading: 'Gallery',
    intro: 'Heads and faces that their owners chose to show, newest first.',
    pages: 'Pages',
    newer: '← Newer',
    older: 'Older →',
    emptyHeading: 'Nobody has shown anything yet',
    empty: 'Yours could be the first: choose a photo, look at the 3D head, and share it if you like it.',
    endHeading: 'Nothing more here',
    end: 'You have come to the end of the gallery.',
    ogTitle: 'Gallery of 3D heads',
    description:
      'Photo-real 3D heads and faces, each made from one photo in a browser, shown by their owners.',
    in3d: (title: string) => `${title} in 3D`,
  },

  /** What links to the front page and devices that keep the app say of it. */
  front: {
    title: 'FaceRefiner: a photo becomes a 3D head',
    description:
      'Turn a photo of a face into a textured 3D head with hair, in your browser. The photo never leaves your device unless you share it.',
  },
  /** What the picture shows that goes with links. */
  card: 'A photo of a face, and beside it the 3D head that was made of it, turned to the side.',

  how: {
    heading: 'How it works',
    description: 'What happens to your photo, how it becomes a 3D head, and what that head can and can’t be.',
    photo: {
      heading: 'What happens to your photo',
      words: [
        'It stays on your device. The page fetches the networks that it needs, and your own graphics processor or CPU does all the work.',
        'Nothing is sent until you share a result: then the page lists every file first and asks. The photo itself goes along only if you tick it. A run that was interrupted is kept in this browser until you go on with it or throw it away.',
      ],
    },
    method: {
      heading: 'How a head comes of it',
      words: [
        'A network finds 478 points of the face, which tell its shape and where it looks. The photo is laid out on that shape wherever it shows skin well enough.',
        'What it does not show is first filled in from the other side of the face and from the skin around. Then the refinement makes its detail anew, in the style of the skin that is seen; what the photo shows stays as it is.',
        'The rest of the head is a usual one, fitted to this face and to the outline that the photo shows. Its skin takes the photo’s where it is seen and the face’s tone elsewhere; its hair is the style of ten that comes nearest, in the photo’s colour.',
      ],
    },
    paper: 'The method is FaceRefiner, of which this is an independent implementation:',
    limits: {
      heading: 'What it does not do',
      words: [
        'It can’t know what the photo doesn’t show. That part is a guess that fits, and no evidence of how somebody looks.',
        'The face is measured, the rest of the head is not: skull, ears and neck are likely ones, and the hair is a style that fits, not yours strand by strand. Where the photo shows too little for a head there is the face alone. It recognises nobody, and it makes nobody prettier.',
      ],
    },
  },

  message: {
    makeYourOwn: 'Make a head of your own',
    seeGallery: 'See the gallery',
    readApi: 'Read about the API',
    nothingHeading: 'There is nothing here',
    nothing: 'The address may be mistyped, or what was here has moved. Perhaps one of these leads on:',
    notAllowed: 'This address can be read, and does nothing else.',
    forProgramsHeading: 'This address is for programs',
    forPrograms:
      'It does not answer what a browser asks. What it takes stands in the description of the API.',
    notFoundHeading: 'There is no result here',
    notFound:
      'The address may be mistyped, or the result has expired or was deleted by its owner. What is deleted does not come back.',
    takenDownHeading: 'This result was taken down',
    takenDown: 'It broke the rules or showed someone who did not agree to it. It does not come back.',
    failedHeading: 'That did not work',
    failed: 'Something is out of order on our side. Please try again in a moment.',
    badReport: (longest: number) =>
      `The report is not complete, or too long. Go back, choose what is wrong, and write at most ${whole(longest)} characters.`,
    badCursor: 'This is no page of the gallery. Start at its beginning.',
    tooMany: (seconds: number) => `Those were too many requests. Try again in ${duration(seconds)}.`,
    notConfigured: 'This service takes no uploads and no reports yet. Its operator has to set it up first.',
    noCheck: 'This service has no check.',
    refused: 'This request did not come from a page of this service. Go back, reload the page and try again.',
  },

  check: {
    heading: 'A short check',
    words: 'It keeps robots from filling this service. Then this window closes by itself.',
    failed: 'The check could not be loaded. Close this window and try again.',
    done: 'Thank you. You can close this window.',
  },
}

export type Texts = typeof en
