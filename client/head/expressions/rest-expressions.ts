/** The face at rest: as in the photo, or with its smile taken back and its lips closed, as far as the shapes allow. */
export const restExpressions = ['photo', 'neutral'] as const
export type RestExpression = (typeof restExpressions)[number]
