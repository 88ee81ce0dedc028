// What the product sets out to reach. A figure that falls short is printed with its aim beside it.

export const aims = {
  /** Of ViT-B/32 on small photos, against the reported configuration in float32. */
  ratio: { float32: 2.2, int8: 6 },
  fractionOfBound: 0.95,
  upsertShare: 0.02,
  /** Of all processes, shared pages counted once, with ViT-B/32; none is set for more cores. */
  peakMemoryMb: { float32: 1200, int8: 600, upToCores: 2 },
  /** What a program of normal priority loses. */
  lostInEco: 0.1,
  /** After the warm-up, either way. */
  memoryDrift: 0.05,
  rescanFilesPerSecond: 20_000,
  exactP95Ms: 20,
  searchP95Ms: 3,
  /** Among a million, filters included. */
  scaleP95Ms: 5,
  scaleRecall: 0.97,
  framesPerSecond: 60,
  longestBlankMs: 200,
  /** From the start of the process, with 100,000 photos. */
  startToUsableMs: 2000,
  keyToPictureP95Ms: 150,
  mainProcessHeldMs: 50,
  /** Of the command line's throughput. */
  appThroughput: 0.95,
  /** Of the throughput. */
  drawingShare: 0.02,
  /** What tuning picks, against the best of all ways to run the model. */
  tunedOfBest: 0.95,
  /** With the starter model. */
  tuningMs: 5000,
} as const;
