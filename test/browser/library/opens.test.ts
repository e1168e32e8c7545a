import modelViewer from '@google/model-viewer/dist/model-viewer.min.js?url'
import {
  AmbientLight,
  Box3,
  type Mesh,
  type MeshBasicMaterial,
  OrthographicCamera,
  Scene,
  SRGBColorSpace,
  Vector3,
  WebGLRenderer,
} from 'three'
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js'
import { KTX2Loader } from 'three/addons/loaders/KTX2Loader.js'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { exportFace } from '../../../client/result/export-face.ts'
import { dome } from '../../unit/result/synthetic.ts'

// Software rendering, on a machine that may be busy with the rest of the suite.
vi.setConfig({ testTimeout: 120_000 })

/** Basis Universal's transcoder, as three.js brings it. */
const transcoder = '/node_modules/three/examples/jsm/libs/basis/'
const side = 64
/** Red grows to the right, green grows downwards. */
const texture = Float32Array.from({ length: side * side * 3 }, (_, k) => {
  const [x, y] = [Math.floor(k / 3) % side, Math.floor(k / 3 / side)]
  return [(x + 0.5) / side, (y + 0.5) / side, 0.4][k % 3]
})
const faceAs = async (format: 'png' | 'webp' | 'ktx2') =>
  (await exportFace({ mesh: dome(12), texture, size: 128, format })).file

const renderer = new WebGLRenderer({ preserveDrawingBuffer: true })
renderer.setSize(side, side, false)
const ktx2 = new KTX2Loader().setTranscoderPath(transcoder).detectSupport(renderer)
const loader = new GLTFLoader().setKTX2Loader(ktx2)
afterAll(() => {
  ktx2.dispose()
  renderer.dispose()
})

/** The colour of a pixel of a square rendered from the front, or from behind; from the top left, 0..255. */
function rendered(scene: Scene, x: number, y: number, from: 1 | -1): number[] {
  const camera = new OrthographicCamera(-0.1, 0.1, 0.1, -0.1, 0.1, 2)
  camera.position.z = from
  camera.lookAt(0, 0, 0)
  renderer.render(scene, camera)
  const gl = renderer.getContext()
  const pixel = new Uint8Array(4)
  gl.readPixels(x, side - 1 - y, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
  return [...pixel.subarray(0, 3)]
}

/** RGBA of the pixel in the middle of a picture. */
async function middleOf(picture: Blob): Promise<number[]> {
  const bitmap = await createImageBitmap(picture)
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d')!
  context.drawImage(bitmap, 0, 0)
  return [...context.getImageData(width >> 1, height >> 1, 1, 1).data]
}

describe.each(['png', 'webp', 'ktx2'] as const)('a face with a texture as %s', (format) => {
  test('opens in three.js: in metres, unlit, the right way up', async () => {
    const glb = await faceAs(format)
    const gltf = await loader.parseAsync(glb.buffer, '')
    const meshes: Mesh[] = []
    gltf.scene.traverse((object) => {
      if ('isMesh' in object) meshes.push(object as Mesh)
    })
    expect(meshes).toHaveLength(1)
    const [{ geometry }] = meshes
    expect(Object.keys(geometry.attributes).sort()).toEqual(['normal', 'position', 'uv'])
    const extent = new Box3().setFromObject(gltf.scene).getSize(new Vector3())
    expect(extent.x).toBeCloseTo(0.2, 5)
    expect(extent.y).toBeCloseTo(0.2, 5)

    const material = meshes[0].material as MeshBasicMaterial
    expect(material.type).toBe('MeshBasicMaterial')
    const map = material.map!
    const { width } = map.image as { width: number }
    expect([map.colorSpace, map.flipY, width]).toEqual([SRGBColorSpace, false, 128])
    if (format === 'ktx2') expect(map.mipmaps).toHaveLength(8)

    const scene = new Scene()
    scene.add(gltf.scene, new AmbientLight(0xffffff, 0))
    for (const [x, y] of [
      [12, 12],
      [50, 12],
      [12, 50],
      [50, 50],
    ]) {
      for (const from of [1, -1] as const) {
        // From behind left is right, as through a pane of glass.
        const across = from === 1 ? x : side - 1 - x
        const expected = [(across + 0.5) * (255 / side), (y + 0.5) * (255 / side), 0.4 * 255]
        rendered(scene, x, y, from).forEach((value, c) => {
          expect(Math.abs(value - expected[c])).toBeLessThan(6)
        })
      }
    }
  })

  test('loads in <model-viewer>, with no error, and is seen from behind as well', async () => {
    await import(/* @vite-ignore */ modelViewer)
    const Viewer = customElements.get('model-viewer') as CustomElementConstructor & {
      ktx2TranscoderLocation: string
    }
    Viewer.ktx2TranscoderLocation = transcoder
    const viewer = document.createElement('model-viewer') as HTMLElement & {
      src: string
      loaded: boolean
      getDimensions(): { x: number }
      jumpCameraToGoal(): void
      toBlob(): Promise<Blob>
    }
    viewer.style.cssText = 'width: 128px; height: 128px'
    document.body.appendChild(viewer)
    const url = URL.createObjectURL(new Blob([await faceAs(format)], { type: 'model/gltf-binary' }))
    try {
      await new Promise<void>((resolve, reject) => {
        viewer.addEventListener('load', () => resolve())
        viewer.addEventListener('error', (event) =>
          reject(new Error(JSON.stringify((event as unknown as CustomEvent).detail))),
        )
        viewer.src = url
      })
      expect(viewer.loaded).toBe(true)
      expect(viewer.getDimensions().x).toBeCloseTo(0.2, 4)
      for (const azimuth of [0, 135, 180]) {
        viewer.setAttribute('camera-orbit', `${azimuth}deg 90deg auto`)
        viewer.jumpCameraToGoal()
        await expect
          .poll(async () => (await middleOf(await viewer.toBlob()))[3], { timeout: 30_000 })
          .toBe(255)
      }
    } finally {
      viewer.remove()
      URL.revokeObjectURL(url)
    }
  })
})
