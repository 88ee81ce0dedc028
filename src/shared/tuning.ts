// How a run uses the machine, and what was measured of it.
import { z } from 'zod';
import { type Precision, precisions } from './model.ts';

const count = z.number().int().min(0);
const positive = z.number().int().min(1);

/** What a model can run on, as ONNX Runtime calls it (its execution providers). */
export const providers = ['cpu', 'cuda', 'dml', 'coreml', 'webgpu'] as const;
const provider = z.enum(providers);
export type Provider = z.infer<typeof provider>;

export const resourcesSchema = z.object({
  decoders: positive,
  embedders: positive,
  /** Threads of each embedder. */
  threads: positive,
  /** Photos per run of the model. */
  batch: positive,
  provider,
});
/** How many processes a run may have, with how many threads each, and what the model runs on. */
export type Resources = z.infer<typeof resourcesSchema>;

/** Whether the same processes decode and embed; see the note in engine/workers/sharedCrew.ts. */
export function areShared({ decoders, embedders, threads, provider }: Resources): boolean {
  return provider === 'cpu' && threads === 1 && decoders === embedders;
}

/** One way to run the image tower, with nothing else going on. */
export const measurementSchema = z.object({
  provider,
  precision: z.enum(precisions),
  embedders: positive,
  threads: positive,
  batch: positive,
  embedsPerSecond: z.number().positive(),
});
export type Measurement = z.infer<typeof measurementSchema>;

/** Whether this is how the chosen resources run the model. */
export function isChosen(measurement: Measurement, chosen: Tuning['chosen']): boolean {
  const names = ['provider', 'precision', 'embedders', 'threads', 'batch'] as const;
  return names.every((name) => measurement[name] === chosen[name]);
}

/** Whether a run takes what was measured to be best, or what is set goes before it. */
export function isAsChosen(inUse: Resources, chosen: Resources): boolean {
  const names = ['provider', 'embedders', 'threads', 'batch', 'decoders'] as const;
  return names.every((name) => inUse[name] === chosen[name]);
}

export const triedProviderSchema = z.object({
  provider,
  usable: z.boolean(),
  /** Why it is not, in a sentence. */
  reason: z.string().optional(),
});
export type TriedProvider = z.infer<typeof triedProviderSchema>;

const rated = measurementSchema.extend({
  /** Of the whole, decoding with it; for photos of half a megapixel. */
  photosPerSecond: z.number().positive(),
});

/** What was found for one model on one machine. */
export const tuningSchema = z.object({
  /** Of machine and model: where it differs, this says nothing. */
  key: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
  tookMs: z.number(),
  chosen: resourcesSchema.extend({ precision: z.enum(precisions) }),
  photosPerSecond: z.number().positive(),
  /** In the order in which they were measured; the last ones may be in another precision. */
  candidates: z.array(rated).min(1),
  providers: z.array(triedProviderSchema),
  /** By all decoders together; undefined where it could not be measured. */
  decodesPerSecond: z.number().positive().optional(),
});
export type Tuning = z.infer<typeof tuningSchema>;

/**
 * How many times as fast the model would be in another precision, of the whole with decoding, where
 * that was measured.
 */
export function otherPrecision(
  tuning: Tuning,
): { precision: Precision; times: number } | undefined {
  const { candidates, chosen, photosPerSecond } = tuning;
  const [other] = candidates
    .filter(({ precision }) => precision !== chosen.precision)
    .sort((a, b) => b.photosPerSecond - a.photosPerSecond);
  return other && { precision: other.precision, times: other.photosPerSecond / photosPerSecond };
}

export const tuningStateSchema = z.object({
  model: z.string(),
  modelName: z.string(),
  precision: z.enum(precisions),
  /** Of the machine, as this process may use them. */
  cores: count,
  /** What a run takes now, at the speed that is set. */
  inUse: resourcesSchema,
  /** Undefined until it has been measured for this model on this machine. */
  measured: tuningSchema.optional(),
});
export type TuningState = z.infer<typeof tuningStateSchema>;
