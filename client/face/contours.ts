/**
 * The 478 landmarks by name: 468 vertices of MediaPipe's face mesh, then five of each iris. Contours are vertices in order
 * along the line; left and right as in the image.
 */

/** How many landmarks are vertices of the mesh; the irises follow, image left first. */
export const meshLandmarks = 468
/** Landmarks of each iris: its centre and four points of its rim. */
export const irisLandmarks = 5

export const faceOutline = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149,
  150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
]
export const eyes = [
  [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
  [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
] as const
export const outerEyeCorners = [eyes[0][0], eyes[1][0]] as const
/** Each brow: the upper edge from outside inwards, the lower edge back. */
export const brows = [
  [70, 63, 105, 66, 107, 55, 65, 52, 53, 46],
  [300, 293, 334, 296, 336, 285, 295, 282, 283, 276],
] as const
export const outerLips = [
  61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185,
]
/** From the image-left corner along the upper lip to the right corner, back along the lower. */
export const innerLips = [
  78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
]
export const noseTip = 4
/** From between the eyes to the tip. */
export const noseRidge = [168, 6, 197, 195, 5, noseTip, 1]
