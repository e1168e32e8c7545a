import { describe, expect, it } from 'vitest'
import { knobs, turnKnobs } from '../../../client/refine/knobs.ts'
import { officially, presets } from '../../../client/refine/schedule.ts'

describe('turnKnobs', () => {
  it('changes what is named and nothing else', () => {
    const { paper } = presets
    expect(turnKnobs(paper, {})).toEqual(paper)
    expect(
      turnKnobs(paper, { remd: 'two-sided', noise: 'on', flips: '0.25', 'content-weight': '40' }),
    ).toEqual({
      ...paper,
      remd: 'two-sided',
      noise: true,
      flips: 0.25,
      weights: { ...paper.weights, content: 40 },
      settings: { remd: 'two-sided', noise: 'on', flips: '0.25', 'content-weight': '40' },
    })
    expect(turnKnobs(paper, { steps: '3', rate: '0.1', 'rate-per-texel': 'off' })).toMatchObject({
      scales: [
        { divisor: 2, steps: 3 },
        { divisor: 1, steps: 3 },
      ],
      optimizer: { kind: 'sgd', rate: 0.1, momentum: 0.9, perTexel: false },
    })
  })

  it('reaches every behaviour in which the official preset differs', () => {
    const settings = {
      sampling: 'grid',
      style: 'all',
      'content-mask': 'off',
      renderer: 'nearest-vertex',
      'round-end': 'stretched',
      'rate-per-texel': 'off',
    }
    const { settings: turned, ...preset } = turnKnobs(presets.paper, settings)
    expect(turned).toEqual(settings)
    expect({ ...preset, settings: { official: 'on' } }).toEqual(officially(presets.paper))
  })

  it.each([
    [{ stretch: 'on' }, /no setting "stretch"; there are rounds, steps/],
    [{ toString: 'on' }, /no setting "toString"/],
    [{ remd: 'both' }, /remd is "both"; it can be one-sided or two-sided/],
    [{ steps: '1.5' }, /steps is "1.5"; it can be a whole number from 1 to 10000/],
    [{ flips: '-1' }, /flips is "-1"; it can be 0 to 1/],
    [{ flips: '1e-1' }, /flips is "1e-1"/],
    [{ noise: '' }, /noise is ""; it can be on or off/],
    [{ 'rate-per-texel': 'off' }, /"draft" uses Adam/],
    [{ 'content-weight': '0', 'style-weight': '0' }, /nothing to optimise/],
  ])('refuses %j', (settings, message) => {
    expect(() => turnKnobs(presets.draft, settings as Record<string, string>)).toThrow(message)
  })

  it('describes every knob', () => {
    for (const { about, values } of Object.values(knobs)) {
      expect(about).not.toBe('')
      expect(values).not.toBe('')
    }
  })
})
