// Whether a model does what its model.json says, tried on one word and one picture before it is
// taken in: better now than after a thousand photos.
import { asOcelliError, OcelliError } from '../shared/errors.ts';
import type { Model } from '../shared/model.ts';
import type { Transport } from './pool/transport.ts';
import { choosePrecision, createEmbedders } from './pools.ts';
import { queryThreads } from './resources.ts';

/** @throws MODEL_MISSING, MODEL_DAMAGED */
export async function proveModel(model: Model, transport: Transport): Promise<void> {
  const { manifest, folder } = model;
  requireListedFiles(model);
  const embedder = createEmbedders(transport, {
    name: 'model check',
    size: 1,
    depth: 1,
    model,
    precision: choosePrecision(model),
    threads: queryThreads(),
    first: 'text',
  });
  try {
    const { size } = manifest.image;
    const jobs = [{ texts: ['a photo'] }, { images: [new Uint8Array(size * size * 3).fill(127)] }];
    for (const job of jobs) {
      const { vectors } = await embedder.run(job, { maxLosses: 1 });
      if (vectors.length === manifest.dimensions && vectors.every(Number.isFinite)) continue;
      throw new OcelliError(
        'MODEL_DAMAGED',
        `The model in ${folder} gives ${vectors.length} numbers where ${manifest.dimensions} were expected.`,
      );
    }
  } catch (thrown) {
    const error = asOcelliError(thrown);
    if (error.code === 'MODEL_DAMAGED' || error.code === 'MODEL_MISSING') throw error;
    throw new OcelliError(
      'MODEL_DAMAGED',
      `The model in ${folder} does not run: ${error.message}`,
      {
        cause: error,
      },
    );
  } finally {
    embedder.close();
  }
}

/** Only what is listed with its size and hash is copied. */
function requireListedFiles({ folder, manifest }: Model): void {
  const { image, text } = manifest;
  const listed = new Set(manifest.files.map((file) => file.path));
  for (const [tower, { files }] of [['image', image] as const, ['text', text] as const]) {
    if (Object.values(files).length > 0) continue;
    throw damaged(folder, `names no file for the ${tower} tower`);
  }
  const named = [...Object.values(image.files), ...Object.values(text.files), text.tokenizer.file];
  const missing = named.find((file) => file !== undefined && !listed.has(file));
  if (missing !== undefined) throw damaged(folder, `does not list ${missing} among its files`);
}

function damaged(folder: string, what: string): OcelliError {
  return new OcelliError('MODEL_DAMAGED', `The model.json in ${folder} ${what}.`);
}
