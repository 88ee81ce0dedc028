// What people can set, and what the app says of itself: models, disk use.
import { z } from 'zod';

const count = z.number().int().min(0);

export const speeds = ['eco', 'balanced', 'full'] as const;

export const settingsSchema = z.object({
  /** Glob patterns of paths inside a root that are left out, such as `Screenshots/`. */
  exclusions: z.array(z.string().min(1).max(500)).max(200),
  speed: z.enum(speeds),
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether folders are watched while the app is open. */
  watch: z.boolean(),
  openAtLogin: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  exclusions: [],
  speed: 'balanced',
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
  licences: z.array(z.string()),
  active: z.boolean(),
  folder: z.string(),
});
export type ModelInfo = z.infer<typeof modelInfoSchema>;

export const storageSchema = z.object({
  folder: z.string(),
  catalogBytes: count,
  indexBytes: count,
  thumbnailBytes: count,
});
export type Storage = z.infer<typeof storageSchema>;
