import type { HeadAnimation } from '../../result/head-animation.ts'
import { exported, save } from '../download.ts'
import type { SeenHead } from '../messages.ts'

/**
 * Saves a head as a GLB that does what was recorded.
 *
 * @throws Error where the browser cannot make it
 */
export async function saveMoving(head: SeenHead, animation: HeadAnimation): Promise<void> {
  const { mesh, texture, png, hair, movement } = head
  const size = texture.size
  const { file } = await exported('png', (api) =>
    api.head({ mesh, texture, png, hair, movement, animation, size, format: 'png' }),
  )
  save(file, 'head-moving.glb')
}

/** @param film MP4 or WebM, as its type says */
export function saveFilm(film: Blob): void {
  save(film, film.type === 'video/mp4' ? 'head.mp4' : 'head.webm')
}
