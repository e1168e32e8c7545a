/** Relative L2 errors up to which a result counts as the official one. */
export const tolerances = {
  /** Pyramid levels, synthesis and gradients, backbone taps, samples, renders. */
  maps: 1e-5,
  /** A loss's value. */
  loss: 1e-5,
  /** A sum of terms of both signs: float32 loses what cancels. */
  functional: 1e-4,
  gradient: {
    remd: 1e-4,
    moment: 1e-4,
    /** Differences of near colours, whose square roots are steep. */
    colour: 1e-3,
    /** Differences of self-similarities at rounding level decide the sign of a subgradient. */
    content: 2e-2,
    photometric: 1e-4,
    backbone: 1e-4,
  },
  /** Losses of a run over its iterations. */
  trajectory: 1e-2,
  /** Images and pyramids at the end of a run's scales. */
  final: 3e-2,
} as const
