import { onnxTensors } from './onnx.ts'
import { safetensorsHeaderBytes, safetensorsTensors } from './safetensors.ts'
import type { ByteSource } from './source.ts'
import type { FileTensor } from './tensor.ts'
import { torchLegacyTensors } from './torch-legacy.ts'
import { torchZipTensors } from './torch-zip.ts'
import { UnusableFile } from './unusable.ts'

/**
 * The tensors of a PyTorch, safetensors or ONNX file. Which it is shows in its first bytes, never in its name.
 *
 * @throws UnusableFile
 */
export async function readTensors(source: ByteSource): Promise<Map<string, FileTensor>> {
  const head = source.read(0, Math.min(source.size, 512))
  const starts = (...bytes: number[]) => bytes.every((byte, i) => head[i] === byte)
  if (starts(0x50, 0x4b)) return torchZipTensors(source)
  if (safetensorsHeaderBytes(source) !== undefined) return safetensorsTensors(source)
  if (starts(0x80)) return torchLegacyTensors(source)
  if (new TextDecoder().decode(head.subarray(257, 262)) === 'ustar') {
    throw new UnusableFile(
      'is a tar archive, as PyTorch before version 0.2 wrote them or as files are packed',
      'unpack it, or load it in PyTorch and save its weights anew, torch.save(torch.load(FILE), NEW_FILE)',
    )
  }
  // The first field of an ONNX model is its version.
  if (starts(0x08)) return onnxTensors(source)
  const first = [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
  throw new UnusableFile(
    source.size === 0
      ? 'is empty'
      : `is neither a PyTorch (.pth), a safetensors nor an ONNX file (it begins with the bytes ${first})`,
    'give the weights of VGG16 in one of these formats',
  )
}
