import { html, type TemplateResult } from 'lit-html'
import { type Result, showsHead } from '../result.ts'
import type { Language } from '../texts/index.ts'

/** What to do with the 3D file of a result. It fills when its script is there, of which the first screen needs nothing. */
export function whatNow(result: Result, language: Language): TemplateResult {
  // Where it cannot be had the element stays empty: the file is there all the same.
  import('../guide/what-now.ts').catch(() => {})
  return html`<what-now file=${showsHead(result) ? 'head' : 'face'} lang=${language}></what-now>`
}
