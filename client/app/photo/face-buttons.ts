import type { FaceBox } from '../../face/types.ts'
import { texts } from '../texts/index.ts'
import type { Fit } from './window.ts'

/** One button over each face where there is a choice. @param choose called with the one that is pressed */
export function faceButtons(
  faces: readonly FaceBox[],
  chosen: FaceBox | null,
  choose: (face: FaceBox) => void,
): HTMLElement[] {
  return (faces.length > 1 ? faces : []).map((face) => {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'face'
    button.setAttribute('aria-pressed', String(face === chosen))
    button.addEventListener('click', () => choose(face))
    return button
  })
}

/** In the page's language. */
export function nameButtons(buttons: HTMLCollection): void {
  for (let i = 0; i < buttons.length; i++) {
    buttons[i].ariaLabel = texts().found.boardFace(i + 1, buttons.length)
  }
}

/** Puts each over its face. */
export function placeButtons(
  buttons: HTMLCollection,
  faces: readonly FaceBox[],
  { scale, left, top }: Fit,
): void {
  for (const [i, button] of [...buttons].entries()) {
    const { x, y, width, height } = faces[i]
    Object.assign((button as HTMLElement).style, {
      left: `${x * scale + left}px`,
      top: `${y * scale + top}px`,
      width: `${width * scale}px`,
      height: `${height * scale}px`,
    })
  }
}
