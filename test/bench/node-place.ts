import { diskStore } from '../../client/runtime/disk.ts'
import { nodeRuntime } from '../../client/runtime/node.ts'
import { megabytes, type Place } from './place.ts'

/** onnxruntime-node in this process. */
export async function nodePlace(threads?: number): Promise<Place> {
  return {
    runtime: await nodeRuntime({ threads }),
    store: diskStore(),
    meter: {
      peakMb: () => megabytes(process.resourceUsage().maxRSS * 1024),
      heldMb: () => {
        const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
        return { process: megabytes(rss), heap: megabytes(heapUsed), arrays: megabytes(arrayBuffers) }
      },
      device: () => null,
      cpuMs: () => {
        const { user, system } = process.cpuUsage()
        return (user + system) / 1000
      },
    },
  }
}
