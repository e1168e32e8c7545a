import { REVISION } from 'three'
import { describe, expect, it } from 'vitest'
import { guideTexts } from '../../../../client/app/guide/guide-texts.ts'
import { programNames, programs } from '../../../../client/app/guide/programs.ts'
import modelViewer from '../../../../node_modules/@google/model-viewer/package.json' with { type: 'json' }

describe.each(programNames)('%s', (name) => {
  const { snippet } = programs[name]

  it.each(['en', 'de'] as const)(
    'has three steps, which name the file that was downloaded (%s)',
    (language) => {
      const steps = guideTexts[language].steps('head')[name]
      expect(steps).toHaveLength(3)
      for (const step of steps) expect(step.length).toBeGreaterThan(10)
      if (name !== 'phone') expect(steps.join(' ')).toContain('head.glb')
      expect(guideTexts[language].steps('face')[name].join(' ')).not.toContain('head.')
    },
  )

  it('has a snippet that names that file, if it has one', () => {
    for (const file of ['head', 'face'])
      expect(snippet?.(file) ?? `${file}.glb`).toMatch(new RegExp(`["'/]?${file}\\.(glb|usdz)`))
  })
})

it('tells the versions that its snippets are tried with, which are those that are installed', () => {
  expect(programs.three.tried).toBe(`three.js r${REVISION}`)
  expect(programs.modelViewer.tried).toBe(`<model-viewer> ${modelViewer.version}`)
})
