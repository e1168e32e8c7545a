import type { IBasisEncoder, IBasisModule } from 'ktx2-encoder'
import type { TexturePixels } from './image-codec.ts'

/** The enum of basis_wrappers.cpp: a 2D texture; RGBA bytes. */
const [texture2d, raw] = [0, 0]

/** What the wrapper of Basis Universal 2.5 has besides. */
interface Encoder extends IBasisEncoder {
  setStatusOutput(on: boolean): void
}

let loading: Promise<IBasisModule> | null = null

/**
 * A texture as KTX2, UASTC with Zstandard and all mipmaps: what GPUs keep compressed (1 byte a texel instead of 4, on
 * any of them), at a quality that skin bears; ETC1S would take a sixth of the bytes and shows blocks on cheeks. Basis
 * Universal in WebAssembly (3.3 MB), loaded at the first call. Takes a processor some 1.5 s at 512 px and 6 s at 1024 px.
 *
 * @throws Error where the encoder cannot be loaded or fails
 */
export async function encodeKtx2(pixels: TexturePixels): Promise<Uint8Array<ArrayBuffer>> {
  return encodeWith(await loadEncoder(), pixels)
}

/** The same with an encoder that is loaded. @throws Error where it fails */
export function encodeWith(
  basis: IBasisModule,
  { width, height, data }: TexturePixels,
): Uint8Array<ArrayBuffer> {
  // Its own function prints what it does on the console, with no way to stop it.
  const encoder = new basis.BasisEncoder() as Encoder
  try {
    encoder.setStatusOutput(false)
    encoder.setCreateKTX2File(true)
    encoder.setUASTC(true)
    encoder.setKTX2UASTCSupercompression(true)
    encoder.setMipGen(true)
    encoder.setPerceptual(true)
    encoder.setKTX2AndBasisSRGBTransferFunc?.(true)
    encoder.setTexType(texture2d)
    encoder.setSliceSourceImage(0, new Uint8Array(data.buffer), width, height, raw)
    // UASTC and its mipmaps take 4/3 bytes a texel before Zstandard.
    const file = new Uint8Array(2 * width * height + 65536)
    const length = encoder.encode(file)
    if (length === 0) {
      throw new Error(
        `The texture of ${width} x ${height} px could not be written as KTX2: choose PNG or WebP.`,
      )
    }
    return file.slice(0, length)
  } finally {
    encoder.delete()
  }
}

/** The package exports one class in browsers and another in Node; they load the same WebAssembly. */
function loadEncoder(): Promise<IBasisModule> {
  loading ??= import('ktx2-encoder').then((library) => {
    const { NodeBasisEncoder, BrowserBasisEncoder } = library as unknown as Record<
      string,
      new () => { init(): Promise<IBasisModule> }
    >
    return new (NodeBasisEncoder ?? BrowserBasisEncoder)().init()
  })
  return loading.catch((error) => {
    loading = null
    if (!(error instanceof EvalError)) throw error
    throw new Error(
      'KTX2 cannot be written here: the content security policy of this page forbids dynamic code. Choose PNG or WebP.',
    )
  })
}
