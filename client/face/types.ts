/** The values that travel from one capture step to the next: plain typed arrays with stated shapes and units. */

/** A triangle mesh with one texture coordinate per vertex. */
export interface Mesh {
  /** V x 3, centimetres, head frame: x right (viewer's), y up, z towards the viewer. */
  positions: Float32Array
  /** V x 3 unit vertex normals, head frame. */
  normals: Float32Array
  /** V x 2 in 0..1, origin top-left. */
  uv: Float32Array
  /** T x 3 vertex indices, counter-clockwise seen from outside. */
  triangles: Uint32Array
}

/**
 * How a mesh lands on the photo: row-major 4 x 4, `[px*w, py*w, depth*w, w] = matrix * [x, y, z, 1]`,
 * px and py in photo pixels (y down), a smaller depth is nearer to the viewer.
 */
export interface Camera {
  matrix: Float64Array
}

/** Similarity transform from the head frame to the photo: `px = s(Rx)_x + tx`, `py = -(s(Rx)_y + ty)`. */
export interface Pose {
  /** 3 x 3, row-major. */
  rotation: Float64Array
  /** Photo pixels per centimetre. */
  scale: number
  /** Photo pixels. */
  translation: [number, number]
  /** Degrees; yaw > 0: the person looks towards the image's right. pitch > 0: looks up. roll > 0: clockwise in the image. */
  yaw: number
  pitch: number
  roll: number
}

/** A face found by the detector, in photo pixels. */
export interface FaceBox {
  x: number
  y: number
  width: number
  height: number
  /** Detector confidence, 0..1. */
  score: number
  /** Clockwise quarter turns (0..3) that bring the face upright, to the nearest one. */
  quarterTurns: number
  /** Degrees the face is turned clockwise in the photo. Left out: no more is known than the quarter turns. */
  roll?: number
}

/** The photo laid out in UV space, N x N texels, before anything is invented. */
export interface Unwrap {
  size: number
  /** N x N, 1 where a texel lies on the mesh, with the mesh's charts only (no padding). */
  coverage: Uint8Array
  /** N x N x 3, sRGB-encoded, 0..1; 0 where weight is 0. */
  sampled: Float32Array
  /** N x N, 0..1: how well the photo shows this texel (view angle x visibility x person x skin x not brushed out). */
  weight: Float32Array
  /**
   * What the photo shows at a grazing angle, streaked: good for the light there, not for detail. `weight` N x N, 0..1, like
   * the above but for steeper views; `sampled` N x N x 3. Left out: nothing is known.
   */
  grazing?: { weight: Float32Array; sampled: Float32Array }
  /** N x N x 3 unit normals in the head frame (interpolated); 0 outside coverage. */
  normals: Float32Array
  /** N x N, 1 on eyes, brows and lips (undilated polygons), 0 elsewhere. */
  features: Uint8Array
  /** N x N, 0 (lips closed) to 1 (open, and all around the chart of the mouth). Left out: open, or no such chart. */
  mouthOpening?: Float32Array
  /** N x N, 1 where something covers the face: no skin to learn from. Left out: nowhere. */
  covered?: Uint8Array
  /** Is the UV layout left-right symmetric (u -> 1 - u)? The face mesh's is; a foreign mesh's is taken not to be. */
  symmetric: boolean
}

/** A square crop of the photo around the face and where each of its pixels lands in UV: the fixed renderer's input. */
export interface FaceView {
  /** Side of the crop in (resampled) pixels. */
  size: number
  /** Photo pixel of the crop's left and top edge, and photo pixels per crop pixel. */
  left: number
  top: number
  step: number
  /** P x P x 3, sRGB-encoded, 0..1. */
  photo: Float32Array
  /** P x P x 2 in 0..1, origin top-left; undefined where mask is 0. */
  uv: Float32Array
  /** P x P, 1 where the mesh is seen and the photo can be trusted (person mask, not brushed out), else 0. */
  mask: Float32Array
}

export interface CaptureQuality {
  /** Face-flag logit of the landmark model. Below 0 is not a face. */
  faceLogit: number
  /** Inter-ocular distance, photo pixels. */
  interOcular: number
  /** Degrees, as in {@link Pose}. */
  yaw: number
  pitch: number
  roll: number
  /** Share of covered texels by evidence. They add up to 1. */
  own: number
  mirrored: number
  none: number
}

/** A line with round ends, painted over the photo. Photo pixels. */
export interface BrushStroke {
  radius: number
  /** x, y, x, y, ...: at least one point. */
  points: number[]
}

/** Something that seems to lie over the face: a mask, a scarf, a microphone, sunglasses. */
export interface Cover {
  /** What it hides. Left and right as in the image. */
  hides: 'mouth' | 'eyes' | 'leftEye' | 'rightEye'
  /** Where it lies in the photo, each stroke from one point to another: as a person would paint it out. */
  strokes: BrushStroke[]
}

/** Everything the later stages need from a photo. */
export interface Capture extends Unwrap {
  /** What seems to cover the face; it is left out of the texture where that was asked for. Undefined: nothing. */
  cover?: Cover
  /** The photo's size in pixels. */
  photo: { width: number; height: number }
  face: FaceBox
  /** 478 x 3: px, py (down), pz in photo pixels (smaller = nearer). Empty for a foreign mesh. */
  landmarks: Float32Array
  mesh: Mesh
  camera: Camera
  /** null for a foreign mesh. */
  pose: Pose | null
  view: FaceView
  /** N x N, {@link Evidence} of each texel in `content`. `none` outside coverage. */
  evidence: Uint8Array
  /** N x N x 3, sRGB-encoded, 0..1: the initial complete texture, padded beyond the charts. */
  content: Float32Array
  quality: CaptureQuality
}
