import type { PartName } from '../contract/parts.ts'

/**
 * Name of a downloaded file: the title's letters and digits, or the beginning of the id.
 *
 * @example downloadName('Élodie, in May!', id, 'face.glb') // -> 'elodie-in-may-face.glb'
 */
export function downloadName(title: string, id: string, part: PartName): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const slug = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  return `${slug.slice(0, 60) || id.slice(0, 8)}-${part}`
}
