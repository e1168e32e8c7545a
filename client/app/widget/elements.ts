import type { Settings } from './protocol.ts'

/** An element with attributes and what it holds. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
) {
  const element = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value)
  element.replaceChildren(...children)
  return element
}

/** What stands in the frame's place. */
export function message(role: 'status' | 'alert', words: string, more = '') {
  return make('div', { class: 'message', role }, make('p', {}, words), make('small', {}, more))
}

/** The drawing on the button that closes. */
export function cross() {
  const namespace = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(namespace, 'svg')
  for (const [name, value] of Object.entries({ viewBox: '0 0 24 24', width: '20', 'aria-hidden': 'true' })) {
    svg.setAttribute(name, value)
  }
  const path = document.createElementNS(namespace, 'path')
  path.setAttribute('d', 'M5 5l14 14M19 5L5 19')
  svg.replaceChildren(path)
  return svg
}

/** Calls `near` whenever a visitor comes near the element, until what it returns is disconnected. */
export function whenNear(element: Element, near: () => void): IntersectionObserver {
  const approach = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) near()
    },
    { rootMargin: '400px' },
  )
  approach.observe(element)
  return approach
}

/** What the style sheet made of the attribute and of the page around it: most pages without a word about it are light. */
export function usedTheme(element: Element): Settings['theme'] {
  const [red] = getComputedStyle(element).color.match(/[\d.]+/) ?? ['0']
  return Number(red) > 128 ? 'dark' : 'light'
}
