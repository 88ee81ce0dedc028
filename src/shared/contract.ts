// What hosts may ask of the engine and what it tells them: every call with its input and output,
// every event. Electron IPC, WebSocket, local socket and command line all speak this, and parse it
// on arrival.
import { z } from 'zod';
import { errorCodes } from './errors.ts';

const count = z.number().int().min(0);
const errorCode = z.enum(errorCodes);
/** Milliseconds since 1970. */
const instant = z.number();

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

const phase = z.enum(['scanning', 'indexing', 'optimising', 'paused', 'stopping']);

export const progressSchema = z.object({
  phase,
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
  /** Bytes of resident memory of every worker process, by its name. */
  workers: z.array(z.object({ name: z.string(), pid: z.number(), busy: z.boolean() })),
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
  /** eligible = indexed + failed + skipped + pending; pending is 0 in a complete run. */
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
    limit: z.number().int().min(1).max(10_000).default(20),
    offset: z.number().int().min(0).max(1_000_000).default(0),
    /** Cosine similarity below which what the model found is left out; −1 to 1. */
    minScore: z.number().min(-1).max(1).optional(),
  })
  .refine((request) => request.words !== undefined || request.image !== undefined, {
    message: 'words or an image',
  });
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
  thumbnail: z.string(),
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
  model: z.string(),
  roots: z.array(rootStatusSchema),
  /** Points in the search index; distinct contents, so copies count once. */
  points: count,
  dataFolder: z.string(),
  running: progressSchema.optional(),
  lastRun: runReportSchema.optional(),
});
export type Status = z.infer<typeof statusSchema>;

export const failureSchema = z.object({
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

const none = z.object({});

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
  pause: { input: none, output: none },
  resume: { input: none, output: none },
  cancel: { input: none, output: none },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type CallName = keyof typeof calls;
export type CallInput<Name extends CallName> = z.input<(typeof calls)[Name]['input']>;
export type CallOutput<Name extends CallName> = z.output<(typeof calls)[Name]['output']>;

export const events = {
  progress: progressSchema,
  /** Something happened that a person should know and need not act on, in a sentence. */
  notice: z.object({ message: z.string() }),
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
