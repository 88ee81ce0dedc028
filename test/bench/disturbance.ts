// How much of the processor other programs may have before a measurement says too little.

/** A share of the processor. */
export const tolerableDisturbance = 0.05;
