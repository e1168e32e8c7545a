import { captureLocated } from '../../client/capture/capture.ts'
import { chooseFace } from '../../client/capture/find/choose-face.ts'
import { locateFace } from '../../client/capture/locate/locate-face.ts'
import { decodePhoto } from '../../client/cli/decode.ts'
import { completeHead } from '../../client/head/complete-head.ts'
import { hairStyles } from '../../client/head/hair/hair-style.ts'
import { headInPhoto } from '../../client/head/head-in-photo.ts'
import { headKit } from '../../client/head/kit.ts'
import { diskStore } from '../../client/runtime/disk.ts'
import { commandLine } from '../../worker/dev/command-line.ts'

const { values, positionals } = commandLine(
  `node test/bench/head.ts [PHOTO] [--sizes 256,512,1024] [--calls 3]

CPU milliseconds that the whole head of a captured face takes, the middle of some calls after the first: one line of JSON.
Without a photo, the sample's.`,
  {
    sizes: { type: 'string', default: '256,512,1024' },
    calls: { type: 'string', default: '3' },
  },
  { words: 1 },
)
const [path = 'client/app/sample/astronaut.png'] = positionals
const store = diskStore()
const photo = await decodePhoto(path)
const { face } = await chooseFace(photo, 0, { store })
const located = await locateFace(photo, face, { store })
const kit = await headKit(store)
// Loading is not what is measured.
for (const style of hairStyles) await kit.style(style)

const heads = []
for (const size of values.sizes.split(',').map(Number)) {
  const capture = captureLocated(photo, located, { size })
  const { content } = capture
  const calls: number[][] = []
  let hair: string | null = null
  for (let call = 0; call <= Number(values.calls); call++) {
    const seen = await milliseconds(() => headInPhoto(capture, { photo, person: located.person }, kit))
    const complete = await milliseconds(() => completeHead(seen.made, content))
    hair = complete.made.hair?.style ?? null
    const sameKind = hair === 'long01' ? 'bob01' : 'short01'
    const otherStyle = await milliseconds(() => completeHead(seen.made, content, { hair: sameKind }))
    const bald = await milliseconds(() => completeHead(seen.made, content, { hair: 'none' }))
    calls.push([seen.cpu, complete.cpu, otherStyle.cpu, bald.cpu])
  }
  const [whatPhotoShows, head, otherStyle, bald] = [0, 1, 2, 3].map((stage) => {
    const sorted = calls.slice(1).map((call) => call[stage])
    return Math.round(sorted.sort((a, b) => a - b)[Math.floor(sorted.length / 2)])
  })
  heads.push({ size, hair, whatPhotoShows, head, otherStyle, bald })
}
console.log(
  JSON.stringify({
    photo: path,
    /** CPU milliseconds of `headInPhoto`, of `completeHead` on it, and of it again with other hair. */
    heads,
    /** Peak of the whole process, the capture's networks included. */
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
)

async function milliseconds<T>(make: () => T | Promise<T>): Promise<{ made: T; cpu: number }> {
  const before = process.cpuUsage()
  const made = await make()
  const { user, system } = process.cpuUsage(before)
  return { made, cpu: (user + system) / 1000 }
}
