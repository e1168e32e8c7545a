import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { capture } from '../../../../client/capture/capture.ts'
import { decodePhoto } from '../../../../client/cli/decode.ts'
import type { Capture } from '../../../../client/face/types.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'
import { distFolder, root } from '../../../../models/paths.ts'
import {
  cosine,
  fivePoints,
  identityOf,
  identityOfPhoto,
  identityRender,
  type Point,
} from '../../../evaluation/metrics/identity.ts'

const size = 256
const others = join(root, '..', 'shared', 'photos')
interface Captured extends Capture {
  photo: Photo
}
const captureOf = async (path: string): Promise<Captured> => {
  const photo = await decodePhoto(path)
  return { ...(await capture(photo, { store: diskStore(), size })), photo }
}
const ofPhoto = ({ photo, landmarks }: Captured) => identityOfPhoto(photo, landmarks)
const ofRender = ({ mesh, content }: Capture, yaw = 0) => identityRender(mesh, content, size, { yaw })

describe.skipIf(!existsSync(join(distFolder, 'manifest.json')))('identity (needs npm run models)', () => {
  let astronaut: Captured
  let identity: Float32Array
  beforeAll(async () => {
    astronaut = await captureOf(join(root, 'client', 'app', 'sample', 'astronaut.png'))
    identity = await ofPhoto(astronaut)
  }, 60_000)

  it('is a unit vector of 256 numbers', () => {
    expect(identity).toHaveLength(256)
    expect(cosine(identity, identity)).toBeCloseTo(1, 6)
    expect(Math.hypot(...identity)).toBeCloseTo(1, 5)
  })

  it('knows the person in a render of the captured face, frontal and turned', async () => {
    const frontal = cosine(identity, await ofRender(astronaut))
    expect(frontal).toBeGreaterThan(0.58)
    for (const yaw of [-30, 30]) {
      const turned = cosine(identity, await ofRender(astronaut, yaw))
      expect(turned).toBeGreaterThan(0.4)
      expect(turned).toBeLessThan(frontal)
    }
  })

  it('does not care where in the picture a face is, how it is turned and how large it is', async () => {
    const { width, height, data } = astronaut.photo
    // A quarter turn clockwise, every pixel twice as large.
    const picture = { width: 2 * height, height: 2 * width, rgb: new Float32Array(12 * width * height) }
    for (let i = 0; i < 4 * width * height; i++) {
      const [x, y] = [Math.floor((i % picture.width) / 2), Math.floor(i / picture.width / 2)]
      const from = 4 * ((height - 1 - x) * width + y)
      for (let c = 0; c < 3; c++) picture.rgb[3 * i + c] = data[from + c] / 255
    }
    const points = fivePoints(astronaut.landmarks, 3).map(([x, y]): Point => [2 * (height - y), 2 * x])
    expect(cosine(identity, await identityOf(picture, points))).toBeGreaterThan(0.97)
  })

  it.skipIf(!existsSync(others))('tells people apart (needs ../shared/photos)', async () => {
    const captures = [astronaut]
    for (const name of ['sally-ride', 'ellen-ochoa'])
      captures.push(await captureOf(join(others, `${name}.jpg`)))
    const photos = await Promise.all(captures.map(ofPhoto))
    const renders = await Promise.all(captures.map((captured) => ofRender(captured)))
    renders.forEach((render, i) => {
      photos.forEach((photo, j) => {
        if (i === j) expect(cosine(render, photo)).toBeGreaterThan(0.55)
        else expect(cosine(render, photo)).toBeLessThan(0.3)
      })
    })
  })
})
