import { CommandError } from '../../../client/cli/command-error.ts'
import type { Sample } from '../types.ts'
import { contents, imageFiles, needFolder, stem } from './image-files.ts'

/**
 * Degrees of yaw at which each of Multi-PIE's 13 cameras at head height sees a person who looks at camera 05_1 (Gross et
 * al. 2010: 15 degrees apart). Signs as in `Pose`: yaw > 0 looks towards the image's right, that is, the camera sees
 * more of the person's right cheek. That 24_0 is the right profile and 11_0 the left is taken from the published
 * protocols for this data set, not from its pictures: check one picture before quoting a side.
 */
export const cameraYaw: Readonly<Record<string, number>> = {
  ...{ '110': -90, '120': -75, '090': -60, '080': -45, '130': -30, '140': -15, '051': 0 },
  ...{ '050': 15, '041': 30, '190': 45, '200': 60, '010': 75, '240': 90 },
}

/** What all cameras saw at one moment. */
export interface Group {
  subject: string
  session: string
  /** Number of the recording: expressions differ between them, 01 is neutral. */
  recording: string
  /** Number of the flash; 07 is the one at camera 05_1, 00 and 19 are none. */
  light: string
  /** By three digits: `051` for camera 05_1. */
  byCamera: Map<string, Sample>
}

export interface Pair {
  group: Group
  from: Sample
  to: { camera: string; yaw: number; sample: Sample }[]
}

const pattern = /^(\d{3})_(\d{2})_(\d{2})_(\d{3})_(\d{2})(?:_crop.*)?$/

/**
 * Multi-PIE by its file names, `subject_session_recording_camera_light`: the real tree
 * (`session01/multiview/001/01/05_1/001_01_01_051_06.png`) or any folder of such names. Other files are passed over, and
 * so are the two ceiling cameras 08_1 and 19_1.
 *
 * @throws CommandError where there is no such name.
 */
export async function multiPie(dir: string): Promise<Group[]> {
  await needFolder(dir)
  const groups = new Map<string, Group>()
  for (const path of await imageFiles(dir)) {
    const parts = pattern.exec(stem(path))
    if (!parts || !(parts[4] in cameraYaw)) continue
    const [, subject, session, recording, camera, light] = parts
    const key = [subject, session, recording, light].join('_')
    const group = groups.get(key) ?? { subject, session, recording, light, byCamera: new Map() }
    if (!group.byCamera.has(camera)) group.byCamera.set(camera, { name: stem(path), subject, path })
    groups.set(key, group)
  }
  if (groups.size === 0) {
    throw new CommandError(
      `${dir} is not Multi-PIE: looked for names such as session01/multiview/001/01/05_1/001_01_01_051_06.png, found ${await contents(dir)}. The data set is licensed by Carnegie Mellon University (The CMU Multi-PIE Face Database).`,
    )
  }
  return [...groups.values()]
}

export interface PairOptions {
  /** Camera whose picture is sampled. Default: `051`, frontal. */
  from?: string
  /** Cameras whose pictures the result is compared with. Default: 15 and 30 degrees to both sides. */
  to?: string[]
  /** Only this flash. Default: all. */
  light?: string
}

/**
 * Pictures to sample, each with those to compare at. A camera that a group lacks is left out, and so is a group without
 * `from` or without any of `to`.
 *
 * @throws CommandError where a camera is none of Multi-PIE's, or where nothing is left.
 */
export function pairs(groups: Group[], options: PairOptions = {}): Pair[] {
  const { from = '051', to = ['130', '140', '050', '041'], light } = options
  const unknown = [from, ...to].filter((camera) => !(camera in cameraYaw))
  if (unknown.length > 0) {
    throw new CommandError(
      `Multi-PIE has no camera ${unknown.join(', ')} at head height: choose from ${Object.keys(cameraYaw).sort().join(', ')}.`,
    )
  }
  const found = groups
    .filter((group) => light === undefined || group.light === light)
    .flatMap((group): Pair[] => {
      const sample = group.byCamera.get(from)
      const others = to
        .filter((camera) => camera !== from && group.byCamera.has(camera))
        .map((camera) => ({ camera, yaw: cameraYaw[camera], sample: group.byCamera.get(camera)! }))
      return sample && others.length > 0 ? [{ group, from: sample, to: others }] : []
    })
  if (found.length === 0) {
    const lit = light === undefined ? '' : ` under light ${light}`
    const cameras = [...new Set(groups.flatMap((group) => [...group.byCamera.keys()]))].sort()
    throw new CommandError(
      `No moment was seen by camera ${from} and one of ${to.join(', ')}${lit}: the pictures are from ${cameras.join(', ')}.`,
    )
  }
  return found
}
