import { canonicalFace } from '../../../client/capture/mesh/canonical.ts'
import { faceMesh } from '../../../client/capture/mesh/face-mesh.ts'
import { rasterize } from '../../../client/capture/mesh/rasterize.ts'
import { type HeadMesh, headMesh } from '../../../client/head/head-mesh.ts'
import { kinds, type Regions } from '../../../client/head/regions.ts'
import { type HeadView, viewSize } from '../../../client/head/view.ts'
import { type LandmarkPlaces, landmarkPlaces } from '../../../client/head/view-places.ts'
import { diskStore } from '../../../client/runtime/disk.ts'
import { type Colour, drawnView, noisy, oval, placeOf } from './drawn-view.ts'
import { skull } from './hood.ts'

/** Heights on the canonical face, centimetres. */
export const eyes = 2.664
export const chin = -9.403

type Kind = (typeof kinds)[number]

export interface Looks {
  colours: Record<Kind, Colour>
  /** How far the hair stands off the skull, centimetres; default: 1.2. 0: bald. */
  thick?: number
  /** How far it falls below the chin on the image's left and right, centimetres; null (default): it does not fall. */
  falls?: readonly [left: number | null, right: number | null]
  /** Is it shown? Default: everywhere. */
  shown?(x: number, y: number): boolean
  /** Lies anything else there? */
  over?(x: number, y: number): Kind | null
}

export interface DrawnPerson {
  view: HeadView
  places: LandmarkPlaces
  head: HeadMesh
  /** P */
  drawn: Kind[]
  /** The same, as surely as can be. */
  regions: Regions
}

export const brown: Looks['colours'] = {
  skin: [205, 155, 130],
  hair: [62, 42, 30],
  cloth: [50, 80, 140],
  behind: [185, 190, 180],
}

let model: Promise<HeadMesh> | undefined

/** A person with the canonical face, straight before the camera. */
export async function drawnPerson(looks: Looks): Promise<DrawnPerson> {
  model ??= canonicalFace(diskStore()).then((canonical) => {
    const face = faceMesh(canonical.pos, canonical)
    return headMesh(skull(canonical), face, canonical)
  })
  const head = await model
  const drawn = Array.from({ length: viewSize.width * viewSize.height }, (_, i) =>
    kindOf(looks, ...placeOf(i)),
  )
  const noise = noisy(7)
  const view = drawnView({
    colour: (_x, _y, i) => noise(looks.colours[drawn[i]], roughness[drawn[i]]),
    shown: looks.shown,
    person: (_x, _y, i) => (drawn[i] === 'behind' ? 0 : 1),
  })
  return {
    ...{ view, head, drawn, places: landmarkPlaces(view, head.positions) },
    regions: drawnRegions(view, head, drawn),
  }
}

function drawnRegions(view: HeadView, head: HeadMesh, drawn: readonly Kind[]): Regions {
  const { triangle } = rasterize(view.project(head.positions), head.triangles, view.width, view.height)
  const [skin, hair, cloth, behind] = kinds.map((kind) =>
    Float32Array.from(view.shown, (shown, i) => (shown && drawn[i] === kind ? 1 : 0)),
  )
  return {
    ...{ skin, hair, cloth, behind },
    face: Uint8Array.from(triangle, (t) => (t >= 0 && t < head.faceTriangles ? 1 : 0)),
    head: Uint8Array.from(triangle, (t) => (t >= 0 ? 1 : 0)),
  }
}

/** Log units. */
const roughness: Record<Kind, number> = { skin: 0.03, hair: 0.2, cloth: 0.06, behind: 0.03 }

function kindOf({ thick = 1.2, falls = [null, null], over }: Looks, x: number, y: number): Kind {
  const put = over?.(x, y)
  if (put) return put
  const hairline = y > 7.2 - 0.03 * x * x && thick > 0
  if (oval(x, y, -0.3, 7.7, 9.1) && !hairline) return 'skin'
  // The skull is 16.4 cm wide, and its top lies 13 cm above the origin.
  if (y > 1 && oval(x, y, 3, 8.2 + thick, 10 + thick)) return thick > 0 ? 'hair' : 'skin'
  const end = falls[x < 0 ? 0 : 1]
  if (end !== null && y <= 1 && y > chin - end && Math.abs(x) > 5.5 && Math.abs(x) < 10) return 'hair'
  if (y < -4 && y > -15 && Math.abs(x) < 5.5) return 'skin'
  if (y < -11.5 - 0.2 * Math.abs(x) && Math.abs(x) < 19) return 'cloth'
  return 'behind'
}
