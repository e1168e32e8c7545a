import { expect, test } from 'vitest'
import {
  protocolVersion,
  readCommand,
  readHello,
  readNews,
  readRefusal,
  readWindowMessage,
  type Settings,
} from '../../../../client/app/widget/protocol.ts'

const settings: Settings = {
  preset: 'draft',
  size: null,
  theme: 'light',
  language: '',
  share: true,
  mode: 'button',
}
const blob = new Blob(['x'])
const hello = { facerefiner: 'hello', version: protocolVersion, settings }
const refusal = { facerefiner: 'refusal', version: protocolVersion, code: 'unknown-key', message: 'No.' }

type Case = readonly [read: (data: unknown) => unknown, data: unknown]

test.each<Case>([
  [readWindowMessage, { facerefiner: 'greeting', version: 99 }],
  [readWindowMessage, hello],
  [readHello, hello],
  [readRefusal, refusal],
  [readCommand, { type: 'refine' }],
  [readCommand, { type: 'cancel' }],
  [readCommand, { type: 'photo', photo: blob }],
  [readCommand, { type: 'settings', settings: { ...settings, size: 1024 } }],
  [readCommand, { type: 'settings', settings: { ...settings, cover: 'face' } }],
  [readCommand, { type: 'settings', settings: { ...settings, hair: 'long01', bust: false } }],
  [readCommand, { type: 'settings', settings: { ...settings, expression: 'neutral', puppet: false } }],
  [readCommand, { type: 'settings', settings: { ...settings, consent: 'ask' } }],
  [readCommand, { type: 'express', weights: { jawOpen: 1, eyeBlinkLeft: 0 } }],
  [readCommand, { type: 'express', weights: null }],
  [readNews, { type: 'ready' }],
  [readNews, { type: 'close' }],
  [readNews, { type: 'progress', stage: 'found', fraction: null, secondsLeft: null }],
  [readNews, { type: 'progress', stage: 'refining', fraction: 0.5, secondsLeft: 12 }],
  [readNews, { type: 'result', glb: blob, texture: blob, record: {} }],
  [readNews, { type: 'result', glb: blob, texture: blob, head: blob, headTexture: null, record: {} }],
  [readNews, { type: 'error', code: 'photo', message: 'No face.' }],
])('%o takes %o', (read, data) => {
  expect(read(data)).toBe(data)
})

const garbage = [
  undefined,
  null,
  0,
  '',
  'refine',
  [],
  {},
  { type: 'eval' },
  { facerefiner: 'hallo', version: 1 },
]

test.each<Case>([
  ...[readWindowMessage, readHello, readRefusal, readCommand, readNews].flatMap((read) =>
    garbage.map((data): Case => [read, data]),
  ),
  [readWindowMessage, { facerefiner: 'greeting', version: '1' }],
  [readHello, { ...hello, settings: undefined }],
  [readHello, { ...hello, settings: { ...settings, preset: 'ultra' } }],
  [readHello, refusal],
  [readRefusal, { ...refusal, message: { toString: 1 } }],
  [readRefusal, hello],
  [readCommand, { type: 'photo', photo: 'data:image/png,' }],
  [readCommand, { type: 'settings', settings: { ...settings, size: 300 } }],
  [readCommand, { type: 'settings', settings: { ...settings, hair: 'wig' } }],
  [readCommand, { type: 'settings', settings: { ...settings, bust: 'off' } }],
  [readCommand, { type: 'settings', settings: { ...settings, expression: 'smile' } }],
  [readCommand, { type: 'settings', settings: { ...settings, share: 'off' } }],
  [readCommand, { type: 'settings', settings: { ...settings, puppet: 'off' } }],
  [readCommand, { type: 'settings', settings: { ...settings, mode: 'popup' } }],
  [readCommand, { type: 'express' }],
  [readCommand, { type: 'express', weights: 'jawOpen' }],
  [readCommand, { type: 'express', weights: { jawOpen: 1.01 } }],
  [readCommand, { type: 'express', weights: { jawOpen: -0.1 } }],
  [readCommand, { type: 'express', weights: { jawOpen: Number.NaN } }],
  [readCommand, { type: 'express', weights: { jawOpen: '1' } }],
  [readNews, { type: 'progress', stage: 'found', fraction: '50%', secondsLeft: null }],
  [readNews, { type: 'progress', stage: 'found', fraction: Number.NaN, secondsLeft: null }],
  [readNews, { type: 'progress', stage: 'lost', fraction: null, secondsLeft: null }],
  [readNews, { type: 'result', glb: 'blob:x', texture: blob, record: {} }],
  [readNews, { type: 'result', glb: blob, texture: blob, record: null }],
  [readNews, { type: 'error', code: 'photo' }],
])('%o refuses %o', (read, data) => {
  expect(read(data)).toBeNull()
})
