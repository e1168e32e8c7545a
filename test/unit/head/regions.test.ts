import { describe, expect, test } from 'vitest'
import { kinds, regionsOf } from '../../../client/head/regions.ts'
import { brown, drawnPerson, type Looks } from './drawn-person.ts'
import { oval, pixelAt, placeOf } from './drawn-view.ts'

/** Of what was drawn of each kind, which share is most surely of that kind. */
async function rightShares(looks: Looks): Promise<Record<string, number>> {
  const { view, places, head, drawn } = await drawnPerson(looks)
  const regions = regionsOf(view, head, places)
  const [right, all] = [new Map<string, number>(), new Map<string, number>()]
  for (let i = 0; i < view.shown.length; i++) {
    const surest = kinds.reduce((best, kind) => (regions[kind][i] > regions[best][i] ? kind : best))
    all.set(drawn[i], (all.get(drawn[i]) ?? 0) + 1)
    if (surest === drawn[i]) right.set(surest, (right.get(surest) ?? 0) + 1)
  }
  return Object.fromEntries([...all].map(([kind, count]) => [kind, (right.get(kind) ?? 0) / count]))
}

const people: Record<string, Looks['colours']> = {
  'brown hair': brown,
  'dark skin and dark hair': {
    skin: [96, 62, 46],
    hair: [26, 22, 20],
    cloth: [190, 60, 50],
    behind: [150, 160, 170],
  },
  'pale skin and fair hair': {
    skin: [236, 200, 184],
    hair: [205, 170, 110],
    cloth: [40, 44, 52],
    behind: [120, 140, 120],
  },
  'a black-and-white photo': {
    skin: [190, 190, 190],
    hair: [58, 58, 58],
    cloth: [110, 110, 110],
    behind: [225, 225, 225],
  },
}

describe('regionsOf', () => {
  test.each(Object.keys(people))('tells apart short hair: %s', async (name) => {
    const shares = await rightShares({ colours: people[name] })
    for (const kind of kinds) expect(shares[kind], kind).toBeGreaterThan(0.9)
  })

  test.each(Object.keys(people))('tells apart long hair: %s', async (name) => {
    const shares = await rightShares({ colours: people[name], falls: [4, 4] })
    for (const kind of kinds) expect(shares[kind], kind).toBeGreaterThan(0.9)
  })

  describe('beside the head', () => {
    /** Pixels above the ears, between so many centimetres from the skull. */
    const around = (drawn: readonly unknown[], from: number, to: number) =>
      [...drawn.keys()].filter((i) => {
        const [x, y] = placeOf(i)
        const [inner, outer] = [from, to].map((more) => oval(x, y, 3, 8.2 + more, 10 + more))
        return y > 1 && outer && !inner
      })

    test('believes the person mask where the scene looks like hair', async () => {
      const { view, places, head, drawn } = await drawnPerson({ colours: brown, thick: 4 })
      const person = view.person.slice()
      for (const i of around(drawn, 1.2, 4.2)) person[i] = 0
      const { behind } = regionsOf({ ...view, person }, head, places)
      const scene = around(drawn, 1.4, 4)
      expect(scene.filter((i) => behind[i] > 0.5).length / scene.length).toBeGreaterThan(0.9)
    })

    test('and the colours where the mask takes in some centimetres of the scene', async () => {
      const { view, places, head, drawn } = await drawnPerson({ colours: brown })
      const person = view.person.slice()
      for (const i of around(drawn, 0, 5)) person[i] = 1
      const { behind } = regionsOf({ ...view, person }, head, places)
      const scene = around(drawn, 3, 5)
      expect(scene.filter((i) => behind[i] > 0.5).length / scene.length).toBeGreaterThan(0.95)
    })
  })

  test('sees the skin of a bald head', async () => {
    const { skin } = await rightShares({ colours: brown, thick: 0 })
    expect(skin).toBeGreaterThan(0.9)
  })

  test('adds up to 1 where the photo shows something, and is 0 elsewhere', async () => {
    const { view, places, head } = await drawnPerson({ colours: brown })
    const half = { ...view, shown: view.shown.map((_, i) => (placeOf(i)[0] < 4 ? 1 : 0)) }
    const regions = regionsOf(half, head, places)
    const off = half.shown.findIndex((shown, i) => {
      const sum = kinds.reduce((total, kind) => total + regions[kind][i], 0)
      return Math.abs(sum - shown) > 1e-5
    })
    expect(off).toBe(-1)
  })

  test('knows where face and head lie', async () => {
    const { view, places, head } = await drawnPerson({ colours: brown })
    const { face, head: inHead } = regionsOf(view, head, places)
    const at = (x: number, y: number) => [face, inHead].map((mask) => mask[pixelAt(x, y)])
    expect(at(0, 0)).toEqual([1, 1])
    expect(at(0, 11)).toEqual([0, 1])
    expect(at(0, 14)).toEqual([0, 0])
    expect(at(12, 0)).toEqual([0, 0])
  })
})
