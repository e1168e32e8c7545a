/** Programs that a visitor may take the 3D file to, and what to type there; what to do is in guide-texts.ts. */

export const programNames = [
  ...(['blender', 'unity', 'unreal', 'godot'] as const),
  ...(['three', 'modelViewer', 'phone'] as const),
] as const
export type ProgramName = (typeof programNames)[number]

export interface Program {
  title: string
  /** The version in which the steps were carried out; null: they were not. */
  tried: string | null
  /** To be copied. @param file `head` or `face`: the 3D file's name, without its ending */
  snippet?: (file: string) => string
}

export const programs: Record<ProgramName, Program> = {
  blender: { title: 'Blender', tried: 'Blender 3.4.1 (headless)' },
  unity: { title: 'Unity', tried: null },
  unreal: { title: 'Unreal Engine', tried: null },
  godot: { title: 'Godot', tried: 'Godot 3.2.3 (headless)' },
  three: { title: 'three.js', tried: 'three.js r187', snippet: threeSnippet },
  modelViewer: { title: '<model-viewer>', tried: '<model-viewer> 4.4.0', snippet: modelViewerSnippet },
  phone: { title: 'AR', tried: null, snippet: phoneSnippet },
}

function threeSnippet(file: string): string {
  return `import { PerspectiveCamera, Scene, WebGLRenderer } from 'three'
import { OrbitControls } from 'three/addons/controls/OrbitControls.js'
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js'

const renderer = new WebGLRenderer({ antialias: true, alpha: true })
renderer.setSize(innerWidth, innerHeight)
document.body.append(renderer.domElement)

// In metres; the face looks along +Z.
const camera = new PerspectiveCamera(25, innerWidth / innerHeight, 0.1, 10)
camera.position.set(0, -0.1, 1.6)
const controls = new OrbitControls(camera, renderer.domElement)
controls.target.set(0, -0.1, 0)
controls.update()

const scene = new Scene()
scene.add((await new GLTFLoader().loadAsync('${file}.glb')).scene)
renderer.setAnimationLoop(() => renderer.render(scene, camera))
`
}

function modelViewerSnippet(file: string): string {
  return `<script type="module" src="model-viewer.min.js"></script>
<model-viewer
  src="${file}.glb"
  ios-src="${file}.usdz"
  alt="A ${file} in 3D"
  camera-controls
  ar
  style="width: 100%; height: 30rem"
></model-viewer>
`
}

/** Quick Look opens a link whose only child is a picture. */
function phoneSnippet(file: string): string {
  return `<a rel="ar" href="${file}.usdz"><img src="${file}.jpg" alt="Look at it in your room"></a>
`
}
