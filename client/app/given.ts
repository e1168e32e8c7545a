/**
 * Files that arrive without a button: dropped anywhere on the page, or pasted.
 *
 * @param onFiles the files, images first; empty where what was dropped is none (a link, text)
 * @param onDrag true while files hover over the page
 */
export function givenFiles(
  target: Document,
  { onFiles, onDrag }: { onFiles(files: File[]): void; onDrag(over: boolean): void },
) {
  // Entering a child fires before leaving its parent: count, instead of trusting the last event.
  let depth = 0
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  target.addEventListener('dragenter', (event) => {
    if (hasFiles(event)) onDrag(++depth > 0)
  })
  target.addEventListener('dragleave', (event) => {
    if (hasFiles(event)) onDrag(--depth > 0)
  })
  target.addEventListener('dragover', (event) => event.preventDefault())
  target.addEventListener('drop', (event) => {
    event.preventDefault()
    depth = 0
    onDrag(false)
    onFiles(imagesFirst(event.dataTransfer?.files))
  })
  target.addEventListener('paste', (event) => {
    const files = imagesFirst(event.clipboardData?.files)
    if (files.length > 0) onFiles(files)
  })
}

/** A folder's worth of files may hold others: the first image is meant. */
function imagesFirst(files: FileList | undefined): File[] {
  const isImage = (file: File) => Number(file.type.startsWith('image/'))
  return [...(files ?? [])].sort((a, b) => isImage(b) - isImage(a))
}
