import { DataTexture, LinearFilter, LinearMipmapLinearFilter, SRGBColorSpace } from 'three'
import { type Pixels, widthOf } from '../pixels.ts'

/** Pixels as a texture that stays calm where it is seen small or from the side. */
export function photoTexture(pixels: Pixels): DataTexture {
  const texture = new DataTexture(pixels.data, widthOf(pixels), pixels.size)
  texture.colorSpace = SRGBColorSpace
  texture.minFilter = LinearMipmapLinearFilter
  texture.magFilter = LinearFilter
  texture.generateMipmaps = true
  texture.anisotropy = 8
  texture.needsUpdate = true
  return texture
}
