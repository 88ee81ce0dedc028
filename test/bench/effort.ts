// How much is measured: a full run, or a quick one that only shows the direction.

export interface Effort {
  readonly name: 'full' | 'quick';
  /** Turns of a part of a second that pipelines and the parts of the bound take. */
  readonly turns: number;
  /** Duration of one indexing run that is measured as a whole. */
  readonly seconds: number;
  /** Times that one is tried until other programs do not disturb it; 0: none is measured. */
  readonly mostRuns: number;
  /** Sizes of the trees that are looked through again. */
  readonly rescanFiles: readonly number[];
  readonly rescans: number;
  /** Points in the search index. */
  readonly vectors: number;
  readonly queries: number;
  /** Sizes of libraries between which the cost of a photo should not grow. */
  readonly libraries: readonly number[];
  /** Starts of the app that count, with a library and without. */
  readonly starts: number;
  /** Queries typed into its window, idle and during a run each. */
  readonly typedQueries: number;
  /** Times that every host indexes the same photos, in turns. */
  readonly appRounds: number;
}

export const full: Effort = {
  name: 'full',
  turns: 48,
  seconds: 16,
  mostRuns: 4,
  rescanFiles: [10_000, 50_000],
  rescans: 5,
  vectors: 100_000,
  queries: 400,
  libraries: [1000, 10_000, 100_000, 1_000_000],
  starts: 12,
  typedQueries: 40,
  appRounds: 5,
};

export const quick: Effort = {
  name: 'quick',
  turns: 18,
  seconds: 5,
  mostRuns: 0,
  rescanFiles: [20_000],
  rescans: 3,
  vectors: 100_000,
  queries: 100,
  libraries: [1000, 10_000, 50_000],
  starts: 3,
  typedQueries: 8,
  appRounds: 1,
};
