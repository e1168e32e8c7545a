import { figures } from '../../../worker/texts/figures.ts'
import { presetNames } from '../../../worker/texts/presets.ts'
import type { CaptureQuality } from '../../face/types.ts'
import { type Pass, passOf } from '../../refine/passes.ts'
import type { RunsOn, WhyCpu } from '../../runtime/runs-on.ts'
import { own } from '../own.ts'
import type { Texts } from './en.ts'

const { whole, percent, degrees, pixels, sizeOf, duration } = figures.de

const numbers = ['Kein', 'Ein', 'Zwei', 'Drei', 'Vier', 'Fünf', 'Sechs', 'Sieben', 'Acht', 'Neun']

function faceCount(count: number): string {
  return `${numbers[count] ?? count} ${count === 1 || count === 0 ? 'Gesicht' : 'Gesichter'}`
}

function gaze({ yaw, pitch }: Pick<CaptureQuality, 'yaw' | 'pitch'>): string {
  const side = yaw > 0 ? 'rechts' : 'links'
  const verb = pitch > 0 ? 'oben' : 'unten'
  const parts: string[] = []
  if (Math.abs(yaw) >= 45) parts.push(`weit nach ${side} gedreht`)
  else if (Math.abs(yaw) >= 22) parts.push(`nach ${side} gedreht`)
  else if (Math.abs(yaw) >= 7) parts.push(`leicht nach ${side} gewandt`)
  if (Math.abs(pitch) >= 14) parts.push(`Blick nach ${verb}`)
  return parts.join(', ') || 'Blick geradeaus'
}

function timeLeft(seconds: number): string {
  if (seconds < 5) return 'noch ein paar Sekunden'
  if (seconds < 90) return `noch etwa ${Math.ceil(seconds / 5) * 5} Sekunden`
  return `noch etwa ${Math.ceil(seconds / 60)} Minuten`
}

/** A file as errors name it, in German quotation marks. */
function named(file: string | number | undefined): string {
  return file === undefined ? 'Diese Datei' : `„${String(file).replace(/^“(.*)”$/, '$1')}“`
}

const passes: Record<Pass, string> = {
  coarse: 'Grober Durchgang',
  middle: 'Mittlerer Durchgang',
  fine: 'Feiner Durchgang',
}

function runsOn(place: RunsOn): string {
  if (place.on === 'nothing') return 'Es war nichts zu optimieren, darum wurde kein Netz geladen.'
  if (place.on === 'webgpu') return `WebGPU auf ${place.adapter ?? 'einem Adapter ohne Namen'}.`
  const threads = `CPU mit ${place.threads} ${place.threads === 1 ? 'Thread' : 'Threads'}`
  return place.why ? `${threads}: ${capital(whyCpu(place.why))}.` : `${threads} (${place.by}).`
}

function whyCpu(why: WhyCpu): string {
  switch (why.code) {
    case 'not-asked':
      return 'WebGPU war nicht verlangt'
    case 'no-webgpu':
      return 'dieser Browser hat kein WebGPU'
    case 'no-adapter':
      return 'dieser Browser hat keinen WebGPU-Adapter'
    case 'software':
      return `der einzige WebGPU-Adapter ist ${why.adapter ?? 'einer ohne Namen'}, der in Software rechnet und langsamer ist als die CPU`
    case 'small-buffers':
      return `der WebGPU-Adapter ${why.adapter ?? ''} erlaubt Puffer von ${whole(why.bytes)} Byte, und ${whole(why.needed)} sind nötig`
    case 'did-not-start':
      return `WebGPU ließ sich nicht starten (${why.message})`
  }
}

const capital = (words: string) => words[0].toUpperCase() + words.slice(1)

/** Alle Texte der Seite auf Deutsch. */
export const de: Texts = {
  tag: 'de',
  figures: figures.de,
  faceCount,
  gaze,
  timeLeft,

  footer: { about: 'Über FaceRefiner', how: 'Wie es geht', api: 'API', licences: 'Lizenzen' },

  page: {
    title: 'FaceRefiner: Aus einem Foto wird ein 3D-Kopf',
    description:
      'Mach aus dem Foto eines Gesichts einen 3D-Kopf mit Textur und Haaren, in deinem Browser. Das Foto verlässt dein Gerät nie.',
    motto: 'Aus einem Foto wird ein 3D-Kopf',
    gallery: 'Galerie',
    stage: 'Bühne',
    panel: 'Was zu tun ist',
    progress: 'Fortschritt',
    dropVeil: 'Foto hier ablegen',
    details: 'Einzelheiten',
    language: 'Sprache',
    motionOn: 'Alle Bewegung anhalten',
    motionOff: 'Wieder bewegen',
    close: 'Schließen',
  },

  shortcuts: {
    heading: 'Tastenkürzel',
    does: {
      open: 'Foto auswählen',
      download: 'Herunterladen',
      share: 'Teilen',
      cover: 'Kopf oder nur das Gesicht',
      light: 'Licht eines Studios, an oder aus',
      evidence: 'Was woher kommt, an oder aus',
      views: 'Zu einer der vier Ansichten drehen',
      help: 'Diese Übersicht',
    },
    turn: 'Den Kopf drehen, wenn er den Fokus hat',
    zoom: 'Näher, weiter weg, zurück nach vorn',
    on: 'Einzelne Tasten tun das',
  },

  undo: {
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    control: 'Strg',
    undone: (what) => `Rückgängig gemacht: ${what}.`,
    redone: (what) => `Wiederholt: ${what}.`,
    changes: {
      hair: 'andere Haare',
      bust: 'mit oder ohne Schultern',
      expression: 'das Gesicht in Ruhe',
      cover: 'Kopf oder nur Gesicht',
      light: 'das Licht',
      name: 'der Name',
      deletion: 'das Löschen',
    },
  },

  photo: {
    drop: 'Zieh ein Foto von einem Gesicht hierher',
    more: 'oder füge eins ein, oder klicke zum Auswählen',
    tap: 'Tippe hier, um ein Foto von einem Gesicht auszuwählen',
    heading: 'Mach aus einem Foto einen 3D-Kopf',
    lead: 'Er bekommt Haare und eine vollständige Hauttextur, auch wo das Foto nichts zeigt, fertig für jedes 3D-Programm.',
    choose: 'Foto auswählen',
    take: 'Foto aufnehmen',
    sample: 'Nimm das Beispiel',
    sampleSource: 'Astronautin Eileen Collins. Foto der NASA, gemeinfrei.',
    sampleBecomes: 'Das Beispielfoto und der 3D-Kopf daraus, der sich dreht',
    privacy:
      'Dein Foto verlässt dieses Gerät nie: Alles wird hier in deinem Browser berechnet. Was geladen wird, ist für alle gleich, und nichts wird gesendet, solange du kein Ergebnis teilst.',
  },

  camera: {
    heading: 'Foto aufnehmen',
    lead: 'Schau bei gleichmäßigem Licht in die Kamera, die Haare aus dem Gesicht. Das Bild bleibt auf diesem Gerät.',
    starting: 'Die Kamera startet',
    shoot: 'Aufnehmen',
    back: 'Zurück',
    picture: 'Bild der Kamera',
    denied:
      'Der Browser darf die Kamera nicht benutzen: Erlaube es in der Adressleiste oder wähle ein Foto aus.',
    none: 'Es wurde keine Kamera gefunden: Wähle stattdessen ein Foto aus.',
    failed:
      'Die Kamera ließ sich nicht starten, vielleicht benutzt sie ein anderes Programm: Wähle stattdessen ein Foto aus.',
  },

  kept: {
    heading: 'Dort weitermachen, wo es aufgehört hat?',
    lead: (name, fraction) =>
      fraction === null
        ? `„${name}“ hatte eben erst begonnen, als es aufhörte: Es beginnt von vorn. Es wurde nur auf diesem Gerät aufgehoben.`
        : `„${name}“ war zu ${percent(fraction)} fertig, als es aufhörte. Es wurde nur auf diesem Gerät aufgehoben.`,
    resume: 'Weitermachen',
    discard: 'Wegwerfen',
  },

  presets: presetNames.de,
  runsOn,
  shelf: {
    heading: 'Meine Gesichter',
    lead: (count, size) =>
      `${faceCount(count)}, ${size}. Was hier liegt, bleibt auf diesem Gerät: Nichts davon wird gesendet, außer du teilst es.`,
    open: (name) => `${name} öffnen`,
    name: 'Name des Gesichts',
    rename: 'Schreib hier, um es umzubenennen',
    duplicate: 'Duplizieren',
    duplicateOf: (name) => `${name} duplizieren`,
    copyOf: (name) => `${name}, Kopie`,
    delete: 'Löschen',
    deleteOf: (name) => `${name} löschen`,
    deleted: (name) => `„${name}“ ist gelöscht.`,
    renamed: (from, to) => `„${from}“ heißt jetzt „${to}“.`,
    undo: 'Rückgängig',
    withPhoto: (date) => `Foto bis ${date}`,
    notKept: 'Geht, wenn die Seite zugeht: Lade es herunter',
    removeAll: 'Alles entfernen',
    sure: 'Wirklich alles von diesem Gerät entfernen, auch die Fotos? Das lässt sich nicht rückgängig machen.',
    yes: 'Ja, entfernen',
    no: 'Nein',
    kept: 'Das Ergebnis liegt in „Meine Gesichter“, nur auf diesem Gerät.',
    keepPhoto: (days) => `Das Foto ${days} Tage lang dazulegen`,
    keepPhotoWhy: 'Für andere Haare und zum Übermalen braucht es später das Foto.',
    noPhoto:
      'Sein Foto wurde nicht aufgehoben: Für andere Haare, zum Übermalen und für feinere Haut wähle das Foto noch einmal.',
    unkept: {
      full: 'Auf diesem Gerät ist kein Platz mehr, darum geht dieses Gesicht, wenn die Seite zugeht. Lade es jetzt herunter.',
      closed:
        'Dieser Browser hebt für diese Seite nichts auf, darum geht dieses Gesicht, wenn die Seite zugeht. Lade es jetzt herunter.',
    },
    unchanged: {
      full: 'Auf diesem Gerät ist kein Platz mehr, darum bleibt alles, wie es war. Lösche ein Gesicht, das du nicht brauchst.',
      closed: 'Dieser Browser hebt für diese Seite nichts auf, darum bleibt alles, wie es war.',
    },
    gone: 'Dieses Gesicht ist nicht mehr da: Es wurde in einem anderen Tab gelöscht.',
  },

  found: {
    wait: 'Einen Moment',
    heading: 'Gesicht gefunden',
    none: 'Kein Gesicht gefunden',
    tooSmall: 'Das Gesicht ist zu klein',
    littleShown: 'Vom Gesicht ist zu wenig zu sehen',
    failed: 'Das hat nicht geklappt',
    tryAgain: 'Noch einmal versuchen',
    takeAgain: 'Noch einmal aufnehmen',
    turn: 'Bild drehen',
    clearBrush: 'Pinselstriche entfernen',
    words(count, quality) {
      const face = `${gaze(quality)}, ${percent(quality.own)} des Gesichts sichtbar.`
      if (count === 1) return `Ein Gesicht, ${face}`
      return `${faceCount(count)}. Das umrandete: ${face}`
    },
    evidence({ mirrored, none }, soft) {
      const parts: string[] = []
      if (mirrored >= 0.005)
        parts.push(`${percent(mirrored)} lassen sich von der anderen Gesichtshälfte nehmen`)
      if (none >= 0.005) parts.push(`${percent(none)} sind nirgends zu sehen und werden passend gemacht`)
      const sentence = parts.length > 0 ? `${capital(parts.join('; '))}.` : 'Nichts ist verdeckt.'
      return soft ? `${sentence} Das Gesicht ist in diesem Foto klein, darum wird die Haut weich.` : sentence
    },
    another: 'Wähle ein anderes im Bild, wenn du willst.',
    anotherPhoto: 'Anderes Foto',
    make: 'Den Kopf machen',
    coverHeading: 'Im Weg',
    covered: {
      mouth: 'Etwas verdeckt hier den Mund. Weggelassen, werden Haut und Lippen darunter neu gemacht.',
      eyes: 'Etwas verdeckt hier die Augen. Weggelassen, werden Haut und Augen darunter neu gemacht.',
      leftEye: 'Etwas verdeckt das linke Auge im Bild. Weggelassen, wird neu gemacht, was darunter liegt.',
      rightEye: 'Etwas verdeckt das rechte Auge im Bild. Weggelassen, wird neu gemacht, was darunter liegt.',
    },
    leaveOut: 'Weglassen',
    brushLegend: 'Ist etwas im Weg?',
    brushLead:
      'Übermale Haare, Brille oder Hände: Was darunter liegt, wird dann neu gemacht. Augen oder Lippen, die auf beiden Seiten verdeckt sind, werden gezeichnet wie bei einem Durchschnittsgesicht.',
    brush: 'Pinsel',
    brushSize: 'Pinselgröße',
    undo: 'Rückgängig',
    clear: 'Leeren',
    boardPhoto: (name) => `Das Foto „${name}“`,
    boardBrush: 'Pinsel über dem Foto. Pfeiltasten bewegen ihn, die Leertaste malt.',
    boardFace: (i, count) => `Gesicht ${i} von ${count}`,
    presetLegend: 'Wie fein?',
    presetWords: { draft: 'Kleine Textur', standard: 'Feinere Haut' },
    presetTime(seconds) {
      if (seconds < 10) return 'ein paar Sekunden'
      if (seconds < 90) return `hier etwa ${Math.ceil(seconds / 10) * 10} Sekunden`
      return `hier etwa ${Math.ceil(seconds / 60)} Minuten`
    },
    nothingToMake: 'sofort: nichts muss erfunden werden',
    textureSize: 'Texturgröße',
  },

  notices: {
    several: (count, name) => `Du hast ${count} Dateien gegeben: Das ist die erste, „${name}“.`,
    grey: 'Das Foto ist schwarz-weiß, also wird es die Textur auch.',
    dark: 'Das Gesicht ist in diesem Foto dunkel, darum wird die Haut körnig.',
    blurred: 'Das Gesicht ist in diesem Foto unscharf, darum wird die Haut weich.',
    takeAgain: 'Nimm es mit mehr Licht von vorn noch einmal auf und halte still.',
    chooseAnother: 'Ein anderes Foto kann besser sein.',
    busy: 'Gerade wird ein Gesicht verfeinert: Brich das ab, bevor du ein anderes Foto wählst.',
    anotherTab:
      'Ein anderer Tab verfeinert auch: Dieser Lauf lässt sich nicht wieder aufnehmen, wenn die Seite zugeht.',
    deviceLost: 'Die Grafikkarte war kurz weg; der Lauf ging dort weiter, wo er zuletzt stand.',
  },

  work: {
    sample: 'Das Beispiel wird geholt',
    shooting: 'Das Foto wird aufgenommen',
    turning: 'Das Bild wird gedreht',
    opening: 'Das Foto wird geöffnet',
    'Looking for faces': 'Ein Gesicht wird gesucht',
    'Measuring the face': 'Das Gesicht wird vermessen',
    head: 'Der Kopf entsteht',
    'Laying the photo out on the face': 'Das Foto wird auf das Gesicht gelegt',
    'Filling in what the photo does not show': 'Was das Foto nicht zeigt, wird ergänzt',
    ready: 'Gleich geht es los',
    shelf: 'Das Gesicht wird geöffnet',
    downloading: (loaded, total) => `Wird geladen, ${sizeOf(loaded, total, 'von')} (nur dieses eine Mal)`,
    'Starting the computation': 'Die Berechnung startet',
    'Trying how fast this device is': 'Wie schnell dieses Gerät ist, wird probiert',
    'Loading the network': 'Das Netz wird geladen',
    'Looking at the skin': 'Die Haut wird betrachtet',
    'Building the steps': 'Die nächsten Schritte werden vorbereitet',
  },

  refining: {
    heading: 'Wird verfeinert',
    paused: 'Angehalten',
    pause: 'Anhalten',
    resume: 'Weiter',
    cancel: 'Abbrechen',
    line({ secondsLeft, late }, doing = 'Was das Foto nicht zeigt, wird gemacht') {
      if (late) return `${doing}; es dauert länger als erwartet`
      return secondsLeft === null ? doing : `${doing}, ${timeLeft(secondsLeft)}`
    },
    step: ({ scale, scaleIndex, scales, step, steps }) =>
      `${passes[passOf(scaleIndex, scales)]} bei ${pixels(scale)}, Schritt ${step + 1} von ${steps}`,
    announced: ({ scaleIndex, scales, fraction }) =>
      `${passes[passOf(scaleIndex, scales)]}, ${percent(Math.floor(fraction * 4) / 4)} fertig`,
    preset: 'Einstellung',
    runsOn: 'Läuft auf',
    now: 'Gerade',
    seed: 'Startwert',
    elapsed: 'Vergangen',
  },

  viewer: {
    label: 'Das Gesicht in 3D. Pfeiltasten drehen es, Plus und Minus holen es heran, Null stellt es zurück.',
    headLabel:
      'Der Kopf in 3D. Pfeiltasten drehen ihn, Plus und Minus holen ihn heran, Null stellt ihn zurück.',
    noWebGl:
      'Dieser Browser kann nicht in 3D zeichnen (WebGL ist aus oder fehlt); herunterladen geht trotzdem.',
    hint: 'Zum Drehen ziehen',
    slider: 'Wie viel vom linken Bild zu sehen ist, in Prozent',
    tools: 'Wie er gezeigt wird',
    studio: 'Licht eines Studios',
    moveLight: 'Licht bewegen',
    lightFrom: (angle) =>
      angle === 0 ? 'von vorn' : `${degrees(Math.abs(angle))} von ${angle > 0 ? 'rechts' : 'links'}`,
    evidence: 'Was woher kommt',
    sources: {
      own: 'Aus deinem Foto',
      mirrored: 'Gespiegelt',
      made: 'Passend gemacht',
    },
    views: {
      label: 'Ansichten',
      front: 'Vorn',
      left: 'Links',
      right: 'Rechts',
      half: 'Schräg',
      side: 'Seite',
      back: 'Hinten',
    },
  },

  result: {
    heading: 'Dein 3D-Gesicht',
    headingHead: 'Dein 3D-Kopf',
    headingStraight: 'Dein 3D-Gesicht, direkt aus dem Foto',
    made(how, { own, none }) {
      if (how === 'filled')
        return `${capital(percent(own))} des Gesichts stammen direkt aus dem Foto; was es nicht zeigt, ist ergänzt.`
      if (how === 'optimised') {
        return `${capital(percent(none))} des Gesichts sind nicht im Foto und wurden passend gemacht; ${percent(own)} stammen direkt aus dem Foto, der Rest von der anderen Gesichtshälfte.`
      }
      return 'Gute Nachricht: Das Foto und die andere Gesichtshälfte zeigen alles, also musste nichts erfunden werden.'
    },
    finerGives: '„Feiner“ gibt dem die Körnung der Haut.',
    look: 'In 3D ansehen, oder vergleichen mit',
    in3d: '3D-Gesicht',
    headIn3d: '3D-Kopf',
    onPhoto: 'Auf dem Foto',
    beforeAfter: 'Vorher, nachher',
    run: (number) => `Lauf ${number}`,
    runs: 'Läufe mit diesem Foto',
    compareRuns: 'Mit dem Lauf davor',
    photo: 'Foto',
    before: 'Vorher',
    refined: 'Verfeinert',
    download: 'Herunterladen',
    share: 'Teilen',
    tryAnother: 'Noch eins',
    puppet: 'Mit dem eigenen Gesicht bewegen',
    back: 'Stimmt etwas nicht? Übermale es oder wähle ein anderes Gesicht',
  },

  polish: {
    making: 'Was das Foto nicht zeigt, wird nebenbei gemacht.',
    made: 'Was das Foto nicht zeigt, ist fertig; der Kopf übernimmt es, sobald du wieder bei ihm bist.',
    stop: 'Aufhören',
  },

  finer: {
    heading: 'Feiner',
    lead: 'Dauert länger: Was das Foto nicht zeigt, wird passend zur Haut gemacht, in der Größe, die du wählst.',
    refine: 'Verfeinern',
  },

  head: {
    cover: 'Was gezeigt wird',
    covers: { head: 'Kopf', face: 'Nur das Gesicht' },
    hair: 'Haare',
    hairs: {
      auto: 'Automatisch',
      photo: 'Aufgemalt',
      none: 'Keine',
      afro01: 'Afro',
      bob01: 'Bob über ein Auge',
      bob02: 'Bob',
      braid01: 'Geflochtener Zopf',
      long01: 'Lang',
      ponytail01: 'Pferdeschwanz',
      short01: 'Kurz, zerzaust',
      short02: 'Kurz, wellig',
      short03: 'Kurz, langer Pony',
      short04: 'Kurz, zurückgekämmt',
    },
    automatic: (style) => `Automatisch: ${style}`,
    lookMissing: 'Ließ sich nicht laden. Wähle sie für einen neuen Versuch.',
    bust: 'Schultern in schlichtem Stoff',
    neutral: 'Mund zu, ohne Lächeln',
    making: 'Der ganze Kopf entsteht',
    makingHair: 'Die Haare entstehen',
    faceAlone: {
      turned: 'Das Foto zeigt nur eine Seite des Kopfes; darum ist das Gesicht allein zu sehen.',
      hat: 'Ein Hut oder Tuch scheint den Kopf zu bedecken; darum ist das Gesicht allein zu sehen.',
    },
    hairMissing: 'Diese Haare ließen sich nicht laden: Prüfe die Verbindung und wähle sie noch einmal.',
    failed: 'Der Kopf ließ sich nicht machen: Das Gesicht ist allein zu sehen.',
  },

  details: {
    done: 'Was getan wurde',
    ranOn: 'Lief auf',
    preset: 'Einstellung',
    seed: 'Startwert',
    network: 'Netz',
    whole: 'Ganzer Lauf',
    doneValue: ({ optimised, optimisedTexels, coveredTexels }) =>
      optimised
        ? `${whole(optimisedTexels)} Texel (${percent(optimisedTexels / coveredTexels)}), die keine Seite des Fotos zeigt, wurden optimiert.`
        : 'Jeder Texel ist aus dem Foto oder seiner gespiegelten Seite bekannt: Es gab nichts zu optimieren.',
    pass: (pass, scale) => `${passes[pass]}, ${pixels(scale)}`,
    passTime: (steps, setup) => `${duration(steps)}, nach ${duration(setup)} Vorbereitung`,
    last: (loss) => `${loss}, zuletzt`,
    eyes: 'Augenabstand',
    eyesValue: (distance) => `${pixels(Math.round(distance))} im Foto`,
    turned: 'Gedreht um',
    turnedValue: (yaw, pitch) => `${degrees(yaw)}, geneigt um ${degrees(pitch)}`,
  },

  losses: {
    total: 'Summe',
    content: 'Inhalt',
    remd: 'Stil (REMD)',
    moments: 'Stil (Momente)',
    colour: 'Farbe',
    photometric: 'Fotometrisch',
  },

  downloads: {
    heading: 'Herunterladen',
    head: '3D-Kopf',
    headWords: 'Mit Haaren und Texturen, für Blender, Unity, Unreal, three.js',
    headTexture: 'Textur des Kopfes',
    glb: '3D-Gesicht',
    glbWords: 'Mit seiner Textur, für Blender, Unity, Unreal, three.js',
    format: '3D-Datei',
    formats: {
      png: 'GLB, geht überall auf',
      webp: 'GLB mit WebP, kleiner',
      ktx2: 'GLB mit KTX2, bleibt auf der GPU klein',
      usdz: 'USDZ, für AR auf einem iPhone',
      obj: 'OBJ, MTL und PNG, gezippt',
    },
    making: 'Die Datei wird erzeugt',
    texture: 'Textur des Gesichts',
    enlarged: 'vergrößert',
    record: 'Wie es entstand',
    recordWords: 'Versionen, Einstellungen und Messwerte; kein Bild',
    failed: 'Die Datei ließ sich nicht erzeugen: Versuche eine andere Größe.',
  },

  share: {
    heading: 'Dieses Ergebnis teilen',
    lead: 'Beim Teilen kommen Dateien auf den Server, wo jeder mit dem Link sie sehen und herunterladen kann. Dorthin wurde bisher nichts gesendet. Das wäre es:',
    files: {
      'preview.jpg': 'Bild der Seite',
      'face.glb': '3D-Gesicht',
      'head.glb': '3D-Kopf',
      'texture.png': 'Textur',
      'record.json': 'Wie es entstand',
      'sampled.png': `Was das Foto von der Haut zeigt, ${pixels(256)}: wird einmal mit der Textur verglichen, dann gelöscht`,
      'photo.jpg': 'Dein Foto',
    },
    withPhoto: 'Auch das Foto selbst',
    withPhotoWords: 'Verkleinert und ohne Orts- und Kameradaten. Wird neben dem Ergebnis gezeigt.',
    title: 'Titel',
    optional: 'freiwillig',
    visibility: 'Wer es findet',
    unlisted: 'Wer den Link hat',
    listed: 'Alle, in der Galerie',
    rights: 'Das ist mein Gesicht, oder die Person ist einverstanden.',
    until: 'Es bleibt 90 Tage. Du kannst es von diesem Browser aus jederzeit löschen.',
    upload: 'Hochladen und Link bekommen',
    sending: (fraction) => `Wird gesendet, ${percent(fraction)}`,
    checking: 'Der Dienst prüft es',
    done: 'Es ist geteilt',
    copy: 'Link kopieren',
    link: 'Link',
    copied: 'Kopiert',
    open: 'Seite öffnen',
    qr: (link) => `QR-Code von ${link}`,
    qrWords: 'Mit dem Handy scannen',
    remove: 'Wieder löschen',
    removed: 'Gelöscht: Der Link führt jetzt ins Leere.',
    removing: 'Wird gelöscht',
    notKept:
      'Es bleibt 90 Tage. Um es später zu löschen, öffne die Seite einmal von hier aus: Dann behält sie den Schlüssel in diesem Browser.',
  },

  errors: {
    byCode: {
      'not-an-image': ({ file }) =>
        `${named(file)} ist kein Bild, das sich hier lesen lässt: Wähle ein Foto als JPEG, PNG oder WebP.`,
      empty: ({ file }) => `${named(file)} ist leer (0 Byte): Kopiere oder lade das Original noch einmal.`,
      heic: ({ file }) =>
        `${named(file)} ist ein HEIC-Foto, das dieser Browser nicht lesen kann: Speichere es als JPEG und wähle das.`,
      'unread-format': ({ file, kind }) =>
        `${named(file)} ist eine ${kind === 'camera raw' ? 'RAW' : String(kind).replace(' ', '-')}-Datei, die dieser Browser nicht lesen kann: Speichere sie als JPEG oder PNG und wähle das.`,
      damaged: ({ file }) =>
        `${named(file)} ist beschädigt oder abgeschnitten: Kopiere oder lade das Original noch einmal.`,
      unreadable: ({ file }) => `${named(file)} lässt sich nicht mehr lesen: Wähle die Datei noch einmal.`,
      'too-large': ({ file, width, height, megapixels, most }) =>
        megapixels === undefined
          ? `${named(file)} braucht mehr Speicher, als dieser Browser hergibt: Wähle eine kleinere Kopie.`
          : `${named(file)} hat ${width} x ${height} Pixel, ${String(megapixels).replace('.', ',')} Megapixel, mehr als die ${most}, die angenommen werden: Wähle eine kleinere Kopie; ein Gesicht von 1.000 Pixeln Höhe genügt vollauf.`,
      'no-face': ({ reason, share }) => {
        if (reason === 'drawing')
          return `Was gefunden wurde, sieht nach einer Zeichnung aus (${percent(Number(share))} des Gesichts sind eine einzige Farbe): Nimm das Foto eines echten Gesichts.`
        if (reason === 'not-real')
          return 'Was gefunden wurde, ist kein Foto eines Gesichts: Nimm eins von einem echten Gesicht, von vorn oder halb gedreht.'
        return 'In diesem Foto wurde kein Gesicht gefunden: Wähle eins, das ein Gesicht von vorn oder halb gedreht zeigt.'
      },
      'part-of-face': ({ shown }) =>
        `Nur ein Teil des Gesichts ist im Bild (${percent(Number(shown) / 100)}): Nimm ein Foto, auf dem es ganz zu sehen ist.`,
      'too-small': ({ width, least }) =>
        `Das Gesicht ist ${pixels(Number(width))} breit: Nimm ein Foto, in dem es mindestens ${pixels(Number(least))} breit ist.`,
      'little-shown': ({ shown, needed, cause, share }) => {
        const part = percent(Number(share) / 100)
        const because: Record<string, string> = {
          painted: `${part} davon sind übermalt: Nimm etwas davon zurück.`,
          beyond: `${part} davon liegen außerhalb des Fotos: Nimm ein Foto vom ganzen Gesicht.`,
          bright: `${part} davon sind ausgebrannt: Nimm ein Foto mit weniger Licht auf dem Gesicht.`,
          dark: `${part} davon sind schwarz: Nimm ein Foto mit mehr Licht auf dem Gesicht.`,
          turned: 'Nimm eins, das es von vorn oder halb gedreht zeigt, mit nichts davor.',
        }
        return `Das Foto zeigt ${percent(Number(shown) / 100)} dieses Gesichts, nötig sind ${percent(Number(needed) / 100)}. ${own(because, String(cause)) ?? ''}`.trim()
      },
      network: ({ file, reason, status, seconds, arrived, bytes }) => {
        const whys: Record<string, string> = {
          unreachable: 'Der Server ist nicht zu erreichen.',
          status: `Der Server antwortete mit ${status}.`,
          silent: `${seconds} Sekunden lang kam nichts an.`,
          other: 'Es kam etwas anderes an.',
          broken: `Die Verbindung brach nach ${whole(Number(arrived))} von ${whole(Number(bytes))} Byte ab.`,
        }
        const why = own(whys, String(reason))
        return `${file} ließ sich nicht laden${why ? `: ${why}` : '.'} Versuche es noch einmal.`
      },
      insecure:
        'Auf einer Seite ohne Verschlüsselung lassen sich die Modelldateien nicht prüfen: Öffne sie über https oder auf localhost.',
      altered: ({ file, bytes }) =>
        `Die Modelldatei ${file} wurde unterwegs verändert: Es kamen ${whole(Number(bytes))} Byte, die nicht zu ihrem sha256 passen. Prüfe, ob ein Proxy oder Filter dazwischen liegt, und lade die Seite neu.`,
      missing: ({ file }) =>
        `Der Server hat ${file} nicht: Lade die Seite neu, um die jetzige Liste der Modelle zu bekommen.`,
      'unknown-model': ({ id, known }) => `Es gibt kein Modell „${id}“; es gibt ${known}.`,
      'not-started':
        'Die Berechnung ließ sich nicht starten: Prüfe die Verbindung und lade die Seite noch einmal.',
      diverged: ({ step, steps, scale }) =>
        `Bei Schritt ${step} von ${steps} (${pixels(Number(scale))}) lief die Berechnung aus dem Ruder, darum gibt es keine verfeinerte Textur: Versuche einen anderen Startwert, eine kleinere Größe oder eine andere Einstellung.`,
      'no-backbone': ({ preset, backbone, known }) =>
        `Die Einstellung „${own(presetNames.de, String(preset)) ?? preset}“ braucht das Netz „${backbone}“; hier gibt es ${known || 'keins'}.`,
      'bad-numbers':
        'Die Zahlen, mit denen gerechnet wird, sind keine, darum gibt es keine Textur: Wähle das Foto noch einmal.',
      'bad-weights':
        'Das Netz, das beim Verfeinern hilft, ist beschädigt, darum gibt es keine verfeinerte Textur: Lade die Seite noch einmal.',
      'bad-checkpoint': 'Was von dem Lauf aufgehoben wurde, ist beschädigt: Er kann nur von vorn beginnen.',
      garbled:
        'Dieses Gerät hat Zahlen verändert, die es aufbewahren sollte, darum gibt es keine verfeinerte Textur: Mach dort weiter, wo es aufgehört hat, oder schließe andere Programme und beginne noch einmal.',
      'worker-not-started':
        'Was im Hintergrund arbeitet, ließ sich nicht starten: Prüfe die Verbindung und versuche es noch einmal.',
      'worker-ended':
        'Was im Hintergrund arbeitete, hat aufgehört, vielleicht aus Mangel an Speicher: Schließe andere Tabs und versuche es noch einmal.',
      'no-style':
        'Das Foto zeigt keinen Texel deutlich genug, um diese Haut daran zu lernen: Nimm ein Foto, das mehr vom Gesicht zeigt.',
      'device-lost':
        'Die Grafikkarte hat aufgegeben: Versuche es noch einmal oder mit einer kleineren Textur.',
      'no-connection':
        'Der Dienst ist nicht zu erreichen: Prüfe die Verbindung und versuche es noch einmal; was angekommen ist, bleibt dort einen Tag.',
      'popup-blocked':
        'Der Browser hat das Fenster der Prüfung blockiert: Erlaube es für diese Seite und lade noch einmal hoch.',
      'check-closed': 'Das Prüffenster wurde vorher geschlossen: Versuche es noch einmal.',
      'too-many-requests': ({ seconds }) =>
        `Zu viele Anfragen: Versuche es ${seconds ? `in ${duration(Number(seconds))}` : 'gleich'} noch einmal.`,
      'not-configured':
        'Dieser Dienst nimmt noch keine Uploads an: Wer ihn betreibt, muss erst seine Geheimnisse setzen.',
      'turnstile-missing': 'Dieser Dienst will eine Prüfung sehen: Löse sie auf der Seite.',
      'turnstile-silent': 'Turnstile hat nicht geantwortet: Versuche es gleich noch einmal.',
      'turnstile-refused': 'Turnstile hat die Prüfung nicht anerkannt: Löse sie noch einmal.',
      'origin-not-allowed':
        'Seiten dieser Adresse dürfen das nicht: Wer den Dienst betreibt, gibt ihr einen Schlüssel.',
      'unknown-key': 'Den Schlüssel dieses Widgets gibt es nicht, oder er wurde widerrufen.',
      'not-found': 'Das gibt es hier nicht mehr.',
      'taken-down':
        'Dieses Ergebnis wurde entfernt: Es verstieß gegen die Regeln oder zeigte jemanden ohne Einverständnis.',
      'not-owner': 'Dieser Browser ist nicht als Besitzer dieses Ergebnisses bekannt.',
      'already-published':
        'Dieses Ergebnis ist schon geteilt, seine Dateien bleiben, wie sie sind: Teile es neu und lösche das alte.',
      'upload-too-old': 'Dieser Upload wurde vor mehr als einem Tag begonnen: Beginne einen neuen.',
      busy: 'Daran wird gerade etwas geändert: Versuche es gleich noch einmal.',
    },
    refused(code, { part, status }) {
      if (part)
        return `Der Dienst hat ${part} nicht angenommen (${code}): Verfeinere noch einmal und teile das Ergebnis.`
      return `Der Dienst konnte das nicht tun (${code}${status ? `, ${status}` : ''}): Versuche es gleich noch einmal.`
    },
    unforeseen: (message) =>
      `Etwas Unvorhergesehenes ging schief (${message}): Bitte versuche es noch einmal.`,
    language: 'Die Texte dieser Sprache ließen sich nicht laden: Prüfe die Verbindung und wähle noch einmal.',
    noImage: 'Darin war kein Bild: Wähle ein Foto als JPEG, PNG oder WebP.',
    sample: 'Das Beispiel ließ sich nicht laden: Prüfe die Verbindung oder wähle ein eigenes Foto.',
  },
}
