/** Where a photo came from: what is offered instead of a poor one depends on it. */
export type PhotoSource = 'file' | 'camera' | 'sample'

export interface OpenPhoto {
  name: string
  file: Blob
  source: PhotoSource
  /** The file as it was given, and the clockwise quarter turns by which `file` differs from it. */
  original: Blob
  turns: number
  /** Object URL of the file as it was given: the page shows the original, not the decoded copy. */
  url: string
  width: number
  height: number
}
