// What the product sets out to reach. A figure that falls short is printed with its aim beside it.

export const aims = {
  /** Float32 against the reported configuration in float32; also for a model that has one precision. */
  ratioSamePrecision: 2,
  /** Int8 against the reported configuration in float32. */
  ratioInt8: 5,
  fractionOfBound: 0.8,
  upsertShare: 0.02,
  rescanFilesPerSecond: 20_000,
  exactP95Ms: 20,
  optimisedP95Ms: 3,
  framesPerSecond: 60,
  longestBlankMs: 200,
} as const;
