import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../models/paths.ts'
import { packageName } from './lock.ts'
import { shippedPackages } from './shipped.ts'

/** Licences, notices of others' work, and no readme. */
const isNotice = (file: string) => /^(licen[cs]e|copying|notice|third[_-]?party)/i.test(file)

/** Who holds the rights in packages that come without their licence's text and do not name their author rightly. */
const holders: Record<string, string> = {
  '@hono/zod-openapi': 'Yusuke Wada and contributors',
  '@hono/zod-validator': 'Yusuke Wada and contributors',
  '@tensorflow/tfjs-backend-cpu': 'Google LLC',
  '@tensorflow/tfjs-backend-wasm': 'Google LLC',
  '@tensorflow/tfjs-backend-webgpu': 'Google LLC',
  '@tensorflow/tfjs-converter': 'Google LLC',
  '@tensorflow/tfjs-core': 'Google LLC',
  'guid-typescript': 'Nicolas Panes',
  'onnxruntime-common': 'Microsoft Corporation',
  'onnxruntime-web': 'Microsoft Corporation',
  seedrandom: 'David Bau',
  tr46: 'Sebastian Mayr',
}

/** What packages with compiled files say of others' works in them, where they do not bring it along. */
const notes: Record<string, string> = {
  'onnxruntime-web':
    'Its compiled files contain works of others: https://github.com/microsoft/onnxruntime/blob/main/ThirdPartyNotices.txt',
  '@tensorflow/tfjs-backend-wasm':
    'Its compiled files contain XNNPACK (BSD-3-Clause): https://github.com/google/XNNPACK/blob/master/LICENSE',
}

/**
 * The licence and notice texts of one installed package; where it brings none, the text of its licence with the name of
 * who holds its rights.
 *
 * @param path `node_modules/NAME`
 * @throws Error for a package that brings none and is not known here
 */
export function licenceOf(path: string): string {
  const folder = join(root, path)
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const notices = readdirSync(folder).filter(isNotice)
  const texts = notices.map((file) => readFileSync(join(folder, file), 'utf8').trim())
  if (texts.length === 0) texts.push(standardText(name, license))
  return [`${name} ${version} (${license})`, notes[name] ?? [], ...texts].flat().join('\n\n')
}

function standardText(name: string, license: string): string {
  const holder = holders[name]
  const file = join(root, 'node_modules', 'spdx-license-list', 'licenses', `${license}.json`)
  if (!holder || !existsSync(file)) {
    throw new Error(
      `${name} (${license}) comes without its licence's text: find out who holds the rights in it, and name them in ` +
        'worker/dev/dependencies/licences.ts.',
    )
  }
  const { licenseText } = JSON.parse(readFileSync(file, 'utf8')) as { licenseText: string }
  // The standard texts have a line for it, or lines of whoever wrote the licence first.
  const paragraphs = licenseText
    .trim()
    .replaceAll('\r', '')
    .split(/\n{2,}/)
  const others = paragraphs.filter((paragraph) => !/^copyright \(c\)/i.test(paragraph))
  return [`Copyright (c) ${holder}`, ...others].join('\n\n')
}

/** What the models were made of, as their manifest says. */
function modelSources(): string {
  const { models } = JSON.parse(readFileSync(join(root, 'models', 'manifest.json'), 'utf8')) as {
    models: { id: string; licence: string; source: string }[]
  }
  return models.map(({ id, licence, source }) => `${id} (${licence}): ${source}`).join('\n\n')
}

/** Licences of all that a visitor may be sent: packages with their texts, models with their sources. */
export function licenceTexts(): string {
  const line = `\n\n${'='.repeat(80)}\n\n`
  const packages = shippedPackages().map(licenceOf).join(line)
  return `FaceRefiner contains the following works.\n\n${packages}${line}Models\n\n${modelSources()}\n`
}

/** Name of the package that a module of a build comes from; undefined for one of the project. */
export function packageOfModule(id: string): string | undefined {
  const at = id.lastIndexOf('/node_modules/')
  if (at < 0) return undefined
  const [first, second] = packageName(id).split(/[/?]/)
  return first.startsWith('@') ? `${first}/${second}` : first
}
