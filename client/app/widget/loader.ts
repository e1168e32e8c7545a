import { FaceRefiner } from './face-refiner.ts'

// widget.js: a page may load it twice, and two pages' worth of scripts may want it.
if (!customElements.get('face-refiner')) customElements.define('face-refiner', FaceRefiner)

export { FaceRefiner }
