import { faceOf } from './face.ts'

const byId = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
const [photo, words] = [byId<HTMLInputElement>('photo'), byId<HTMLOutputElement>('words')]

photo.addEventListener('change', async () => {
  const [file] = photo.files!
  // The same can be chosen again.
  photo.value = ''
  try {
    const { glb, png, summary } = await faceOf(file, (said) => {
      words.value = said
    })
    show(byId<HTMLImageElement>('texture'), 'src', new Blob([png], { type: 'image/png' }))
    show(byId<HTMLAnchorElement>('head'), 'href', new Blob([glb], { type: 'model/gltf-binary' }))
    words.value = summary
  } catch (error) {
    // Errors are sentences to show as they are.
    words.value = (error as Error).message
  }
})

function show<T extends HTMLElement>(element: T, attribute: 'src' | 'href', file: Blob) {
  element.setAttribute(attribute, URL.createObjectURL(file))
  element.hidden = false
}
