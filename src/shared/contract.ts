// What hosts may ask of the engine and what it tells them: every call with its input and output,
// every event. Electron IPC, WebSocket, local socket and command line all speak this, and parse it
// on arrival.
import { z } from 'zod';
import { errorCodes } from './errors.ts';
import {
  facetsSchema,
  folderSchema,
  photoDetailsSchema,
  photoFilterSchema,
  photoTileSchema,
  tilePlaceSchema,
  timelineSchema,
} from './library.ts';
import { precisions } from './model.ts';
import { modelInfoSchema, settingsSchema, speeds, storageSchema } from './settings.ts';
import { storedPictureSchema } from './storedPicture.ts';
import { tuningStateSchema } from './tuning.ts';

const count = z.number().int().min(0);
const errorCode = z.enum(errorCodes);
/** Milliseconds since 1970. */
const instant = z.number();
const none = z.object({});

export const stageNames = ['read', 'decode', 'thumbnail', 'embed', 'store', 'upsert'] as const;

/** Milliseconds of work per stage, summed over photos and processes. */
export const stageTimesSchema = z.object({
  /** Reading the file and hashing it, in the decoders. */
  read: z.number(),
  /** From bytes to the model's pixels, in the decoders. */
  decode: z.number(),
  thumbnail: z.number(),
  /** The image tower, in the embedders. */
  embed: z.number(),
  /** SQLite. */
  store: z.number(),
  /** Qdrant. */
  upsert: z.number(),
});
export type StageTimes = z.infer<typeof stageTimesSchema>;

const phase = z.enum([
  'scanning',
  'preparing',
  'tuning',
  'indexing',
  'optimising',
  'paused',
  'stopping',
]);

export const progressSchema = z.object({
  phase,
  /** The speed it runs at now: slower than what is set while the machine runs on its battery. */
  speed: z.enum(speeds),
  /** Why it takes less of the machine than is set: the battery, or somebody at the keyboard. */
  easyFor: z.enum(['battery', 'person']).optional(),
  /** Photos found so far; final once `scanned`. */
  eligible: count,
  scanned: z.boolean(),
  /** Found as they were at the last run; part of `indexed`. */
  unchanged: count,
  indexed: count,
  failed: count,
  skipped: count,
  /** Photos a second over the last seconds, unchanged ones left out. */
  photosPerSecond: z.number(),
  /** Undefined while nothing can be said yet. */
  remainingMs: z.number().optional(),
  elapsedMs: z.number(),
  queues: z.object({ decode: count, embed: count, store: count }),
  /** Work so far; the difference between two moments, by the photos between them, is ms a photo. */
  stages: stageTimesSchema,
  workers: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      busy: z.boolean(),
      /** Resident memory; 0 until the process has told. */
      rssBytes: z.number(),
      /** Of one core, over the last second or so. */
      cpuPercent: z.number(),
    }),
  ),
});
export type Progress = z.infer<typeof progressSchema>;

export const runReportSchema = z.object({
  id: count,
  startedAt: instant,
  finishedAt: instant,
  outcome: z.enum(['complete', 'cancelled', 'stopped']),
  /** Why a run stopped before its end. */
  error: z.object({ code: errorCode, message: z.string() }).optional(),
  model: z.string(),
  roots: z.array(z.string()),
  /** eligible = indexed + failed + skipped + pending; pending is 0 in a complete run, but for photos on disks that are away. */
  eligible: count,
  indexed: count,
  failed: count,
  skipped: count,
  pending: count,
  /** Of `indexed`: not looked into, as path, size and time were those of the last run. */
  unchanged: count,
  /** Of `indexed`: known by content (moved, copied, restored), so nothing was embedded. */
  recognised: count,
  /** Of `indexed`: went through the model. */
  embedded: count,
  /** Photos that are no longer there and left the library. */
  removed: count,
  scanMs: z.number(),
  /** From the first photo looked into to the last one stored. */
  workMs: z.number(),
  totalMs: z.number(),
  stages: stageTimesSchema,
});
export type RunReport = z.infer<typeof runReportSchema>;

export const searchRequestSchema = z
  .object({
    /** Words, `-without`, `"phrases"`, `parts, of^2, a whole^0.5`. */
    words: z.string().max(2000).optional(),
    /** Absolute path of an image file: what looks like it. */
    image: z.string().optional(),
    /** The bytes of an image file, in base64: one that was dropped or pasted. */
    imageData: z.string().max(70_000_000).optional(),
    /** A photo of the library: what looks like it. It is not among the hits. */
    similarTo: count.optional(),
    filter: photoFilterSchema.optional(),
    limit: z.number().int().min(1).max(10_000).default(20),
    offset: z.number().int().min(0).max(1_000_000).default(0),
    /** Cosine similarity below which what the model found is left out; −1 to 1. */
    minScore: z.number().min(-1).max(1).optional(),
  })
  .refine(
    ({ words, image, imageData, similarTo }) =>
      [words, image, imageData, similarTo].some((wish) => wish !== undefined),
    { message: 'words, an image or a photo' },
  );
export type SearchRequest = z.input<typeof searchRequestSchema>;

const reason = z.discriminatedUnion('kind', [
  /** The model: cosine similarity to the query, and the place in its list (1 is best). */
  z.object({ kind: z.literal('looks'), like: z.string(), similarity: z.number(), rank: count }),
  /** The file's or folder's name has the words. */
  z.object({ kind: z.literal('named'), words: z.string(), where: z.enum(['file', 'folder']) }),
]);
export type Reason = z.infer<typeof reason>;

export const hitSchema = z.object({
  photo: count,
  path: z.string(),
  /** Cosine similarity to the query, −1 to 1. The order comes from rank fusion, not from this. */
  score: z.number(),
  reasons: z.array(reason).min(1),
  /** False where the folder's disk is not connected now. */
  online: z.boolean(),
  tile: photoTileSchema,
});
export type Hit = z.infer<typeof hitSchema>;

export const searchAnswerSchema = z.object({
  query: z.string(),
  tookMs: z.number(),
  /** Where the time went: the text or image tower, Qdrant, the names, the rest. */
  times: z.object({ embedMs: z.number(), vectorsMs: z.number(), namesMs: z.number() }),
  hits: z.array(hitSchema),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

export const rootStatusSchema = z.object({
  path: z.string(),
  state: z.enum(['online', 'offline']),
  photos: count,
  lastScanAt: instant.optional(),
});

export const statusSchema = z.object({
  eligible: count,
  indexed: count,
  failed: count,
  skipped: count,
  pending: count,
  /** Id and name of the one that is in use; `pending` photos are those it has not looked at. */
  model: z.string(),
  modelName: z.string(),
  precision: z.enum(precisions),
  roots: z.array(rootStatusSchema),
  /** Points in the search index; distinct contents, so copies count once. */
  points: count,
  dataFolder: z.string(),
  running: progressSchema.optional(),
  lastRun: runReportSchema.optional(),
});
export type Status = z.infer<typeof statusSchema>;

export const failureSchema = z.object({
  photo: count,
  path: z.string(),
  outcome: z.enum(['failed', 'skipped']),
  stage: z.enum(['scan', 'decode', 'embed', 'store']),
  code: errorCode,
  message: z.string(),
  wayOut: z.string(),
  attempts: count,
  at: instant,
});
export type Failure = z.infer<typeof failureSchema>;

/** Every call: what goes in, what comes out. Rejections are errors with a code (errors.ts). */
export const calls = {
  index: {
    input: z.object({
      /** Absolute paths; empty: the known folders. */
      folders: z.array(z.string()),
      retryFailed: z.boolean().default(false),
    }),
    output: runReportSchema,
  },
  /** Tries these failed photos again, as a run of its own. */
  retry: { input: z.object({ photos: z.array(count).min(1) }), output: runReportSchema },
  /** Failed photos that are not to be tried or listed as failed any more: skipped, IGNORED. */
  ignore: { input: z.object({ photos: z.array(count).min(1) }), output: none },
  search: { input: searchRequestSchema, output: searchAnswerSchema },
  status: { input: none, output: statusSchema },
  failures: {
    input: z.object({
      limit: z.number().int().min(1).max(100_000).default(1000),
      offset: count.default(0),
    }),
    output: z.array(failureSchema),
  },
  forget: {
    input: z.object({ folder: z.string() }),
    output: z.object({ photos: count }),
  },
  timeline: { input: z.object({ filter: photoFilterSchema.optional() }), output: timelineSchema },
  /**
   * The photos of one month, newest first. An answer has `mostTiles` at most; where it has that many,
   * the last of them is the place to go on from.
   */
  photosOf: {
    input: z.object({
      month: z.string().regex(/^\d{4}-\d{2}$/),
      filter: photoFilterSchema.optional(),
      after: tilePlaceSchema.optional(),
    }),
    output: z.array(photoTileSchema),
  },
  folders: { input: none, output: z.array(folderSchema) },
  photo: { input: z.object({ photo: count }), output: photoDetailsSchema },
  /** What is shown of a photo that browsers cannot decode (RAW); null: it holds no picture. */
  storedPicture: { input: z.object({ photo: count }), output: storedPictureSchema.nullable() },
  /** A photo that browsers cannot decode (HEIC, TIFF), as a JPEG in base64; null: it cannot be read. */
  convertedPicture: {
    input: z.object({ photo: count }),
    output: z.object({ jpeg: z.string() }).nullable(),
  },
  facets: { input: none, output: facetsSchema },
  /** Reports, the last run first. */
  runs: {
    input: z.object({ limit: z.number().int().min(1).max(1000).default(50) }),
    output: z.array(runReportSchema),
  },
  /** Progress of the last minutes, two a second while photos are indexed. */
  progressHistory: { input: none, output: z.array(progressSchema) },
  settings: { input: none, output: settingsSchema },
  changeSettings: { input: settingsSchema.partial(), output: settingsSchema },
  /** What an exclusion would leave out of what is known now. */
  countExcluded: {
    input: z.object({ pattern: z.string().max(500) }),
    output: z.object({ photos: count, examples: z.array(z.string()) }),
  },
  models: { input: none, output: z.array(modelInfoSchema) },
  /** Checks the model in this folder (absolute) and copies it to the data folder. */
  addModel: { input: z.object({ folder: z.string().min(1) }), output: modelInfoSchema },
  /**
   * From now on, and from the next start on; in the precision that is named, or else the one that was
   * chosen for it before. Ends a run that is under way; then begins one over what this model has not
   * embedded in that precision, if there is anything.
   */
  useModel: {
    input: z.object({ id: z.string(), precision: z.enum(precisions).optional() }),
    /** Photos that it has still to look at. */
    output: z.object({ waiting: count }),
  },
  /** Deletes an added model with all it knows of the photos; not the one that is in use. */
  removeModel: { input: z.object({ id: z.string() }), output: none },
  /** How this machine is used, and what was measured of it for the model in use. */
  tuning: { input: none, output: tuningStateSchema },
  /** Measures anew, for some seconds during which no run begins. */
  tune: { input: none, output: tuningStateSchema },
  storage: { input: none, output: storageSchema },
  /** They are made again when photos are indexed again; until then, originals are shown. */
  clearThumbnails: { input: none, output: none },
  rebuildIndex: { input: none, output: none },
  /** Forgets every folder and all that is known. Photographs stay. */
  removeEverything: { input: none, output: none },
  about: {
    input: none,
    output: z.object({ version: z.string(), samples: z.string(), platform: z.string() }),
  },
  pause: { input: none, output: none },
  resume: { input: none, output: none },
  /**
   * Ends a measurement that people have asked for or, where there is none, the run and those that were
   * to follow.
   */
  cancel: { input: none, output: none },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type CallName = keyof typeof calls;
export type CallInput<Name extends CallName> = z.input<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.output<(typeof calls)[Name]['output']>;

export const events = {
  progress: progressSchema,
  /** Something happened that a person should know and need not act on, in a sentence. */
  notice: z.object({ message: z.string() }),
  /** Photos came, changed or went: what is shown should be asked for again. At most once a second. */
  libraryChanged: none,
  settingsChanged: settingsSchema,
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]>;

/** The engine as every host sees it, whether in this process or at the other end of a wire. */
export interface EngineApi {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  on<Name extends EventName>(
    name: Name,
    listener: (payload: EventPayload<Name>) => void,
  ): () => void;
  close(): Promise<void>;
}
