import { figures } from '../../../worker/texts/figures.ts'
import { presetNames } from '../../../worker/texts/presets.ts'
import type { CaptureQuality, Cover } from '../../face/types.ts'
import type { HairChoice } from '../../head/complete-head.ts'
import type { HeadDoubt } from '../../head/doubts.ts'
import { type Pass, passOf } from '../../refine/passes.ts'
import type { LossName, Progress, Refined } from '../../refine/types.ts'
import type { ModelFormat } from '../../result/model-format.ts'
import { reasonOf } from '../../runtime/runs-on.ts'
import type { CoverName } from '../choices.ts'
import type { Changed } from '../journey/undo-history.ts'
import type { Unkept } from '../shelf/shelf-state.ts'
import type { Shortcut } from '../shortcut-keys.ts'
import type { Source } from '../viewer/evidence-colours.ts'

const { whole, percent, degrees, pixels, sizeOf, duration } = figures.en

/** What an error's sentence names, by the names that the error gives it. */
export type Details = Readonly<Record<string, string | number>>

/** What a run tells about itself. */
export type Told = Pick<Refined, 'optimised' | 'optimisedTexels' | 'coveredTexels'>

/** How a texture came about: what the photo lacks was made to match, only filled in, or it lacks nothing. */
export type Made = 'optimised' | 'filled' | 'complete'

/** Seconds left, where they are known and not exceeded by far. */
export interface TimeLeft {
  secondsLeft: number | null
  late: boolean
}

const numbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine']

/** @example faceCount(1) // -> 'One face' */
export function faceCount(count: number): string {
  return `${numbers[count] ?? count} ${count === 1 ? 'face' : 'faces'}`
}

/** Where a face looks, as the person at the screen sees it. Angles in degrees, signs as in Pose. */
export function gaze({ yaw, pitch }: Pick<CaptureQuality, 'yaw' | 'pitch'>): string {
  const side = yaw > 0 ? 'right' : 'left'
  const verb = pitch > 0 ? 'up' : 'down'
  const parts: string[] = []
  if (Math.abs(yaw) >= 45) parts.push(`turned far to the ${side}`)
  else if (Math.abs(yaw) >= 22) parts.push(`turned to the ${side}`)
  else if (Math.abs(yaw) >= 7) parts.push(`looking slightly ${side}`)
  if (Math.abs(pitch) >= 14) parts.push(parts.length ? verb : `looking ${verb}`)
  return parts.join(' and ') || 'looking straight ahead'
}

/** Coarse on purpose: a number that jumps about is worse than none. */
export function timeLeft(seconds: number): string {
  if (seconds < 5) return 'a few seconds left'
  if (seconds < 90) return `about ${Math.ceil(seconds / 5) * 5} seconds left`
  return `about ${Math.ceil(seconds / 60)} minutes left`
}

const passes: Record<Pass, string> = { coarse: 'Coarse pass', middle: 'Middle pass', fine: 'Fine pass' }

const capital = (words: string) => words[0].toUpperCase() + words.slice(1)

/** Every text of the page. The other languages have the same keys: `Texts`. */
export const en = {
  tag: 'en',
  figures: figures.en,
  faceCount,
  gaze,
  timeLeft,

  footer: { about: 'About FaceRefiner', how: 'How it works', api: 'API', licences: 'Licences' },

  page: {
    title: 'FaceRefiner: a photo becomes a 3D head',
    description:
      'Turn a photo of a face into a textured 3D head with hair, in your browser. The photo never leaves your device.',
    motto: 'A photo becomes a 3D head',
    gallery: 'Gallery',
    stage: 'Stage',
    panel: 'What to do',
    progress: 'Progress',
    dropVeil: 'Drop the photo',
    details: 'Details',
    language: 'Language',
    motionOn: 'Stop all motion',
    motionOff: 'Let it move',
    close: 'Close',
  },

  shortcuts: {
    heading: 'Keyboard shortcuts',
    does: {
      open: 'Choose a photo',
      download: 'Download',
      share: 'Share',
      cover: 'Head, or the face alone',
      light: 'Light of a studio, on or off',
      evidence: 'What comes from where, on or off',
      views: 'Turn to one of the four views',
      help: 'This sheet',
    } satisfies Record<Shortcut, string>,
    turn: 'Turn the head, where it has the focus',
    zoom: 'Nearer, further, back to the front',
    on: 'Single keys do this',
  },

  undo: {
    undo: 'Undo',
    redo: 'Redo',
    /** On its key. */
    control: 'Ctrl',
    undone: (what: string) => `Undone: ${what}.`,
    redone: (what: string) => `Done again: ${what}.`,
    changes: {
      hair: 'other hair',
      bust: 'with or without shoulders',
      expression: 'the face at rest',
      cover: 'head or face only',
      light: 'the light',
      name: 'the name',
      deletion: 'deleting',
    } satisfies Record<Changed, string>,
  },

  photo: {
    drop: 'Drop a photo of a face here',
    more: 'or paste one, or click to choose',
    /** The same where there is no mouse. */
    tap: 'Tap to choose a photo of a face',
    heading: 'Turn a photo of a face into a 3D head',
    lead: 'It gets hair and a complete skin texture, also where the photo shows nothing, ready for any 3D program.',
    choose: 'Choose a photo',
    take: 'Take a photo',
    sample: 'Use the sample',
    sampleSource: 'Astronaut Eileen Collins. NASA photo, public domain.',
    sampleBecomes: 'The sample photo, and the 3D head that it became, turning',
    privacy:
      'Your photo never leaves this device: everything is computed here, in your browser. What is downloaded is the same for everyone, and nothing is sent unless you choose to share a result.',
  },

  camera: {
    heading: 'Take a photo',
    lead: 'Look at the camera in even light, hair out of the face. The picture stays on this device.',
    starting: 'Starting the camera',
    shoot: 'Take the photo',
    back: 'Back',
    picture: 'Picture of the webcam',
    denied: 'The browser may not use the camera: allow it in the address bar, or choose a photo.',
    none: 'No camera was found: choose a photo instead.',
    failed: 'The camera could not be started, perhaps another program uses it: choose a photo instead.',
  },

  kept: {
    heading: 'Go on where it stopped?',
    /** @param fraction null: it begins again */
    lead: (name: string, fraction: number | null) =>
      fraction === null
        ? `“${name}” had only just begun when it stopped: it begins again. It was kept on this device only.`
        : `“${name}” was ${percent(fraction)} done when it stopped. It was kept on this device only.`,
    resume: 'Go on',
    discard: 'Throw it away',
  },

  presets: presetNames.en,
  runsOn: reasonOf,
  shelf: {
    heading: 'My faces',
    lead: (count: number, size: string) =>
      `${faceCount(count)}, ${size}. What lies here stays on this device: nothing of it is sent, unless you share it.`,
    open: (name: string) => `Open ${name}`,
    name: 'Name of the face',
    rename: 'Write here to rename it',
    duplicate: 'Duplicate',
    duplicateOf: (name: string) => `Duplicate ${name}`,
    copyOf: (name: string) => `${name}, copy`,
    delete: 'Delete',
    deleteOf: (name: string) => `Delete ${name}`,
    deleted: (name: string) => `“${name}” is deleted.`,
    renamed: (from: string, to: string) => `“${from}” is now called “${to}”.`,
    undo: 'Undo',
    withPhoto: (date: string) => `photo until ${date}`,
    notKept: 'Goes when the page is closed: download it',
    removeAll: 'Remove everything',
    sure: 'Remove all of it from this device, photos too? It cannot be undone.',
    yes: 'Yes, remove',
    no: 'No',
    kept: 'The result is kept in “My faces”, on this device only.',
    keepPhoto: (days: number) => `Keep the photo with it for ${days} days`,
    keepPhotoWhy: 'Later, other hair and painting need the photo.',
    noPhoto: 'Its photo was not kept: for other hair, painting and finer skin, choose the photo again.',
    /** Why a face is not kept. */
    unkept: {
      full: 'There is no room left on this device, so this face goes when the page is closed. Download it now.',
      closed:
        'This browser keeps nothing for this page, so this face goes when the page is closed. Download it now.',
    } satisfies Record<Unkept, string>,
    /** Why something on the shelf could not be changed. */
    unchanged: {
      full: 'There is no room left on this device, so everything stays as it was. Delete a face that you do not need.',
      closed: 'This browser keeps nothing for this page, so everything stays as it was.',
    } satisfies Record<Unkept, string>,
    gone: 'That face is no longer here: it was deleted in another tab.',
  },

  found: {
    wait: 'One moment',
    heading: 'Face found',
    none: 'No face found',
    tooSmall: 'The face is too small',
    littleShown: 'Too little of the face shows',
    failed: 'That did not work',
    tryAgain: 'Try again',
    takeAgain: 'Take it again',
    turn: 'Turn the picture',
    clearBrush: 'Clear the brush',
    /** @example words(1, quality) // -> 'One face, looking slightly left, 62% of the face visible.' */
    words(count: number, quality: CaptureQuality): string {
      const face = `${gaze(quality)}, ${percent(quality.own)} of the face visible.`
      if (count === 1) return `One face, ${face}`
      return `${faceCount(count)}. The outlined one is ${face}`
    },
    /** Where the rest of the texture comes from. Shares as in CaptureQuality. */
    evidence({ mirrored, none }: CaptureQuality, soft: boolean): string {
      const parts: string[] = []
      if (mirrored >= 0.005) parts.push(`${percent(mirrored)} can be taken from the face’s other side`)
      if (none >= 0.005) parts.push(`${percent(none)} is shown nowhere and will be made to match`)
      const sentence = parts.length > 0 ? `${capital(parts.join('; '))}.` : 'Nothing is hidden.'
      return soft ? `${sentence} The face is small in this photo, so its skin will be soft.` : sentence
    },
    another: 'Choose another in the picture if you like.',
    anotherPhoto: 'Another photo',
    make: 'Make the head',
    coverHeading: 'In the way',
    covered: {
      mouth: 'Something covers the mouth here. Left out, the skin and the lips under it are made anew.',
      eyes: 'Something covers the eyes here. Left out, the skin and the eyes under it are made anew.',
      leftEye: 'Something covers the eye on the left. Left out, what is under it is made anew.',
      rightEye: 'Something covers the eye on the right. Left out, what is under it is made anew.',
    } satisfies Record<Cover['hides'], string>,
    leaveOut: 'Leave it out',
    brushLegend: 'Anything in the way?',
    brushLead:
      'Paint over hair, glasses or hands: what is under them is then made anew. Eyes or lips that are hidden on both sides are drawn as an average face has them.',
    brush: 'Brush',
    brushSize: 'Brush size',
    undo: 'Undo',
    clear: 'Clear',
    boardPhoto: (name: string) => `The photo “${name}”`,
    boardBrush: 'Brush over the photo. Arrow keys move the brush, space paints.',
    boardFace: (i: number, count: number) => `Face ${i} of ${count}`,
    presetLegend: 'How fine?',
    presetWords: { draft: 'Small texture', standard: 'Finer skin' },
    /** How long a preset takes on this device. */
    presetTime(seconds: number): string {
      if (seconds < 10) return 'a few seconds'
      if (seconds < 90) return `about ${Math.ceil(seconds / 10) * 10} seconds here`
      return `about ${Math.ceil(seconds / 60)} minutes here`
    },
    nothingToMake: 'in a moment: nothing has to be made up',
    textureSize: 'Texture size',
  },

  notices: {
    several: (count: number, name: string) => `${count} files were given: this is the first, “${name}”.`,
    grey: 'The photo is black and white, so the texture will be too.',
    dark: 'The face is dark in this photo, so its skin will be grainy.',
    blurred: 'The face is blurred in this photo, so its skin will be soft.',
    takeAgain: 'Take it again with more light from the front, and hold still.',
    chooseAnother: 'Another photo may do better.',
    busy: 'A face is being refined: cancel that before you choose another photo.',
    anotherTab: 'Another tab is refining too: this run cannot be picked up again if the page closes.',
    deviceLost: 'The graphics device was lost; the run went on from where it last stood.',
  },

  work: {
    sample: 'Fetching the sample',
    shooting: 'Taking the photo',
    turning: 'Turning the picture',
    opening: 'Opening the photo',
    'Looking for faces': 'Looking for a face',
    'Measuring the face': 'Measuring the face',
    head: 'Making the head',
    'Laying the photo out on the face': 'Laying the photo out on the face',
    'Filling in what the photo does not show': 'Filling in what the photo does not show',
    ready: 'Getting ready',
    shelf: 'Opening the face',
    'Starting the computation': 'Starting the computation',
    'Trying how fast this device is': 'Trying how fast this device is',
    'Loading the network': 'Loading the network',
    'Looking at the skin': 'Looking at the skin',
    'Building the steps': 'Getting the next steps ready',
    /** @example downloading(3.1e6, 18.2e6) // -> 'Downloading, 3.1 of 18.2 MB (only this once)' */
    downloading: (loaded: number, total: number) =>
      `Downloading, ${sizeOf(loaded, total, 'of')} (only this once)`,
  },

  refining: {
    heading: 'Refining',
    paused: 'Paused',
    pause: 'Pause',
    resume: 'Resume',
    cancel: 'Cancel',
    /** One line, no jargon. */
    line({ secondsLeft, late }: TimeLeft, doing: string = 'Making what the photo does not show'): string {
      if (late) return `${doing}; it takes longer than expected`
      return secondsLeft === null ? doing : `${doing}, ${timeLeft(secondsLeft)}`
    },
    /** @example step(progress) // -> 'Coarse pass at 128 px, step 12 of 40' */
    step: ({ scale, scaleIndex, scales, step, steps }: Progress) =>
      `${passes[passOf(scaleIndex, scales)]} at ${pixels(scale)}, step ${step + 1} of ${steps}`,
    /** For who listens: changes a few times in a run. @example announced(progress) // -> 'Coarse pass, 25% done' */
    announced: ({ scaleIndex, scales, fraction }: Progress) =>
      `${passes[passOf(scaleIndex, scales)]}, ${percent(Math.floor(fraction * 4) / 4)} done`,
    preset: 'Preset',
    runsOn: 'Runs on',
    now: 'Now',
    seed: 'Seed',
    elapsed: 'Elapsed',
  },

  viewer: {
    label: 'The face in 3D. Arrow keys turn it, plus and minus bring it nearer, zero puts it back.',
    headLabel: 'The head in 3D. Arrow keys turn it, plus and minus bring it nearer, zero puts it back.',
    noWebGl: 'This browser cannot draw in 3D (WebGL is off or missing); the downloads still work.',
    hint: 'Drag to turn',
    slider: 'How much of the left picture is shown, in percent',
    tools: 'How it is shown',
    studio: 'Light of a studio',
    moveLight: 'Move the light',
    /** @param angle degrees to the viewer's right */
    lightFrom: (angle: number) =>
      angle === 0 ? 'from the front' : `${degrees(Math.abs(angle))} from the ${angle > 0 ? 'right' : 'left'}`,
    evidence: 'What comes from where',
    sources: {
      own: 'From your photo',
      mirrored: 'Mirrored',
      made: 'Made to match',
    } satisfies Record<Source, string>,
    views: {
      label: 'Views',
      front: 'Front',
      left: 'Left',
      right: 'Right',
      half: 'Angled',
      side: 'Side',
      back: 'Back',
    },
  },

  result: {
    heading: 'Your 3D face',
    headingHead: 'Your 3D head',
    headingStraight: 'Your 3D face, straight from the photo',
    /** What the run did to the texture, for its owner. */
    made(how: Made, { own, none }: CaptureQuality): string {
      if (how === 'filled')
        return `${capital(percent(own))} of the face is straight from the photo; what the photo does not show is filled in.`
      if (how === 'optimised') {
        return `${capital(percent(none))} of the face is not in the photo and was made to match; ${percent(own)} is straight from the photo, the rest from the face’s other side.`
      }
      return 'Good news: the photo and the face’s own other side show all of it, so nothing had to be made up.'
    },
    /** Beside the above where something is filled in and nothing finer is under way. */
    finerGives: '“Finer” gives that the grain of skin.',
    look: 'Look at it in 3D, or compare with',
    in3d: '3D face',
    headIn3d: '3D head',
    onPhoto: 'On the photo',
    beforeAfter: 'Before, after',
    run: (number: number) => `Run ${number}`,
    runs: 'Runs with this photo',
    compareRuns: 'With the run before',
    photo: 'Photo',
    before: 'Before refining',
    refined: 'Refined',
    download: 'Download',
    share: 'Share',
    tryAnother: 'Try another',
    puppet: 'Move it with your face',
    back: 'Something wrong? Paint over it, or choose another face',
  },

  polish: {
    making: 'What the photo does not show is being made meanwhile.',
    made: 'What the photo does not show is made; the head takes it over when you are back at it.',
    stop: 'Stop',
  },

  finer: {
    heading: 'Finer',
    lead: 'Takes longer: what the photo does not show is made to match the skin, at the size that you choose.',
    refine: 'Refine',
  },

  head: {
    cover: 'What is shown',
    covers: { head: 'Head', face: 'Face only' } satisfies Record<CoverName, string>,
    hair: 'Hair',
    hairs: {
      auto: 'Automatic',
      photo: 'Painted on',
      none: 'None',
      afro01: 'Afro',
      bob01: 'Bob over one eye',
      bob02: 'Bob',
      braid01: 'Braid',
      long01: 'Long',
      ponytail01: 'Ponytail',
      short01: 'Short, tousled',
      short02: 'Short, wavy',
      short03: 'Short, long fringe',
      short04: 'Short, combed back',
    } satisfies Record<HairChoice, string>,
    automatic: (style: string) => `Automatic: ${style}`,
    /** Of a hair in the menu. */
    lookMissing: 'Could not be fetched. Choose it to try again.',
    bust: 'Shoulders in plain cloth',
    neutral: 'Lips closed, no smile',
    making: 'Making the whole head',
    makingHair: 'Making the hair',
    /** Why the face alone is shown. */
    faceAlone: {
      turned: 'The photo shows one side of the head alone, so the face is shown by itself.',
      hat: 'A hat or a scarf seems to cover the head, so the face is shown by itself.',
    } satisfies Record<HeadDoubt, string>,
    hairMissing: 'That hair could not be fetched: check the connection and choose it again.',
    failed: 'The head could not be made: the face is shown by itself.',
  },

  details: {
    done: 'What was done',
    ranOn: 'Ran on',
    preset: 'Preset',
    seed: 'Seed',
    network: 'Network',
    whole: 'Whole run',
    doneValue: ({ optimised, optimisedTexels, coveredTexels }: Told) =>
      optimised
        ? `${whole(optimisedTexels)} texels (${percent(optimisedTexels / coveredTexels)}) that no side of the photo shows were optimised.`
        : 'Every texel is known from the photo or its mirrored side: there was nothing to optimise.',
    pass: (pass: Pass, scale: number) => `${passes[pass]}, ${pixels(scale)}`,
    passTime: (steps: number, setup: number) => `${duration(steps)}, after ${duration(setup)} of preparation`,
    last: (loss: string) => `${loss}, last`,
    eyes: 'Eyes apart',
    eyesValue: (distance: number) => `${pixels(Math.round(distance))} in the photo`,
    turned: 'Turned by',
    turnedValue: (yaw: number, pitch: number) => `${degrees(yaw)}, tilted by ${degrees(pitch)}`,
  },

  losses: {
    total: 'Total',
    content: 'Content',
    remd: 'Style (REMD)',
    moments: 'Style (moments)',
    colour: 'Colour',
    photometric: 'Photometric',
  } satisfies Record<LossName, string>,

  downloads: {
    heading: 'Download',
    head: '3D head',
    headWords: 'With hair and textures, for Blender, Unity, Unreal, three.js',
    headTexture: 'Texture of the head',
    glb: '3D face',
    glbWords: 'With its texture, for Blender, Unity, Unreal, three.js',
    format: '3D file',
    formats: {
      png: 'GLB, opens everywhere',
      webp: 'GLB with WebP, smaller',
      ktx2: 'GLB with KTX2, stays small on the GPU',
      usdz: 'USDZ, for AR on an iPhone',
      obj: 'OBJ, MTL and PNG, zipped',
    } satisfies Record<ModelFormat, string>,
    making: 'Making the file',
    texture: 'Texture of the face',
    enlarged: 'enlarged',
    record: 'How it was made',
    recordWords: 'Versions, settings and measurements; no picture',
    failed: 'The file could not be made: try another size.',
  },

  share: {
    heading: 'Share this result',
    lead: 'Sharing puts files on the server, where whoever has the link can see and download them. Nothing has been sent there so far. This is what would be:',
    files: {
      'preview.jpg': 'Picture of the page',
      'face.glb': '3D face',
      'head.glb': '3D head',
      'texture.png': 'Texture',
      'record.json': 'How it was made',
      'sampled.png': `What the photo shows of the skin, ${pixels(256)}: compared once with the texture, then deleted`,
      'photo.jpg': 'Your photo',
    },
    withPhoto: 'Also the photo itself',
    withPhotoWords: 'Made smaller and freed of place and camera data. Shown beside the result.',
    title: 'Title',
    optional: 'optional',
    visibility: 'Who finds it',
    unlisted: 'Who has the link',
    listed: 'Everybody, in the gallery',
    rights: 'This is my face, or its owner agrees.',
    until: 'It is kept for 90 days. You can delete it at any time from this browser.',
    upload: 'Upload and get a link',
    sending: (fraction: number) => `Sending, ${percent(fraction)}`,
    checking: 'The service is checking it',
    done: 'It is shared',
    copy: 'Copy the link',
    link: 'Link',
    copied: 'Copied',
    open: 'Open the page',
    qr: (link: string) => `QR code of ${link}`,
    qrWords: 'Scan it with a phone',
    remove: 'Delete it again',
    removed: 'Deleted: the link leads nowhere now.',
    removing: 'Deleting',
    notKept:
      'It is kept for 90 days. To delete it later, open the page once from here: it then keeps the key in this browser.',
  },

  errors: {
    /** Sentences by an error's code; where there is none, its own message stands, which is English. */
    byCode: {
      'device-lost': 'The graphics device gave up: try again, or with a smaller texture.',
      'too-many-requests': ({ seconds }) =>
        `Too many requests: try again in ${seconds ? duration(Number(seconds)) : 'a moment'}.`,
    } as Readonly<Record<string, string | ((details: Details) => string)>>,
    /** What stands for a refusal of the service that has no sentence of its own. Left out: its own words, which are English. */
    refused: undefined as ((code: string, details: Details) => string) | undefined,
    unforeseen: (message: string) => `Something unforeseen went wrong (${message}): please try again.`,
    language: 'The texts of that language could not be fetched: check the connection and choose again.',
    noImage: 'There was no image in that: choose a JPEG, PNG or WebP photo.',
    sample: 'The sample could not be fetched: check the connection, or choose a photo of your own.',
  },
}

export type Texts = typeof en
