import type { CaptureQuality } from '../../capture/types.ts'
import type { Texts } from './en.ts'

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

function percent(share: number): string {
  const rounded = Math.round(share * 100)
  if (rounded === 0 && share > 0) return 'unter 1 %'
  if (rounded === 100 && share < 1) return 'über 99 %'
  return `${rounded} %`
}

function timeLeft(seconds: number): string {
  if (seconds < 5) return 'noch ein paar Sekunden'
  if (seconds < 90) return `noch etwa ${Math.ceil(seconds / 5) * 5} Sekunden`
  return `noch etwa ${Math.ceil(seconds / 60)} Minuten`
}

const decimal = (value: number) => value.toFixed(1).replace('.', ',')

function duration(seconds: number): string {
  if (seconds < 10) return `${decimal(seconds)} s`
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

function fileSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${decimal(bytes / 1e6)} MB`
}

const capital = (words: string) => words[0].toUpperCase() + words.slice(1)

/** Alle Texte der Seite auf Deutsch. */
export const de: Texts = {
  tag: 'de',
  faceCount,
  gaze,
  percent,
  timeLeft,
  duration,
  fileSize,

  footer: { about: 'Über FaceRefiner', how: 'Wie es geht', api: 'API', licences: 'Lizenzen' },

  page: {
    motto: 'Aus einem Foto wird ein 3D-Gesicht',
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

  photo: {
    drop: 'Zieh ein Foto von einem Gesicht hierher',
    more: 'oder füge eins ein, oder klicke zum Auswählen',
    heading: 'Mach aus einem Foto ein 3D-Gesicht',
    lead: 'Es bekommt eine vollständige Hauttextur, auch wo das Foto nichts zeigt, fertig für jedes 3D-Programm.',
    choose: 'Foto auswählen',
    take: 'Foto aufnehmen',
    sample: 'Nimm das Beispiel',
    sampleSource: 'Astronautin Eileen Collins. Foto der NASA, gemeinfrei.',
    sampleBecomes: 'Das Beispielfoto und das 3D-Gesicht daraus, das sich dreht',
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
      `„${name}“ war zu ${percent(fraction)} fertig, als es aufhörte. Es wurde nur auf diesem Gerät aufgehoben.`,
    resume: 'Weitermachen',
    discard: 'Wegwerfen',
  },

  last: {
    heading: 'Dein letztes Gesicht',
    lead: (name) =>
      `Das 3D-Gesicht von „${name}“ ist noch da. Es liegt nur auf diesem Gerät, bis das nächste fertig ist.`,
    show: 'Zeigen',
    discard: 'Wegwerfen',
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
    another: 'Klicke ein anderes an, um es zu wählen.',
    anotherPhoto: 'Anderes Foto',
    refine: 'Verfeinern',
    brushLegend: 'Ist etwas im Weg?',
    brushLead:
      'Übermale Haare, Brille oder Hände: Was darunter liegt, wird dann neu gemacht. Augen oder Lippen, die auf beiden Seiten verdeckt sind, werden übliche.',
    brush: 'Pinsel',
    brushSize: 'Pinselgröße',
    undo: 'Rückgängig',
    clear: 'Leeren',
    boardPhoto: (name) => `Das Foto „${name}“`,
    boardBrush: 'Pinsel über dem Foto. Pfeiltasten bewegen ihn, die Leertaste malt.',
    boardFace: (i, count) => `Gesicht ${i} von ${count}`,
    presetLegend: 'Wie fein?',
    draft: { title: 'Schnell', words: 'Kleine Textur' },
    standard: { title: 'Standard', words: 'Feinere Haut' },
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
    'Laying the photo out on the face': 'Das Foto wird auf das Gesicht gelegt',
    'Filling in what the photo does not show': 'Was das Foto nicht zeigt, wird ergänzt',
    ready: 'Gleich geht es los',
    'Starting the computation': 'Die Berechnung startet',
    'Trying how fast this device is': 'Wie schnell dieses Gerät ist, wird probiert',
    'Loading the network': 'Das Netz wird geladen',
    'Looking at the skin': 'Die Haut wird betrachtet',
    'Building the steps': 'Die nächsten Schritte werden vorbereitet',
    downloading: (loaded, total) =>
      `Wird geladen, ${decimal(loaded / 1e6)} von ${decimal(total / 1e6)} MB (nur dieses eine Mal)`,
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
    step({ round, rounds, scale, step, steps }) {
      const parts = rounds > 1 ? [`Runde ${round + 1} von ${rounds}`] : []
      return [...parts, `${scale} px`, `Schritt ${step + 1} von ${steps}`].join(', ')
    },
    announced: ({ round, rounds, scaleIndex, scales }) =>
      `Runde ${round + 1} von ${rounds}, Stufe ${scaleIndex + 1} von ${scales}`,
    preset: 'Einstellung',
    runsOn: 'Läuft auf',
    now: 'Gerade',
    seed: 'Startwert',
    elapsed: 'Vergangen',
  },

  viewer: {
    label: 'Das Gesicht in 3D. Pfeiltasten drehen es, Plus und Minus holen es heran, Null stellt es zurück.',
    noWebGl:
      'Dieser Browser kann nicht in 3D zeichnen (WebGL ist aus oder fehlt); herunterladen geht trotzdem.',
    hint: 'Zum Drehen ziehen',
    slider: 'Wie viel vom linken Bild zu sehen ist, in Prozent',
    views: { label: 'Ansichten', front: 'Vorn', left: 'Links', right: 'Rechts', half: 'Schräg' },
  },

  result: {
    heading: 'Dein 3D-Gesicht',
    headingStraight: 'Dein 3D-Gesicht, direkt aus dem Foto',
    made(optimised, { own, none }) {
      if (optimised) {
        return `${capital(percent(none))} des Gesichts sind nicht im Foto und wurden passend gemacht; ${percent(own)} stammen direkt aus dem Foto, der Rest von der anderen Gesichtshälfte.`
      }
      return 'Gute Nachricht: Das Foto und die andere Gesichtshälfte zeigen alles, also musste nichts erfunden werden.'
    },
    look: 'In 3D ansehen, oder vergleichen mit',
    in3d: '3D-Gesicht',
    onPhoto: 'Auf dem Foto',
    beforeAfter: 'Vorher, nachher',
    run: (number) => `Lauf ${number}`,
    runs: 'Läufe mit diesem Foto',
    compareRuns: 'Mit dem Lauf davor',
    photo: 'Foto',
    before: 'Vorher',
    refined: 'Verfeinert',
    light: 'Licht bewegen',
    lightFrom: 'Woher das Licht kommt, in Grad; rechts ist positiv',
    download: 'Herunterladen',
    share: 'Teilen',
    tryAnother: 'Noch eins',
    back: 'Zurück zum Foto',
  },

  details: {
    done: 'Was getan wurde',
    ranOn: 'Lief auf',
    preset: 'Einstellung',
    seed: 'Startwert',
    network: 'Netz',
    whole: 'Ganzer Lauf',
    scale: (round, scale) => `Runde ${round}, ${scale} px`,
    scaleTime: (steps, setup) => `${duration(steps)}, nach ${duration(setup)} Vorbereitung`,
    last: (loss) => `${loss}, zuletzt`,
    eyes: 'Augenabstand',
    eyesValue: (pixels) => `${pixels} px im Foto`,
    turned: 'Gedreht um',
    turnedValue: (yaw, pitch) => `${yaw}°, geneigt um ${pitch}°`,
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
    glb: '3D-Gesicht',
    glbWords: 'GLB mit der Textur darin, für Blender, Unity, Unreal, three.js',
    format: 'Textur im 3D-Gesicht',
    formats: { png: 'PNG, geht überall auf', webp: 'WebP, kleiner', ktx2: 'KTX2, bleibt auf der GPU klein' },
    making: 'Die Datei wird erzeugt',
    texture: 'Textur',
    enlarged: 'vergrößert',
    record: 'Wie es entstand',
    recordWords: 'Versionen, Einstellungen und Messwerte; kein Bild',
    failed: 'Die Datei ließ sich nicht erzeugen: Versuche eine andere Größe.',
  },

  share: {
    heading: 'Dieses Gesicht teilen',
    lead: 'Beim Teilen kommen Dateien auf den Server, wo jeder mit dem Link sie sehen und herunterladen kann. Bisher wurde nichts gesendet. Das wäre es:',
    files: {
      'preview.jpg': 'Bild der Seite',
      'face.glb': '3D-Gesicht',
      'texture.png': 'Textur',
      'record.json': 'Wie es entstand',
      'sampled.png':
        'Was das Foto von der Haut zeigt, 256 px: wird einmal mit der Textur verglichen, dann gelöscht',
      'photo.jpg': 'Dein Foto',
    },
    withPhoto: 'Auch das Foto selbst',
    withPhotoWords: 'Verkleinert und ohne Orts- und Kameradaten. Wird neben dem Gesicht gezeigt.',
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
      'not-an-image':
        'Diese Datei ist kein Bild, das sich hier lesen lässt: Wähle ein Foto als JPEG, PNG oder WebP.',
      empty: 'Diese Datei ist leer (0 Byte): Kopiere oder lade das Original noch einmal.',
      heic: 'Das ist ein HEIC-Foto, das dieser Browser nicht lesen kann: Speichere es als JPEG und wähle das.',
      'unread-format':
        'Dieses Bildformat kann der Browser nicht lesen: Speichere das Foto als JPEG oder PNG und wähle das.',
      damaged: 'Diese Datei ist beschädigt oder abgeschnitten: Kopiere oder lade das Original noch einmal.',
      unreadable: 'Diese Datei lässt sich nicht mehr lesen: Wähle sie noch einmal.',
      'too-large':
        'Das Foto hat mehr als 64 Megapixel oder ist zu groß für diesen Browser: Wähle eine kleinere Kopie.',
      'no-face': ({ reason, share }) => {
        if (reason === 'drawing')
          return `Was gefunden wurde, sieht nach einer Zeichnung aus (${percent(Number(share))} des Gesichts sind eine einzige Farbe): Nimm das Foto eines echten Gesichts.`
        if (reason === 'not-real')
          return 'Was gefunden wurde, ist kein Foto eines Gesichts: Nimm eins von einem echten Gesicht, von vorn oder halb gedreht.'
        return 'In diesem Foto wurde kein Gesicht gefunden: Wähle eins, das ein Gesicht von vorn oder halb gedreht zeigt.'
      },
      'part-of-face': ({ shown }) =>
        `Nur ein Teil des Gesichts ist im Bild (${shown} %): Nimm ein Foto, auf dem es ganz zu sehen ist.`,
      'too-small': ({ width, least }) =>
        `Das Gesicht ist ${width} px breit: Nimm ein Foto, in dem es mindestens ${least} px breit ist.`,
      'little-shown': ({ shown, needed, cause, share }) => {
        const because: Record<string, string> = {
          painted: `${share} % davon sind übermalt: Nimm etwas davon zurück.`,
          beyond: `${share} % davon liegen außerhalb des Fotos: Nimm ein Foto vom ganzen Gesicht.`,
          bright: `${share} % davon sind ausgebrannt: Nimm ein Foto mit weniger Licht auf dem Gesicht.`,
          dark: `${share} % davon sind schwarz: Nimm ein Foto mit mehr Licht auf dem Gesicht.`,
          turned: 'Nimm eins, das es von vorn oder halb gedreht zeigt, mit nichts davor.',
        }
        return `Das Foto zeigt ${shown} % dieses Gesichts, nötig sind ${needed} %. ${because[cause] ?? ''}`.trim()
      },
      network: 'Eine Datei ließ sich nicht laden: Prüfe die Verbindung und versuche es noch einmal.',
      altered:
        'Eine Datei wurde unterwegs verändert: Prüfe, ob ein Proxy oder Filter dazwischen liegt, und lade die Seite neu.',
      missing: 'Der Server hat eine Datei nicht: Lade die Seite neu.',
      diverged:
        'Die Berechnung lief aus dem Ruder, darum gibt es keine verfeinerte Textur: Versuche eine kleinere Größe oder die andere Einstellung.',
      'no-style': 'Das Foto zeigt zu wenig von der Haut: Nimm ein Foto, das mehr vom Gesicht zeigt.',
      'device-lost':
        'Die Grafikkarte hat aufgegeben: Versuche es noch einmal oder mit einer kleineren Textur.',
      'no-connection':
        'Der Dienst ist nicht zu erreichen: Prüfe die Verbindung und versuche es noch einmal; was angekommen ist, bleibt dort einen Tag.',
      'popup-blocked':
        'Der Browser hat das Fenster der Prüfung blockiert: Erlaube es für diese Seite und lade noch einmal hoch.',
      'check-closed': 'Das Prüffenster wurde vorher geschlossen: Versuche es noch einmal.',
      'too-many-requests': 'Zu viele Anfragen: Warte einen Moment und versuche es noch einmal.',
    },
    unforeseen: (message) =>
      `Etwas Unvorhergesehenes ging schief (${message}): Bitte versuche es noch einmal.`,
    language: 'Die Texte dieser Sprache ließen sich nicht laden: Prüfe die Verbindung und wähle noch einmal.',
    noImage: 'Darin war kein Bild: Wähle ein Foto als JPEG, PNG oder WebP.',
    sample: 'Das Beispiel ließ sich nicht laden: Prüfe die Verbindung oder wähle ein eigenes Foto.',
  },
}
