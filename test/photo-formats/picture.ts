/** The picture that every file of the table shows, and what may be done to it. RGB or RGBA, row-major, sRGB, 0..255. */
export interface Picture {
  width: number
  height: number
  channels: number
  data: Float64Array
}

const pictureOf = (
  width: number,
  height: number,
  channels: number,
  at: (x: number, y: number, channel: number) => number,
): Picture => ({
  width,
  height,
  channels,
  data: Float64Array.from({ length: width * height * channels }, (_, i) => {
    const pixel = Math.floor(i / channels)
    return at(pixel % width, Math.floor(pixel / width), i % channels)
  }),
})

/**
 * All hues from left to right, bright above and dark below: saturated, so that a gamut or a transfer function taken for another
 * is off by many levels, smooth, so that lossy formats are not, and like no turned or mirrored copy of itself. 64 x 48.
 */
export const picture = pictureOf(64, 48, 3, (x, y, channel) => {
  const hue = 0.5 + 0.5 * Math.cos(2 * Math.PI * (x / 64 - channel / 3))
  return Math.round((30 + 220 * hue) * (1 - (0.75 * y) / 48))
})

/** Darker to the right and below. */
export const greyPicture = pictureOf(64, 48, 3, (x, y) => Math.round(250 - 2 * x - 2 * y))

/** {@link picture} with a fourth channel: clear at the left, opaque at the right. */
export const clearPicture = pictureOf(64, 48, 4, (x, y, channel) =>
  channel === 3 ? Math.round((255 * x) / 63) : picture.data[3 * (64 * y + x) + channel],
)

/** RGB: a picture with alpha as it looks on white. */
export function onWhite({ width, height, data }: Picture): Picture {
  return pictureOf(width, height, 3, (x, y, channel) => {
    const pixel = 4 * (y * width + x)
    const alpha = data[pixel + 3] / 255
    return data[pixel + channel] * alpha + 255 * (1 - alpha)
  })
}

/** What a picture stored as it is looks like with one of EXIF's eight orientations. */
export function oriented(stored: Picture, orientation: number): Picture {
  const { width, height, channels, data } = stored
  const right = width - 1
  const bottom = height - 1
  const sources: Record<number, (x: number, y: number) => [number, number]> = {
    1: (x, y) => [x, y],
    2: (x, y) => [right - x, y],
    3: (x, y) => [right - x, bottom - y],
    4: (x, y) => [x, bottom - y],
    5: (x, y) => [y, x],
    6: (x, y) => [y, bottom - x],
    7: (x, y) => [right - y, bottom - x],
    8: (x, y) => [right - y, x],
  }
  const swapped = orientation > 4
  return pictureOf(swapped ? height : width, swapped ? width : height, channels, (x, y, channel) => {
    const [fromX, fromY] = sources[orientation](x, y)
    return data[channels * (fromY * width + fromX) + channel]
  })
}

export const mapped = (
  of: Picture,
  change: (level: number, channel: number, pixel: number) => number,
): Picture => ({
  ...of,
  data: of.data.map((level, i) => change(level, i % of.channels, Math.floor(i / of.channels))),
})

/** What must not be shown: second frames, thumbnails. */
export const negative = mapped(picture, (level) => 255 - level)

/** Few enough colours for a palette. */
export const posterised = mapped(picture, (level) => Math.round(level / 51) * 51)
