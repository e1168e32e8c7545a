import type { optionalParts, PartName, requiredParts } from '../contract/parts.ts'
import type { RunRecord } from '../contract/record.ts'
import { comparedSide, visiblePsnr } from '../contract/visible-psnr.ts'
import { limits } from '../limits.ts'
import { hex } from '../secrets/crypto.ts'
import { checkFaceGlb, checkHeadGlb } from './glb.ts'
import { checkJpeg, type Picture, type PictureSize } from './jpeg.ts'
import { decodePng } from './png.ts'
import { checkRecord, type ModelHashes } from './record.ts'
import { type Refusal, ValidationError } from './validation-error.ts'

export { type ModelHashes, type Refusal, ValidationError }

/** Of each picture that there is, its size. */
export type Pictures = Partial<Record<Picture, PictureSize>>

export interface Validated {
  record: RunRecord
  /** Side of the texture, texels. */
  textureSize: number
  /** Recomputed, dB; null where nothing is visible. */
  visiblePsnr: number | null
  pictures: Pictures
}

export type PartBytes = Record<(typeof requiredParts)[number], Uint8Array> &
  Partial<Record<(typeof optionalParts)[number], Uint8Array>>

/**
 * The last check before a result is published: each part by its own rules, the parts against each other, and the claimed
 * fidelity by comparing the texture with what the photo showed. What is cheap to refuse is judged first.
 *
 * @throws ValidationError naming the part, a code and a hint
 */
export async function validate(parts: PartBytes, knownModels: ModelHashes): Promise<Validated> {
  for (const [name, bytes] of Object.entries(parts) as [PartName, Uint8Array][]) {
    const { maxBytes } = limits.parts[name]
    if (bytes.length <= maxBytes) continue
    throw new ValidationError({
      part: name,
      code: 'too-large',
      message: `${name} has ${bytes.length} bytes.`,
      hint: `Keep it under ${maxBytes}.`,
    })
  }
  const record = checkRecord(parts['record.json'], knownModels)
  const pictures: Pictures = { 'preview.jpg': checkJpeg('preview.jpg', parts['preview.jpg']) }
  const photo = parts['photo.jpg']
  if (photo) pictures['photo.jpg'] = checkJpeg('photo.jpg', photo)
  const texture = parts['texture.png']
  await checkTexture(texture, record)
  checkFaceGlb(parts['face.glb'], texture)

  const { minPixels, maxPixels } = limits.parts['texture.png']
  const { pixels, channels, size } = decodePng('texture.png', texture, {
    channels: 3,
    minSize: minPixels,
    maxSize: maxPixels,
    multiple: comparedSide,
  })
  if (size !== record.size) {
    throw mismatch('record-size', `record.json says ${record.size} texels a side; texture.png has ${size}.`)
  }
  const sampled = decodePng('sampled.png', parts['sampled.png'], {
    channels: 4,
    minSize: comparedSide,
    maxSize: comparedSide,
    multiple: comparedSide,
  })
  const recomputed = visiblePsnr(pixels, channels, sampled.pixels)
  judgeClaim(record.visiblePsnr, recomputed)
  const head = parts['head.glb']
  if (head) await checkHead(checkHeadGlb(head), record)
  return { record, textureSize: size, visiblePsnr: recomputed, pictures }
}

/** The record speaks of this very texture. */
async function checkTexture(texture: Uint8Array, record: RunRecord): Promise<void> {
  if (await isOf(record.texture, texture)) return
  throw mismatch('record-texture', 'record.json speaks of another texture.png.')
}

/** The record speaks of this very head. @param skin the PNG in it */
async function checkHead(skin: Uint8Array, { head }: RunRecord): Promise<void> {
  if (head?.made && (await isOf(head.made.texture, skin))) return
  throw mismatch('record-head', `record.json speaks of ${head?.made ? 'another' : 'no'} head.`)
}

async function isOf({ sha256, bytes }: RunRecord['texture'], file: Uint8Array): Promise<boolean> {
  const digest = await crypto.subtle.digest('SHA-256', file as Uint8Array<ArrayBuffer>)
  return bytes === file.length && sha256 === hex(digest)
}

function judgeClaim(claimed: number | null, recomputed: number | null): void {
  if (claimed === null && recomputed === null) return
  if (claimed !== null && recomputed !== null && Math.abs(claimed - recomputed) <= limits.psnrTolerance)
    return
  const say = (value: number | null) => (value === null ? 'nothing visible' : `${value.toFixed(2)} dB`)
  throw mismatch('record-psnr', `record.json claims ${say(claimed)}; the files give ${say(recomputed)}.`)
}

const mismatch = (code: string, message: string) =>
  new ValidationError({ part: 'record.json', code, message, hint: 'Send the files of one and the same run.' })
