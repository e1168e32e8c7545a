/**
 * How the widget's element on a host page and the app in its frame talk.
 *
 * Three messages go from window to window; each side takes them from the other's window and origin alone:
 *   frame to host  greeting  the frame is there, and speaks this version
 *   host to frame  hello     settings, and one end of a MessageChannel
 *   frame to host  refusal   instead of the greeting or after the hello: why nothing will come of it
 * From then on all goes through the channel, where nobody else can listen or speak. What arrives is checked by
 * {@link readCommand} and {@link readNews} all the same: the two sides may come from different deployments.
 */

import { restExpressions } from '../../head/expressions/rest-expressions.ts'
import { hairStyles } from '../../head/hair/hair-style.ts'

/** Goes up with every change that the other side would not understand. */
export const protocolVersion = 1

export const presets = ['draft', 'standard'] as const
export const sizes = [256, 512, 1024] as const
export const covers = ['head', 'face'] as const
export const hairs = ['auto', 'photo', 'none', ...hairStyles] as const
export const themes = ['light', 'dark'] as const
/** Is the visitor told that the host page gets what they make, or asked first? */
export const consents = ['tell', 'ask'] as const
export type Consent = (typeof consents)[number]
/** The parts of the app's own screens, in their order. */
export const stages = ['photo', 'camera', 'found', 'refining', 'result'] as const

export interface Settings {
  preset: (typeof presets)[number]
  /** Side of the texture in texels; null: the one that goes with the preset. */
  size: (typeof sizes)[number] | null
  /** What a new result is shown as. Left out (elements of older versions): the head. */
  cover?: (typeof covers)[number]
  /** What its head is made with. Left out (likewise): what suits the photo, and shoulders. */
  hair?: (typeof hairs)[number]
  bust?: boolean
  /** Its face at rest. Left out (likewise): as in the photo. */
  expression?: (typeof restExpressions)[number]
  theme: (typeof themes)[number]
  /** BCP 47; '' for the visitor's own. */
  language: string
  /** May the visitor publish the face? */
  share: boolean
  /** Is the visitor offered to move the head with a webcam? Left out (likewise): yes. */
  puppet?: boolean
  /** Left out (likewise): the visitor is told. */
  consent?: Consent
  /** A dialog has its closing button at the end of the app's top bar. */
  mode: 'button' | 'inline'
}

/** Messages between windows carry this name, so that those of others are left alone. */
export type WindowMessage = { facerefiner: 'greeting' | 'hello' | 'refusal'; version: number }
export type Hello = WindowMessage & { facerefiner: 'hello'; settings: Settings }
export type Refusal = WindowMessage & { facerefiner: 'refusal'; code: string; message: string }

/** From the host through the channel. */
export type Command =
  | { type: 'settings'; settings: Settings }
  | { type: 'photo'; photo: Blob }
  | { type: 'refine' }
  | { type: 'cancel' }
  /** How strong each expression of the head is, 0..1, by ARKit's names; null: it is left to itself. May come for every frame. */
  | { type: 'express'; weights: Record<string, number> | null }

export interface Progress {
  stage: (typeof stages)[number]
  /** 0..1; null where it is not known how far the work is. */
  fraction: number | null
  /** Estimated; null before the first step has run. */
  secondsLeft: number | null
}

export interface Result {
  /** The 3D face, model/gltf-binary. */
  glb: Blob
  /** image/png. */
  texture: Blob
  /** The whole head with its hair, and its texture; null: the face alone is shown. Left out by frames of older versions. */
  head?: Blob | null
  headTexture?: Blob | null
  /** How it was made: settings, losses, timings. */
  record: Record<string, unknown>
}

/** From the frame through the channel. */
export type News =
  | { type: 'ready' }
  | ({ type: 'progress' } & Progress)
  | ({ type: 'result' } & Result)
  | { type: 'error'; code: string; message: string }
  | { type: 'close' }

/** @returns null for what is no message of this protocol, whatever its version */
export function readWindowMessage(data: unknown): WindowMessage | null {
  return isObject(data) &&
    isOneOf(data.facerefiner, ['greeting', 'hello', 'refusal']) &&
    typeof data.version === 'number'
    ? (data as WindowMessage)
    : null
}

/** @returns null for what this version does not know */
export function readHello(data: unknown): Hello | null {
  const message = readWindowMessage(data)
  const settings = (message as Partial<Hello> | null)?.settings
  return message?.facerefiner === 'hello' && isSettings(settings) ? (message as Hello) : null
}

/** @returns null for what this version does not know */
export function readRefusal(data: unknown): Refusal | null {
  const message = readWindowMessage(data) as Partial<Refusal> | null
  const spoken = typeof message?.code === 'string' && typeof message.message === 'string'
  return message?.facerefiner === 'refusal' && spoken ? (message as Refusal) : null
}

/** @returns null for what this version does not know */
export function readCommand(data: unknown): Command | null {
  if (!isObject(data)) return null
  const known =
    data.type === 'refine' ||
    data.type === 'cancel' ||
    (data.type === 'photo' && data.photo instanceof Blob) ||
    (data.type === 'settings' && isSettings(data.settings)) ||
    (data.type === 'express' && isWeightsOrNull(data.weights))
  return known ? (data as Command) : null
}

/** @returns null for what this version does not know */
export function readNews(data: unknown): News | null {
  if (!isObject(data)) return null
  const known =
    data.type === 'ready' ||
    data.type === 'close' ||
    (data.type === 'error' && typeof data.code === 'string' && typeof data.message === 'string') ||
    (data.type === 'result' &&
      data.glb instanceof Blob &&
      data.texture instanceof Blob &&
      isBlobOrNothing(data.head) &&
      isBlobOrNothing(data.headTexture) &&
      isObject(data.record)) ||
    (data.type === 'progress' &&
      isOneOf(data.stage, stages) &&
      isNumberOrNull(data.fraction) &&
      isNumberOrNull(data.secondsLeft))
  return known ? (data as News) : null
}

/** The sentence for two sides that come from different deployments. */
export function versionMismatch(host: number, frame: number): string {
  return (
    `The page's widget speaks version ${host} of its protocol, the service ${frame}: ` +
    'load widget.js from the service itself, and reload the page.'
  )
}

function isSettings(data: unknown): data is Settings {
  return (
    isObject(data) &&
    isOneOf(data.preset, presets) &&
    (data.size === null || isOneOf(data.size, sizes)) &&
    isOneOf(data.cover ?? 'head', covers) &&
    isOneOf(data.hair ?? 'auto', hairs) &&
    isOneOf(data.bust ?? true, [true, false]) &&
    isOneOf(data.expression ?? 'photo', restExpressions) &&
    isOneOf(data.theme, themes) &&
    typeof data.language === 'string' &&
    typeof data.share === 'boolean' &&
    isOneOf(data.puppet ?? true, [true, false]) &&
    isOneOf(data.consent ?? 'tell', consents) &&
    isOneOf(data.mode, ['button', 'inline'])
  )
}

function isWeightsOrNull(data: unknown): boolean {
  if (data === null) return true
  if (!isObject(data)) return false
  for (const name in data) if (!isWeight(data[name])) return false
  return true
}

/** 0..1? */
export function isWeight(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null
}

function isOneOf(value: unknown, choices: readonly unknown[]): boolean {
  return choices.includes(value)
}

function isBlobOrNothing(value: unknown): boolean {
  return value === undefined || value === null || value instanceof Blob
}

function isNumberOrNull(value: unknown): boolean {
  return value === null || Number.isFinite(value)
}
