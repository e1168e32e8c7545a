import type { Texts } from './en.ts'
import { figures } from './figures.ts'
import { presetNames } from './presets.ts'
import { sliders } from './sliders.ts'

const { date, shortDate, size, pixels, square, decibels, duration, whole } = figures.de

export const de: Texts = {
  ogLocale: 'de_DE',

  site: {
    skip: 'Zum Inhalt springen',
    nav: 'Seiten',
    gallery: 'Galerie',
    makeYourOwn: 'Selbst machen',
    about: 'Über FaceRefiner',
    how: 'Wie es geht',
    api: 'API',
    licences: 'Lizenzen',
    footer:
      'Jeder Kopf und jedes Gesicht wurde im Browser aus einem einzigen Foto berechnet und absichtlich geteilt; das Foto selbst nur, wo du es siehst.',
    languages: 'Sprache',
  },

  untitled: { head: 'Ein 3D-Kopf', face: 'Ein 3D-Gesicht' },
  previewOf: (title) => `Vorschau von ${title}`,

  date,
  shortDate,
  size,
  pixels,
  side: (texels) => `${square(texels)}\u00a0px`,

  result: {
    shown: { head: 'Der Kopf', face: 'Das Gesicht' },
    open: 'In 3D drehen',
    shared: 'Geteilt am',
    keptUntil: ', bleibt bis',
    sentenceEnd: '.',
    texture: 'Textur',
    preset: 'Einstellung',
    fidelity: 'Treue',
    downloads: 'Downloads',
    downloadHead: '3D-Kopf laden',
    downloadFace: '3D-Gesicht laden',
    downloadTexture: 'Textur laden',
    photo: 'Das Foto',
    photoAlt: 'Woraus es entstanden ist',
    close: 'Schließen',
    description: (kind, textureSize) => {
      const made = `mit einer Textur von ${pixels(textureSize)}, mit FaceRefiner aus einem einzigen Foto gemacht`
      return kind === 'head'
        ? `Ein 3D-Kopf ${made}. Dreh ihn, lade ihn herunter oder mach deinen eigenen.`
        : `Ein 3D-Gesicht ${made}. Dreh es, lade es herunter oder mach dein eigenes.`
    },
  },
  presets: {
    instant: `${presetNames.de.instant}, wie aufgenommen`,
    draft: `${presetNames.de.draft}, für einen ersten Blick`,
    standard: presetNames.de.standard,
    paper: `${presetNames.de.paper}, das veröffentlichte Verfahren`,
  },
  fidelity: (visiblePsnr) => {
    const measured = decibels(visiblePsnr)
    if (visiblePsnr >= 40) return `Wie das Foto, wo es die Haut zeigt (${measured})`
    if (visiblePsnr >= 30) return `Nah am Foto, wo es die Haut zeigt (${measured})`
    return `Frei nach dem Foto (${measured})`
  },

  viewer: {
    loading: 'Wird in 3D geladen …',
    howTo: 'Zieh daran oder dreh es mit den Pfeiltasten.',
    failed: 'In 3D ließ es sich nicht laden. Prüf die Verbindung und versuch es noch einmal.',
  },

  expressions: {
    heading: 'Mimik',
    ...sliders.de,
  },

  ar: {
    open: 'Im Zimmer ansehen',
    making: 'Die Datei dafür wird erzeugt …',
    failed: 'Die Datei ließ sich nicht erzeugen. Prüf die Verbindung und versuch es noch einmal.',
  },

  owner: {
    heading: 'Du hast dieses Ergebnis geteilt',
    title: 'Titel',
    whoFindsIt: 'Wer es finden kann',
    unlisted: 'Nicht gelistet',
    unlistedMeans: 'Nur wer den Link hat, findet es.',
    listed: 'In der Galerie',
    listedMeans: 'Alle können es finden, auch Suchmaschinen.',
    save: 'Speichern',
    extend: 'Ein Jahr behalten',
    delete: 'Löschen',
    deleteHeading: 'Dieses Ergebnis löschen?',
    deleteWords:
      'Die Seite, die 3D-Dateien und alles andere, was du hier geteilt hast, wird sofort gelöscht, und der Link führt ins Leere. Das lässt sich nicht rückgängig machen.',
    keep: 'Behalten',
    deleteIt: 'Ja, löschen',
  },
  ownerScript: {
    saving: 'Wird gespeichert …',
    savedListed: 'Gespeichert. Es ist in der Galerie.',
    savedUnlisted: 'Gespeichert. Nur wer den Link hat, findet es.',
    keptUntil: 'Es bleibt bis {date}.',
    deleting: 'Wird gelöscht …',
    deleted: 'Gelöscht',
    deletedWords: 'Alles, was hier geteilt war, ist weg, und der Link führt jetzt ins Leere.',
    makeAnother: 'Noch eins machen',
    failed: 'Das hat nicht geklappt. Versuch es gleich noch einmal.',
    noConnection: 'Der Dienst ist nicht erreichbar. Prüf die Verbindung und versuch es noch einmal.',
    tooMany: 'Das war viel auf einmal. Warte eine Minute und versuch es dann noch einmal.',
    gone: 'Dieses Ergebnis gibt es hier nicht mehr.',
    notOwner: 'Dieser Browser ist nicht mehr als Besitzer dieses Ergebnisses bekannt.',
    wrongLink:
      'Der Link, dem du gefolgt bist, enthält nicht den Schlüssel dieses Ergebnisses. Was dieser Browser behält, ist wie vorher.',
    unchecked:
      'Der Schlüssel in diesem Link ließ sich nicht prüfen. Prüf die Verbindung und lade die Seite neu.',
  },

  report: {
    summary: 'Dieses Ergebnis melden',
    reason: 'Was stimmt nicht?',
    choose: 'Bitte wähle aus',
    reasons: {
      'not-my-consent': 'Es zeigt mich oder jemanden, für den ich spreche, ohne Einverständnis',
      minor: 'Es zeigt ein Kind',
      illegal: 'Es verstößt gegen das Gesetz',
      copyright: 'Es verwendet ein Bild, das jemand anderem gehört',
      other: 'Etwas anderes',
    },
    text: 'Was sollten wir wissen?',
    mayBeEmpty: 'Du kannst das leer lassen.',
    whoReads: 'Nur die Moderation liest das, und es steht kein Name dabei.',
    send: 'Meldung abschicken',
    thanks: 'Danke',
    arrived: 'Deine Meldung ist angekommen, und jemand sieht sie sich an. Mehr musst du nicht tun.',
  },

  gallery: {
    heading: 'Galerie',
    intro: 'Köpfe und Gesichter, die zum Zeigen freigegeben wurden, die neuesten zuerst.',
    pages: 'Weitere Seiten',
    newer: '← Neuere',
    older: 'Ältere →',
    emptyHeading: 'Noch hat niemand etwas gezeigt',
    empty:
      'Deiner könnte der erste sein: Wähl ein Foto aus, sieh dir den 3D-Kopf an und teil ihn, wenn er dir gefällt.',
    endHeading: 'Hier kommt nichts mehr',
    end: 'Du bist am Ende der Galerie.',
    ogTitle: 'Galerie der 3D-Köpfe',
    description:
      'Fotorealistische 3D-Köpfe und 3D-Gesichter, im Browser aus einem einzigen Foto gemacht und freiwillig gezeigt.',
    in3d: (title) => `${title} in 3D`,
  },

  front: {
    title: 'FaceRefiner: Aus einem Foto wird ein 3D-Kopf',
    description:
      'Mach aus dem Foto eines Gesichts einen 3D-Kopf mit Textur und Haaren, in deinem Browser. Das Foto verlässt dein Gerät nie, außer du teilst es.',
  },
  card: 'Das Foto eines Gesichts und daneben, zur Seite gedreht, der 3D-Kopf, der daraus entstanden ist.',

  how: {
    heading: 'Wie es geht',
    description:
      'Was mit deinem Foto geschieht, wie daraus ein 3D-Kopf wird, und was dieser Kopf sein kann und was nicht.',
    photo: {
      heading: 'Was mit deinem Foto geschieht',
      words: [
        'Es bleibt auf deinem Gerät. Die Seite lädt die Netze, die sie braucht, und dein eigener Grafik- oder Hauptprozessor macht die ganze Arbeit.',
        'Nichts wird gesendet, bis du ein Ergebnis teilst: Dann führt die Seite zuerst jede Datei auf und fragt. Das Foto selbst geht nur mit, wenn du es ankreuzt. Was mitten in der Arbeit abbrach, behält dieser Browser, bis du weitermachst oder es verwirfst.',
      ],
    },
    method: {
      heading: 'Wie daraus ein Kopf wird',
      words: [
        'Ein Netz findet 478 Punkte des Gesichts; sie sagen, welche Form es hat und wohin es blickt. Auf diese Form wird das Foto gelegt, wo es die Haut gut genug zeigt.',
        'Was es nicht zeigt, wird zuerst aus der anderen Seite des Gesichts und aus der Haut ringsum gefüllt. Dann macht die Verfeinerung dort die Einzelheiten neu, nach der Art der Haut, die zu sehen ist; was das Foto zeigt, bleibt, wie es ist.',
        'Der übrige Kopf ist ein üblicher, an dieses Gesicht und an den Umriss im Foto angepasst. Seine Haut nimmt die des Fotos, wo sie zu sehen ist, und sonst den Ton des Gesichts; seine Haare sind von zehn Frisuren die ähnlichste, in der Farbe des Fotos.',
      ],
    },
    paper: 'Das Verfahren ist FaceRefiner, und dies ist eine unabhängige Umsetzung davon:',
    limits: {
      heading: 'Was es nicht tut',
      words: [
        'Was das Foto nicht zeigt, kann es nicht wissen. Dieser Teil ist erraten, so dass er passt, und kein Beweis dafür, wie jemand aussieht.',
        'Gemessen ist das Gesicht, der übrige Kopf nicht: Schädel, Ohren und Hals sind wahrscheinliche, und die Haare sind eine passende Frisur, nicht deine Strähne für Strähne. Wo das Foto für einen Kopf zu wenig zeigt, gibt es das Gesicht allein. Es erkennt niemanden, und es macht niemanden schöner.',
      ],
    },
  },

  message: {
    makeYourOwn: 'Einen eigenen Kopf machen',
    seeGallery: 'Zur Galerie',
    readApi: 'Mehr zur API',
    nothingHeading: 'Hier ist nichts',
    nothing:
      'Vielleicht ist die Adresse vertippt, oder was hier war, ist umgezogen. Vielleicht hilft eins davon weiter:',
    notAllowed: 'Diese Adresse lässt sich lesen und kann sonst nichts.',
    forProgramsHeading: 'Diese Adresse ist für Programme',
    forPrograms:
      'Auf die Frage eines Browsers hat sie keine Antwort. Was sie annimmt, steht in der Beschreibung der API.',
    notFoundHeading: 'Hier ist kein Ergebnis',
    notFound:
      'Vielleicht ist die Adresse vertippt, oder das Ergebnis ist abgelaufen oder wurde gelöscht. Was gelöscht ist, kommt nicht wieder.',
    takenDownHeading: 'Dieses Ergebnis wurde entfernt',
    takenDown:
      'Es verstieß gegen die Regeln oder zeigte jemanden, der damit nicht einverstanden war. Es kommt nicht wieder.',
    failedHeading: 'Das hat nicht geklappt',
    failed: 'Bei uns ist etwas nicht in Ordnung. Versuch es gleich noch einmal.',
    badReport: (longest) =>
      `Die Meldung ist unvollständig oder zu lang. Geh zurück, wähle aus, was nicht stimmt, und schreib höchstens ${whole(longest)} Zeichen.`,
    badCursor: 'Das ist keine Seite der Galerie. Fang am besten vorne an.',
    tooMany: (seconds) => `Das waren zu viele Anfragen. Versuch es in ${duration(seconds)} noch einmal.`,
    notConfigured:
      'Dieser Dienst nimmt noch keine Uploads und keine Meldungen an. Wer ihn betreibt, muss ihn erst einrichten.',
    noCheck: 'Bei diesem Dienst gibt es keine Prüfung.',
    refused:
      'Diese Anfrage kam nicht von einer Seite dieses Dienstes. Geh zurück, lade die Seite neu und versuch es noch einmal.',
  },

  check: {
    heading: 'Eine kurze Prüfung',
    words: 'Sie hält Roboter von diesem Dienst fern. Danach schließt sich dieses Fenster von selbst.',
    failed: 'Die Prüfung ließ sich nicht laden. Schließ dieses Fenster und versuch es noch einmal.',
    done: 'Danke. Du kannst dieses Fenster schließen.',
  },
}
