import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

const script = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe-core finds serious or critical in a page: rule, element and reason of each. It runs as the debugger's code, so
 * the page's content security policy need not let it in.
 */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(script)
  return page.evaluate(async () => {
    interface Finding {
      id: string
      impact: string
      nodes: { target: string[]; failureSummary: string }[]
    }
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Finding[] }> } }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
      )
  })
}
