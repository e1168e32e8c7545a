import sharp from 'sharp'

/**
 * A picture of the sample photo and, to its right, a smaller copy of it.
 *
 * @param sample 512 x 512 @param side of the copy, at most 400
 */
export async function twoFaces(sample: Buffer, side: number): Promise<Buffer> {
  const small = await sharp(sample).resize(side).toBuffer()
  return sharp({ create: { width: 912, height: 512, channels: 3, background: '#888' } })
    .composite([
      { input: sample, left: 0, top: 0 },
      { input: small, left: 512, top: 112 },
    ])
    .png()
    .toBuffer()
}
