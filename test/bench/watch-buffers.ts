/** What a GPU holds and was given to do. */
export interface WatchedBuffers {
  /** Alive. */
  alive: number
  bytes: number
  /** The most that were alive at once. */
  peakBytes: number
  dispatches: number
  /** Of the buffers that dispatches were bound to, each as often as it was. */
  boundBytes: number
}

/** Counts what is asked of a device from now on, by whomever. */
export function watchBuffers(device: GPUDevice): WatchedBuffers {
  const watched: WatchedBuffers = { alive: 0, bytes: 0, peakBytes: 0, dispatches: 0, boundBytes: 0 }
  const alive = new Set<GPUBuffer>()
  /** Bytes that a group binds. */
  const groups = new WeakMap<GPUBindGroup, number>()

  const createBuffer = device.createBuffer.bind(device)
  device.createBuffer = (descriptor) => {
    const buffer = createBuffer(descriptor)
    alive.add(buffer)
    watched.alive = alive.size
    watched.bytes += buffer.size
    watched.peakBytes = Math.max(watched.peakBytes, watched.bytes)
    const destroy = buffer.destroy.bind(buffer)
    buffer.destroy = () => {
      if (alive.delete(buffer)) watched.bytes -= buffer.size
      watched.alive = alive.size
      return destroy()
    }
    return buffer
  }

  const createBindGroup = device.createBindGroup.bind(device)
  device.createBindGroup = (descriptor) => {
    const group = createBindGroup(descriptor)
    const resources = [...descriptor.entries].map(({ resource }) => resource as GPUBufferBinding | GPUBuffer)
    groups.set(
      group,
      resources.reduce((sum, resource) => sum + boundBytes(resource), 0),
    )
    return group
  }

  const createCommandEncoder = device.createCommandEncoder.bind(device)
  device.createCommandEncoder = (descriptor) => {
    const encoder = createCommandEncoder(descriptor)
    const beginComputePass = encoder.beginComputePass.bind(encoder)
    encoder.beginComputePass = (descriptor) => {
      const pass = beginComputePass(descriptor)
      const bound = new Map<number, number>()
      const setBindGroup = pass.setBindGroup.bind(pass) as (...parameters: unknown[]) => undefined
      pass.setBindGroup = (index: number, group: GPUBindGroup | null, ...rest: unknown[]) => {
        bound.set(index, (group && groups.get(group)) ?? 0)
        return setBindGroup(index, group, ...rest)
      }
      for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const) {
        const dispatch = pass[name].bind(pass) as (...parameters: unknown[]) => undefined
        pass[name] = (...parameters: unknown[]) => {
          watched.dispatches++
          for (const bytes of bound.values()) watched.boundBytes += bytes
          return dispatch(...parameters)
        }
      }
      return pass
    }
    return encoder
  }
  return watched
}

function boundBytes(resource: GPUBufferBinding | GPUBuffer): number {
  if (!('buffer' in resource)) return resource.size ?? 0
  return resource.size ?? resource.buffer.size - (resource.offset ?? 0)
}
