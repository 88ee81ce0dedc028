// What a host can tell of the machine and of who sits at it: a run goes easy accordingly.

export interface Surroundings {
  readonly onBattery: boolean;
  /** Somebody has used the keyboard or the pointer a moment ago. */
  readonly isInUse: boolean;
  /** Calls the listener when one of them has changed. Returns how to stop that. */
  follow(listener: () => void): () => void;
}

/** For hosts that cannot know. */
export const unknownSurroundings: Surroundings = {
  onBattery: false,
  isInUse: false,
  follow: () => () => {},
};
