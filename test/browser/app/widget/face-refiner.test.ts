import { expect, test } from 'vitest'
import '../../../../client/app/widget/loader.ts'
import { type Command, protocolVersion, type Settings } from '../../../../client/app/widget/protocol.ts'

/** What stands in for the app in the element's frame. */
interface Frame extends Window {
  eval(script: string): void
  settings: Settings
  heard: Command[]
  port: MessagePort
}

const app = `
  self.heard = []
  addEventListener('message', ({ data, ports: [port] }) => {
    if (data.facerefiner !== 'hello') return
    Object.assign(self, { port, settings: data.settings })
    port.onmessage = ({ data }) => heard.push(data)
  })
  parent.postMessage({ facerefiner: 'greeting', version: ${protocolVersion} }, '*')
`

test('what the head is to do waits for its frame, the newest of it, and is told to one that was loaded anew', async () => {
  const element = document.createElement('face-refiner')
  Object.assign(element, { siteKey: 'pk_test', service: location.origin, mode: 'inline' })
  Object.assign(element, { expression: 'neutral', puppet: false })
  document.body.replaceChildren(element)
  element.express({ jawOpen: 0.1 })
  element.open()
  const iframe = element.shadowRoot!.querySelector('iframe')!
  element.express({ jawOpen: 0.2 })
  // As reactive pages have it.
  const weights = new Proxy({ jawOpen: 0.9 }, {})
  element.express(weights)
  weights.jawOpen = 0
  for (const wrong of [1.5, -0.1, Number.NaN, '1'])
    expect(() => element.express({ jawOpen: wrong as number })).toThrow(RangeError)
  await new Promise((resolve) => iframe.addEventListener('load', resolve, { once: true }))
  const frame = iframe.contentWindow as Frame
  frame.eval(app)
  const told = [{ type: 'express', weights: { jawOpen: 0.9 } }]
  await expect.poll(() => frame.heard).toEqual(told)
  expect(frame.settings).toMatchObject({ expression: 'neutral', puppet: false })
  const { port } = frame
  frame.eval(app)
  await expect.poll(() => frame.port).not.toBe(port)
  frame.port.postMessage({ type: 'ready' })
  await expect.poll(() => frame.heard).toEqual(told)
  element.express(null)
  await expect.poll(() => frame.heard.at(-1)).toEqual({ type: 'express', weights: null })
  element.remove()
})
