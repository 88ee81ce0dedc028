// A model folder → a Model that may be used: its model.json parsed, its files there and whole.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { OcelliError, systemCode } from '../../shared/errors.ts';
import { type Model, type ModelManifest, modelManifestSchema } from '../../shared/model.ts';

/**
 * Reads model.json and checks that every file is there with its size; the hash is left to
 * verifyModel, which reads all of it.
 * @throws MODEL_MISSING, MODEL_DAMAGED
 */
export async function loadModel(folder: string): Promise<Model> {
  const manifest = await readManifest(folder);
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    const size = await sizeOf(path);
    if (size !== file.bytes) {
      throw new OcelliError(
        'MODEL_DAMAGED',
        `${path} has ${size} bytes where ${file.bytes} were expected.`,
      );
    }
  }
  return { folder, manifest };
}

/** Reads every file and compares its SHA-256. @throws MODEL_MISSING, MODEL_DAMAGED */
export async function verifyModel(model: Model): Promise<void> {
  for (const file of model.manifest.files) {
    const path = join(model.folder, file.path);
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    if (hash.digest('hex') !== file.sha256) {
      throw new OcelliError('MODEL_DAMAGED', `${path} is not what it was when it was made.`);
    }
  }
}

/** What the folder's model.json says; its files may be missing. @throws MODEL_MISSING, MODEL_DAMAGED */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const path = join(folder, 'model.json');
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new OcelliError('MODEL_MISSING', `There is no model: ${path} cannot be read.`, { cause });
  });
  try {
    return modelManifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new OcelliError('MODEL_DAMAGED', `${path} does not describe a model: ${detail}`, {
      cause,
    });
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    throw new OcelliError('MODEL_MISSING', `${path} cannot be read (${systemCode(cause)}).`, {
      cause,
    });
  }
}
