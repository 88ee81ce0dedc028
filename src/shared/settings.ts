// What people can set, and what the app says of itself: models, disk use.
import { z } from 'zod';
import { int8StateSchema } from './agreement.ts';
import { precisions } from './model.ts';

const count = z.number().int().min(0);

export const speeds = ['eco', 'balanced', 'full'] as const;

export const settingsSchema = z.object({
  /** Glob patterns of paths inside a root that are left out, such as `Screenshots/`. */
  exclusions: z.array(z.string().min(1).max(500)).max(200),
  speed: z.enum(speeds),
  /** One step slower while the machine runs on its battery. */
  easyOnBattery: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether folders are watched while the app is open. */
  watch: z.boolean(),
  openAtLogin: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  exclusions: [],
  speed: 'balanced',
  easyOnBattery: true,
  theme: 'system',
  watch: true,
  openAtLogin: false,
};

export const modelInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  bytes: count,
  dimensions: count,
  precisions: z.array(z.enum(precisions)),
  /** The one in which it looks at photos, or would. */
  precision: z.enum(precisions),
  /** Of its int8 weights, where it has any. */
  int8: int8StateSchema.optional(),
  licences: z.array(z.string()),
  active: z.boolean(),
  /** Came with the app, was added by people, or was given to the host at its start (`--model`). */
  origin: z.enum(['starter', 'added', 'given']),
  folder: z.string(),
  /** Photos that it has embedded, in each precision that it has. */
  photosIn: z.partialRecord(z.enum(precisions), count),
  /** Why it cannot be used, where something is wrong with it. */
  problem: z.string().optional(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

/** How many it has embedded in the precision in which it looks at photos, unless another is named. */
export function photosUnderstood({ photosIn, precision }: ModelInfo, other = precision): number {
  return photosIn[other] ?? 0;
}

export const storageSchema = z.object({
  folder: z.string(),
  catalogBytes: count,
  indexBytes: count,
  thumbnailBytes: count,
  /** Of models that people have added. */
  modelBytes: count,
});
export type Storage = z.infer<typeof storageSchema>;
