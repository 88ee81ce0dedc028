// The library as it is shown: photos by month and by folder, and what is known of one.
import { z } from 'zod';

const count = z.number().int().min(0);

/** A photo in a grid. */
export const photoTileSchema = z.object({
  id: count,
  name: z.string(),
  /** Names the thumbnail; null where there is none (yet). */
  sha256: z.string().nullable(),
  /** Local time, 'YYYY-MM-DDTHH:MM:SS': when it was taken, or else when the file was changed. */
  date: z.string(),
  /** Pixels, upright; 0 where they are not known (yet). */
  width: count,
  height: count,
  state: z.enum(['pending', 'indexed', 'failed', 'skipped']),
  online: z.boolean(),
});
export type PhotoTile = z.infer<typeof photoTileSchema>;

/** Where a tile stands in its month. */
export const tilePlaceSchema = photoTileSchema.pick({ date: true, id: true });
export type TilePlace = z.infer<typeof tilePlaceSchema>;

/** Of one answer: on their way to a window they take 10 ms of the process that answers. */
export const mostTiles = 2000;

export const timelineSchema = z.object({
  photos: count,
  /** Newest first. */
  months: z.array(z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), photos: count })),
});
export type Timeline = z.infer<typeof timelineSchema>;

export const folderSchema = z.object({
  path: z.string(),
  /** The root that it lies in. */
  root: z.string(),
  /** Photos in it, those of folders below it left out. */
  photos: count,
});
export type Folder = z.infer<typeof folderSchema>;

export const photoDetailsSchema = photoTileSchema.extend({
  path: z.string(),
  folder: z.string(),
  bytes: count,
  /** When the file was changed, milliseconds since 1970. */
  changedAt: z.number(),
  format: z.string().optional(),
  takenAt: z.string().optional(),
  cameraMake: z.string().optional(),
  cameraModel: z.string().optional(),
  lens: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  exposureSeconds: z.number().optional(),
  fNumber: z.number().optional(),
  iso: z.number().optional(),
  focalLengthMm: z.number().optional(),
  /** Other paths with the very same content. */
  copies: z.array(z.string()),
  /** Why it is not indexed, if it failed or was skipped. */
  problem: z.object({ code: z.string(), message: z.string(), wayOut: z.string() }).optional(),
});
export type PhotoDetails = z.infer<typeof photoDetailsSchema>;

/** What a search may be narrowed to; all given ones must hold. */
export const photoFilterSchema = z.object({
  /** Absolute path: in it or below it. */
  folder: z.string().optional(),
  /** Inclusive, 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
  from: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    .optional(),
  to: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)
    .optional(),
  /** As `facets` lists them. */
  camera: z.string().optional(),
  format: z.string().optional(),
});
export type PhotoFilter = z.infer<typeof photoFilterSchema>;

const facet = z.array(z.object({ value: z.string(), photos: count }));

/** What there is to narrow to, most frequent first; years newest first. */
export const facetsSchema = z.object({ cameras: facet, formats: facet, years: facet });
export type Facets = z.infer<typeof facetsSchema>;
