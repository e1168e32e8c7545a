import { type FileHandle, open } from 'node:fs/promises'
import { CommandError } from './command-error.ts'

/**
 * All bytes of a file, or of a pipe or device, which have no size and are read to their end.
 *
 * @param mostBytes a larger file is refused before it is read, a pipe as soon as more has come
 * @param name for the sentence
 * @throws CommandError where it is too large; Error of node:fs where it can't be read
 */
export async function readFileUpTo(path: string, mostBytes: number, name: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const stat = await file.stat()
    if (stat.size > mostBytes) throw tooLarge(name, mostBytes)
    return stat.isFile() && stat.size > 0 ? await file.readFile() : await readToEnd(file, mostBytes, name)
  } finally {
    await file.close()
  }
}

async function readToEnd(file: FileHandle, mostBytes: number, name: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > mostBytes) throw tooLarge(name, mostBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLarge(name: string, mostBytes: number): CommandError {
  return new CommandError(
    `${name} has more than ${mostBytes.toLocaleString('en')} bytes, the most that are read: give a smaller file.`,
  )
}
