import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { FaceFollower } from '../../../../client/app/puppet/face-follower.ts'
import { sampleCrop } from '../../../../client/capture/find/crop.ts'
import { type Networks, networks } from '../../../../client/capture/find/tfjs.ts'
import type { Photo } from '../../../../client/image/photo.ts'
import { diskStore } from '../../../../client/runtime/disk.ts'

let photo: Photo
let run: string[]
let nets: Networks
beforeAll(async () => {
  const sample = sharp(readFileSync(new URL('../../../../client/app/sample/astronaut.png', import.meta.url)))
  const { data, info } = await sample.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  photo = { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
  const real = await networks(diskStore())
  nets = {
    ...real,
    run(id, ...rest) {
      run.push(id)
      return real.run(id, ...rest)
    },
  }
})

async function see(follower: FaceFollower, film: Photo) {
  run = []
  return { landmarks: await follower.next((crop) => sampleCrop(film, crop, 256), film), run }
}

test('a face is searched for once, and then followed by one look a frame', async () => {
  const follower = new FaceFollower(nets)
  const first = await see(follower, photo)
  expect(first.run).toEqual(['blazeface', 'facemesh', 'facemesh'])
  const next = await see(follower, photo)
  expect(next.run).toEqual(['facemesh'])
  const empty = { ...photo, data: new Uint8ClampedArray(photo.data.length) }
  const gone = await see(follower, empty)
  expect(gone).toEqual({ landmarks: null, run: ['facemesh', 'blazeface'] })
  expect((await see(follower, photo)).run).toEqual(['blazeface', 'facemesh', 'facemesh'])
  for (let i = 0; i < 3 * 468; i++) expect(Math.abs(first.landmarks![i] - next.landmarks![i])).toBeLessThan(3)
})
