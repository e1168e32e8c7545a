import { Document } from '@gltf-transform/core'
import { describe, expect, it } from 'vitest'
import { expressionNames } from '../../../client/head/expressions/names.ts'
import { addAnimation, type HeadAnimation } from '../../../client/result/head-animation.ts'
import { targetNames } from '../../../client/result/morph-targets.ts'
import { createRig } from '../../../client/result/rig.ts'
import { simpleAnimation } from '../../support/head-movement.ts'

function written(animation: HeadAnimation) {
  const document = new Document()
  const buffer = document.createBuffer()
  const rig = createRig(document, buffer, { neck: [0, -12, -3], head: [0, -5, -1] })
  const meshes = ['head', 'teeth'].map((name) => document.createNode(name))
  addAnimation(document, buffer, animation, meshes, rig)
  return document.getRoot().listAnimations()[0]
}
const jaw = targetNames.indexOf('jawOpen')
const frames = 91
const width = expressionNames.length

describe('addAnimation', () => {
  it('drives all meshes by one sampler, and each bone by its own', () => {
    const animation = written(simpleAnimation())
    const channels = animation
      .listChannels()
      .map((channel) => [
        channel.getTargetNode()!.getName(),
        channel.getTargetPath(),
        animation.listSamplers().indexOf(channel.getSampler()!),
      ])
    expect(channels).toEqual([
      ['head', 'weights', 0],
      ['teeth', 'weights', 0],
      ['Neck', 'rotation', 1],
      ['Head', 'rotation', 2],
    ])
    const [weights] = animation.listSamplers()
    expect(weights.getOutput()!.getCount()).toBe(weights.getInput()!.getCount() * targetNames.length)
  })

  it('leaves out frames that lie on the line between others', () => {
    const straight = simpleAnimation(frames)
    straight.turns = undefined
    for (const [i, time] of straight.times.entries())
      straight.weights.fill(0.5 - Math.abs(time - 0.5), i * width, (i + 1) * width)
    const [sampler] = written(straight).listSamplers()
    expect([...sampler.getInput()!.getArray()!]).toEqual([0, 0.5, 1])
    expect(sampler.getOutput()!.getArray()![targetNames.length + jaw]).toBe(0.5)
  })

  it('keeps what bends: nothing is more than a 200th away', () => {
    const animation = simpleAnimation(frames)
    const [sampler] = written(animation).listSamplers()
    const times = sampler.getInput()!.getArray()!
    const output = sampler.getOutput()!.getArray()!
    expect(times.length).toBeLessThan(frames)
    for (const [i, time] of animation.times.entries()) {
      const next = Math.max(
        1,
        times.findIndex((kept) => kept >= time),
      )
      const share = (time - times[next - 1]) / (times[next] - times[next - 1])
      const [a, b] = [next - 1, next].map((frame) => output[frame * targetNames.length + jaw])
      const given = animation.weights[i * width + expressionNames.indexOf('jawOpen')]
      expect(Math.abs(a + share * (b - a) - given)).toBeLessThan(1 / 200)
    }
  })

  it('cuts weights to 0..1 and makes turns turns', () => {
    const animation = simpleAnimation(2)
    animation.weights.fill(1.5, 0, width).fill(-1, width)
    animation.turns!.head.set([0, 2, 0, 0, 0, 0, 0, 0])
    const [weights, , head] = written(animation)
      .listSamplers()
      .map((sampler) => [...sampler.getOutput()!.getArray()!])
    expect(weights.slice(0, width)).toEqual(new Array(width).fill(1))
    expect(weights.slice(width)).toEqual(new Array(2 * targetNames.length - width).fill(0))
    expect(head).toEqual([0, 1, 0, 0, 0, 0, 0, 1])
  })

  it.each<[string, (animation: HeadAnimation) => Partial<HeadAnimation>, string]>([
    ['no frames', () => ({ times: new Float32Array() }), 'for each of its 0 times'],
    ['too few weights', ({ weights }) => ({ weights: weights.slice(width) }), 'it has them for 4, 5, 5'],
    [
      'a number that is none',
      () => ({ weights: new Float32Array(5 * width).fill(Number.NaN) }),
      'not finite',
    ],
    ['times that stand still', ({ times }) => ({ times: times.fill(0.5) }), 'do not ascend'],
    ['times before 0', ({ times }) => ({ times: times.map((time) => time - 0.5) }), 'do not ascend'],
  ])('refuses %s', (_, change, message) => {
    const animation = simpleAnimation()
    expect(() => written({ ...animation, ...change(animation) })).toThrow(message)
  })
})
