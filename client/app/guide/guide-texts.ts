import type { Language } from '../texts/index.ts'
import type { ProgramName } from './programs.ts'

export interface GuideTexts {
  heading: string
  lead: string
  /** @param version program and version */
  tried: (version: string) => string
  notTried: string
  copy: string
  copied: string
  /** Names instead of those that programs have by themselves. */
  phone: string
  /** What to do there, in three steps. @param file `head` or `face` */
  steps: (file: string) => Record<ProgramName, readonly [string, string, string]>
}

const en: GuideTexts = {
  heading: 'What now?',
  lead: 'Every file is in metres, Y up, and looks along +Z. The photo’s light is in the texture: programs show a GLB as it is, without lighting it again. A head’s GLB moves by name: 51 expressions as ARKit calls them, 15 visemes, the bones Neck and Head.',
  tried: (version) => `We did this with ${version}.`,
  notTried: 'We have not tried this one ourselves.',
  copy: 'Copy',
  copied: 'Copied',
  phone: 'Phone (AR)',
  steps: (file) => ({
    blender: [
      `File > Import > glTF 2.0: choose ${file}.glb.`,
      'Press Z and choose Material Preview to see the texture. Rendering needs no lamp.',
      'To light it anew, download the OBJ instead, unzip it and choose File > Import > Wavefront (.obj).',
    ],
    unity: [
      'Window > Package Manager > + > Install package by name: com.unity.cloud.gltfast.',
      `Drag ${file}.glb into the Assets folder.`,
      'Drag it from there into the scene. One unit is a metre.',
    ],
    unreal: [
      `Drag ${file}.glb into the Content Browser.`,
      'Import it with the settings that are offered: metres become centimetres.',
      'Drag the static mesh into the level.',
    ],
    godot: [
      `Copy ${file}.glb into the project’s folder: Godot imports it.`,
      'Drag it from the FileSystem dock into the scene.',
      'Godot 3 only: in its materials turn on Flags > Unshaded, and for hair Vertex Color > Use As Albedo. Godot 4 reads both from the file.',
    ],
    three: [
      'npm install three',
      `Put ${file}.glb where your page finds it.`,
      'Use this as the page’s module. A GLB with KTX2 needs a KTX2Loader as well.',
    ],
    modelViewer: [
      'npm install @google/model-viewer, and put dist/model-viewer.min.js of it beside your page.',
      `Put ${file}.glb there as well, and ${file}.usdz for iPhones.`,
      'Put this into your page.',
    ],
    phone: [
      'iPhone or iPad: download as USDZ, on the device or on a computer from which you send it there.',
      'Open it in Files or Mail and choose AR: it stands in the room, life-size.',
      'On a page of your own a link opens it (below); for Android take <model-viewer> (above).',
    ],
  }),
}

const de: GuideTexts = {
  heading: 'Und jetzt?',
  lead: 'Alle Dateien sind in Metern, Y nach oben, und schauen entlang +Z. Das Licht des Fotos steckt in der Textur: Programme zeigen eine GLB, wie sie ist, und beleuchten sie nicht noch einmal. Das GLB eines Kopfes lässt sich beim Namen bewegen: 51 Ausdrücke, wie ARKit sie nennt, 15 Viseme, die Knochen Neck und Head.',
  tried: (version) => `Wir haben das mit ${version} gemacht.`,
  notTried: 'Das haben wir selbst noch nicht ausprobiert.',
  copy: 'Kopieren',
  copied: 'Kopiert',
  phone: 'Telefon (AR)',
  steps: (file) => ({
    blender: [
      `Datei > Importieren > glTF 2.0: ${file}.glb wählen.`,
      'Z drücken und Materialvorschau wählen, um die Textur zu sehen. Zum Rendern braucht es keine Lampe.',
      'Um neu zu beleuchten, lade stattdessen die OBJ, entpacke sie und wähle Datei > Importieren > Wavefront (.obj).',
    ],
    unity: [
      'Window > Package Manager > + > Install package by name: com.unity.cloud.gltfast.',
      `${file}.glb in den Ordner Assets ziehen.`,
      'Von dort in die Szene ziehen. Eine Einheit ist ein Meter.',
    ],
    unreal: [
      `${file}.glb in den Content Browser ziehen.`,
      'Mit den angebotenen Einstellungen importieren: Aus Metern werden Zentimeter.',
      'Das Static Mesh in das Level ziehen.',
    ],
    godot: [
      `${file}.glb in den Ordner des Projekts kopieren: Godot importiert sie.`,
      'Aus dem Dateisystem-Dock in die Szene ziehen.',
      'Nur Godot 3: In den Materialien Flags > Unshaded einschalten, bei Haaren auch Vertex Color > Use As Albedo. Godot 4 liest beides aus der Datei.',
    ],
    three: [
      'npm install three',
      `${file}.glb dorthin legen, wo deine Seite sie findet.`,
      'Das hier als Modul der Seite nehmen. Eine GLB mit KTX2 braucht auch einen KTX2Loader.',
    ],
    modelViewer: [
      'npm install @google/model-viewer, und dist/model-viewer.min.js daraus neben deine Seite legen.',
      `Auch ${file}.glb dorthin legen, und ${file}.usdz für iPhones.`,
      'Das hier in deine Seite setzen.',
    ],
    phone: [
      'iPhone oder iPad: als USDZ herunterladen, auf dem Gerät oder auf einem Rechner, von dem du sie dorthin schickst.',
      'In Dateien oder Mail öffnen und AR wählen: In Lebensgröße steht sie im Raum.',
      'Auf einer eigenen Seite öffnet sie ein Link (unten); für Android nimm <model-viewer> (oben).',
    ],
  }),
}

export const guideTexts: Record<Language, GuideTexts> = { en, de }
