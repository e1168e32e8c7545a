// node node.mjs PHOTO FOLDER: JavaScript as it is, for Node 20 or newer.
import { mkdir, writeFile } from 'node:fs/promises'
import { capture, completeHead, refine, toGlb } from 'facerefiner'

const [photo, folder] = process.argv.slice(2)
if (!folder) {
  console.error('Give a photo and a folder: node node.mjs photo.jpg result')
  process.exit(2)
}
try {
  const face = await capture(photo, { onStage: console.log })
  const refined = await refine(face, {
    preset: 'draft',
    onProgress: ({ fraction }) => console.log(`${Math.round(100 * fraction)}%`),
  })
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}/face.glb`, await toGlb(face, refined, { texture: 'webp', size: 512 }))
  await writeFile(`${folder}/texture.png`, refined.png)
  const head = await completeHead(face, refined)
  await writeFile(`${folder}/head.glb`, await toGlb(head, { texture: 'webp', size: 512 }))
  console.log(refined.summary)
} catch (error) {
  // Errors are sentences to show as they are.
  console.error(error.message)
  process.exit(1)
}
