// What of a content a search may be narrowed by: told by the catalogue, copied into the index.

export interface Traits {
  /** As `facets` lists them. */
  readonly camera: string | null;
  readonly format: string;
  /** Of each photo that holds the content: 'YYYY-MM-DDTHH:MM:SS'. */
  readonly dates: readonly string[];
  /** Absolute paths of the folders that these photos are in. */
  readonly folders: readonly string[];
}
