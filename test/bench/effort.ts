// How much is measured: a full run, or a quick one that only shows the direction.

export interface Effort {
  readonly name: 'full' | 'quick';
  /** Least duration of one indexing run that is measured. */
  readonly seconds: number;
  /** Times that every indexing configuration is run, in turns; the fastest counts. */
  readonly rounds: number;
  /** As many in all for those that other programs disturbed each time. */
  readonly mostRounds: number;
  /** CPU seconds spent on each measurement of the bound. */
  readonly boundSeconds: number;
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
  seconds: 16,
  rounds: 2,
  mostRounds: 6,
  boundSeconds: 6,
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
  seconds: 5,
  rounds: 1,
  mostRounds: 1,
  boundSeconds: 1.5,
  rescanFiles: [20_000],
  rescans: 3,
  vectors: 100_000,
  queries: 100,
  libraries: [1000, 10_000, 50_000],
  starts: 3,
  typedQueries: 8,
  appRounds: 1,
};
