// What a model is: the schema of `model.json`. CLIP and SigLIP families, and the starter model,
// differ in this data only; no code asks for a model by its name.
import { z } from 'zod';

export const precisions = ['float32', 'int8'] as const;
const precision = z.enum(precisions);

/** File names are relative to the model's folder and never leave it. */
const fileName = z.string().regex(/^(?!.*\.\.)[\w.-]+(\/[\w.-]+)*$/, 'a path inside the folder');

const pooling = z.enum(['none', 'mean', 'cls']).default('none');

export const imageTowerSchema = z.object({
  files: z.partialRecord(precision, fileName),
  input: z.object({
    name: z.string(),
    /** uint8: the graph normalises; float32: (x/255 − mean) / std is applied before. */
    type: z.enum(['uint8', 'float32']),
    layout: z.enum(['NHWC', 'NCHW']),
  }),
  /** Side of the square input, in pixels. */
  size: z.number().int().min(16).max(2048),
  /** shortest-side: scale so that the shorter side is `size`, then crop; squash: ignore the ratio. */
  resize: z.enum(['shortest-side', 'squash']),
  crop: z.enum(['centre', 'none']),
  interpolation: z.enum(['cubic', 'linear']),
  mean: z.tuple([z.number(), z.number(), z.number()]).optional(),
  std: z.tuple([z.number(), z.number(), z.number()]).optional(),
  output: z.object({ name: z.string(), pooling }),
});

export const textTowerSchema = z.object({
  files: z.partialRecord(precision, fileName),
  tokenizer: z.object({
    file: fileName,
    maxTokens: z.number().int().min(1).max(4096),
    padding: z.enum(['longest', 'max-length']),
    padId: z.number().int().min(0),
  }),
  inputs: z.object({ ids: z.string(), mask: z.string().optional() }),
  idType: z.enum(['int64', 'int32']),
  output: z.object({ name: z.string(), pooling }),
  /** A query is embedded in each of these ('{}' is the query) and the mean is taken. */
  prompts: z.array(z.string().includes('{}')).min(1),
});

export const modelManifestSchema = z.object({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,63}$/),
  name: z.string(),
  description: z.string(),
  /** Length of an embedding. */
  dimensions: z.number().int().min(2).max(4096),
  licence: z.array(z.object({ component: z.string(), spdx: z.string(), source: z.string() })),
  image: imageTowerSchema,
  text: textTowerSchema,
  /** Cosine below which a hit is weak for this model, if that is known. */
  similarity: z.object({ weak: z.number().optional() }).default({}),
  files: z.array(
    z.object({
      path: fileName,
      bytes: z.number().int().min(1),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      source: z.string().optional(),
    }),
  ),
});

export type ModelManifest = z.infer<typeof modelManifestSchema>;
export type ImageTower = z.infer<typeof imageTowerSchema>;
export type TextTower = z.infer<typeof textTowerSchema>;
export type Precision = z.infer<typeof precision>;
export type TowerKind = 'image' | 'text';

/** What the manifest says of the file of a tower's weights; undefined where it has none so precise. */
export function weightsOf(
  manifest: ModelManifest,
  tower: TowerKind,
  precision: Precision,
): ModelManifest['files'][number] | undefined {
  const name = manifest[tower].files[precision];
  return manifest.files.find(({ path }) => path === name);
}

/** A manifest with the folder that it was read from. */
export interface Model {
  readonly folder: string;
  readonly manifest: ModelManifest;
}
