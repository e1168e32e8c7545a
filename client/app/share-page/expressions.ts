import type { ExpressionWeights } from '../../head/expressions/names.ts'
import { ExpressionSliders, type SliderTexts } from '../viewer/expression-sliders.ts'
import type { FaceViewer } from '../viewer/face-viewer.ts'
import { textsOf } from './texts-of.ts'

/** Shows the sliders that move the face of a head, where it can move. */
export function offerExpressions(viewer: FaceViewer): void {
  const section = document.querySelector<HTMLElement>('.expressions')
  if (!section || !viewer.canMove) return
  const sliders = new ExpressionSliders()
  sliders.texts = textsOf<SliderTexts>(section)
  sliders.addEventListener('express', (event) => {
    viewer.expression = (event as CustomEvent<ExpressionWeights>).detail
  })
  section.appendChild(sliders)
  section.hidden = false
}
