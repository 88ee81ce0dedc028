// The models that are measured: a ViT-B/32 of real size with random weights, where it can be made,
// and the starter model.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadModel } from '../../src/engine/models/loadModel.ts';
import { starterModelFolder } from '../../src/engine/workerEntries.ts';
import type { Model, ModelManifest, Precision } from '../../src/shared/model.ts';
import { cache, repository, shared } from './places.ts';

export interface BenchModel {
  readonly name: string;
  readonly model: Model;
  readonly precisions: readonly Precision[];
}

/** Those that there are, the most telling first; `note` is told of those that there are not. */
export async function benchModels(note: (text: string) => void): Promise<BenchModel[]> {
  const models: BenchModel[] = [];
  const vit = await vitFolder().catch((error: unknown) => {
    note(`ViT-B/32 could not be made, so the starter model stands alone (${firstLine(error)}).`);
    return undefined;
  });
  if (vit) models.push(benchModel('ViT-B/32', await loadModel(vit)));
  const starter = await loadModel(starterModelFolder).catch((error: unknown) => {
    note(`The starter model is not there (${firstLine(error)}).`);
    return undefined;
  });
  if (starter) models.push(benchModel('starter', starter));
  return models;
}

function benchModel(name: string, model: Model): BenchModel {
  const { files } = model.manifest.image;
  const precisions = (['float32', 'int8'] as const).filter((precision) => files[precision]);
  return { name, model, precisions };
}

/** Makes it at first use, which takes some minutes and a gigabyte of disk. */
async function vitFolder(): Promise<string> {
  const folder = join(cache, 'vit-b32-own-int8');
  if (await exists(folder)) return folder;
  // Made beside its place: what was interrupted is made again.
  const making = `${folder}.making`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  await promisify(execFile)(join(shared, 'tools', 'make-clip'), [making]);
  const tokenizer = join(repository, 'test', 'fixtures', 'tiny-clip', 'tokenizer.json');
  await copyFile(tokenizer, join(making, 'tokenizer.json'));
  const names = ['vision.onnx', 'text.onnx', 'tokenizer.json'];
  const files = await Promise.all(names.map((name) => describe(making, name)));
  await writeFile(join(making, 'model.json'), JSON.stringify({ ...vitManifest, files }, null, 2));
  // As people make theirs: of float32, in the place of those that came with it.
  await promisify(execFile)(join(repository, 'models', 'quantise', 'run'), [making]);
  await rename(making, folder);
  return folder;
}

async function describe(folder: string, path: string): Promise<ModelManifest['files'][number]> {
  const content = await readFile(join(folder, path));
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { path, bytes: content.length, sha256 };
}

/** Mean and deviation of a half: x/127.5 − 1, as the reported pipeline normalises. */
const vitManifest: Omit<ModelManifest, 'files'> = {
  schema: 1,
  id: 'bench-vit-b32',
  name: 'ViT-B/32 with random weights',
  description: 'As large and as fast as CLIP; knows nothing.',
  dimensions: 512,
  licence: [],
  image: {
    files: { float32: 'vision.onnx' },
    input: { name: 'pixel_values', type: 'float32', layout: 'NCHW' },
    size: 224,
    resize: 'shortest-side',
    crop: 'centre',
    interpolation: 'cubic',
    mean: [0.5, 0.5, 0.5],
    std: [0.5, 0.5, 0.5],
    output: { name: 'image_embeds', pooling: 'none' },
  },
  text: {
    files: { float32: 'text.onnx' },
    tokenizer: { file: 'tokenizer.json', maxTokens: 77, padding: 'max-length', padId: 0 },
    inputs: { ids: 'input_ids' },
    idType: 'int64',
    output: { name: 'text_embeds', pooling: 'none' },
    prompts: ['{}'],
  },
  similarity: {},
};

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
