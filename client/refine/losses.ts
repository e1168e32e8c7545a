/**
 * The losses of FaceRefiner (Li et al., IEEE TMM 2024, section III; official code: the losses of its STROTSS-style
 * module), on hypercolumn samples X [D, n]: one row a channel, one column a sample; rows 0..2 are normalised RGB.
 * Each returns one number (shape []).
 */
import * as g from '../graph/ops.ts'
import { constant, type Tensor } from '../graph/tensor.ts'

/** Keeps a norm's gradient finite on a column of zeros; far below float32's resolution of any real column. */
const tiny = 1e-12

/** Decorrelated colour space of the official colour term: row 0 is brightness. */
const colourMatrix = constant(
  Float32Array.of(0.57735, 0.57735, 0.57735, -0.57735, 0.788675, -0.211325, -0.57735, -0.211325, 0.788675),
  [3, 3],
)
/** Official lower bound of the squared colour distance, before the division by the number of channels. */
const colourFloor = 1e-5

/** X [D, n] -> its columns as rows of unit length, [n, D]. */
export function unitRows(x: Tensor): Tensor {
  const rows = g.transpose(x, [1, 0])
  return g.div(rows, norm(rows))
}

/** What the style losses need of the style samples Y [D, m]; constant within a scale, hence computed once (README, row 13). */
export interface StyleStatistics {
  /** [m, D], unit rows. */
  unit: Tensor
  /** [D, 1] */
  mean: Tensor
  /** [D, D] */
  covariance: Tensor
  /** [m, 3], RGB in the decorrelated colour space. */
  colour: Tensor
}

/** Y [D, m] -> what the style losses need of it. */
export function styleStatistics(y: Tensor): StyleStatistics {
  return { unit: unitRows(y), ...firstAndSecondMoment(y), colour: decorrelate(y) }
}

/**
 * Content loss: mean absolute difference of the column-normalised self-similarity matrices of X and C [D, n], times n.
 * At X = C it is rounding noise with an arbitrary subgradient (README, row 1): one step moves off it.
 */
export function contentLoss(x: Tensor, content: Tensor): Tensor {
  return g.mul(g.mean(g.abs(g.sub(selfSimilarity(x), selfSimilarity(content)))), x.shape[1])
}

/**
 * Norms divide the product, not the columns, which loses less to rounding (README, "Content"). The way back is that of the
 * product of unit rows, where a norm costs one pass over them and not several over all pairs. The sign of the distances
 * does not matter: they are divided by their own sums.
 */
function selfSimilarity(x: Tensor): Tensor {
  const rows = g.transpose(x, [1, 0])
  const scale = g.div(1, norm(rows))
  const cosine = g.mul(g.mul(g.gram(rows), scale), g.transpose(scale, [1, 0]))
  const negative = g.sub(g.computedAs(cosine, g.gram(unitRows(x))), 1)
  return g.div(negative, g.reduceSum(negative, [0]))
}

/** Of each row of [n, D]: [n, 1]. */
const norm = (rows: Tensor) => g.sqrt(g.add(g.reduceSum(g.square(rows), [1]), tiny))

/**
 * Relaxed earth mover's distance, one-sided as in the official code: the mean over X's samples of the cosine distance
 * to the nearest style sample. The nearest sample is fetched by index, so the backward pass needs no n x m matrix.
 * `twoSided` adds the other direction and takes the larger of both (STROTSS, equation 5).
 *
 * @param x [D, n]
 */
export function remdLoss(x: Tensor, style: StyleStatistics, twoSided = false): Tensor {
  const unit = unitRows(x)
  const similarity = cosine(unit, style)
  const nearest = g.rows(style.unit, g.argMax(similarity))
  const forward = g.mean(g.sub(1, g.reduceSum(g.mul(unit, nearest), [1])))
  if (!twoSided) return forward
  const columns = g.transpose(similarity, [1, 0])
  return g.maximum(forward, g.mean(g.sub(1, g.pick(columns, g.argMax(columns)))))
}

/** For each sample of X [D, n] the style sample nearest by cosine distance: [n], int32. */
export function nearestStyle(x: Tensor, style: StyleStatistics): Tensor {
  return g.argMax(cosine(unitRows(x), style))
}

/** Of all pairs, [n, m]. */
function cosine(unit: Tensor, style: StyleStatistics): Tensor {
  return g.matmul(unit, g.transpose(style.unit, [1, 0]))
}

/** Moment loss of X [D, n]: mean absolute difference of the means plus, where `moments` is 2, that of the covariances. */
export function momentLoss(x: Tensor, style: StyleStatistics, moments: 1 | 2 = 2): Tensor {
  const { mean, covariance } = firstAndSecondMoment(x)
  const first = g.mean(g.abs(g.sub(mean, style.mean)))
  if (moments === 1) return first
  return g.add(first, g.mean(g.abs(g.sub(covariance, style.covariance))))
}

function firstAndSecondMoment(x: Tensor): { mean: Tensor; covariance: Tensor } {
  const mean = g.reduceMean(x, [1])
  const centred = g.sub(x, mean)
  const covariance = g.mul(g.gram(centred, { even: true }), 1 / (x.shape[1] - 1))
  return { mean, covariance }
}

/** Colour loss of X [D, n]: one-sided relaxed earth mover's distance of the colours, Euclidean, in the decorrelated space. */
export function colourLoss(x: Tensor, style: StyleStatistics): Tensor {
  const colour = decorrelate(x)
  // Nearest is where 2 x y - |y|^2 is largest: |x|^2 is the same along a row. One product gives it.
  const squares = g.reduceSum(g.square(style.colour), [1])
  const ones = constant(new Float32Array(x.shape[1]).fill(1), [x.shape[1], 1])
  const keys = g.concat([g.mul(style.colour, 2), g.neg(squares)], 1)
  const closeness = g.matmul(g.concat([colour, ones], 1), g.transpose(keys, [1, 0]))
  const nearest = g.rows(style.colour, g.argMax(closeness))
  const squared = g.reduceSum(g.square(g.sub(colour, nearest)), [1])
  return g.mean(g.sqrt(g.mul(g.maximum(squared, colourFloor), 1 / 3)))
}

/** [D, n] -> [n, 3] */
function decorrelate(x: Tensor): Tensor {
  return g.transpose(g.matmul(colourMatrix, g.slice(x, 0, 0, 3)), [1, 0])
}

/**
 * Photometric loss: mean over all 3HW values of |photo - render| inside the mask (paper, equation 9).
 * @param render [3, P] @param photo [3, P] @param mask [1, P] in 0..1, eroded
 */
export function photometricLoss(render: Tensor, photo: Tensor, mask: Tensor): Tensor {
  return g.mean(g.mul(g.abs(g.sub(photo, render)), mask))
}
