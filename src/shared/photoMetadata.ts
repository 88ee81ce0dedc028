// What cameras write into their files, as far as Ocelli reads it.

/** What a photo says about itself. Every field is absent where the photo is silent or wrong. */
export interface PhotoMetadata {
  /**
   * Local time as ISO 8601 without a zone ('2019-06-14T17:03:20'), followed by '+HH:MM' or '-HH:MM'
   * only where the photo names its offset.
   */
  readonly takenAt?: string;
  readonly cameraMake?: string;
  readonly cameraModel?: string;
  readonly lens?: string;
  /** Degrees, north positive. Present only together with `longitude`. */
  readonly latitude?: number;
  /** Degrees, east positive. */
  readonly longitude?: number;
  readonly exposureSeconds?: number;
  readonly fNumber?: number;
  readonly iso?: number;
  readonly focalLengthMm?: number;
}
