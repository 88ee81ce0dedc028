// Words → token ids, by a model's tokenizer.json and the rules of its manifest.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { OcelliError } from '../../shared/errors.ts';
import type { Model } from '../../shared/model.ts';
import { requireFile } from './session.ts';

export interface TokenBatch {
  /** One row per text, all of the same length: padded at the end, cut to the model's length. */
  readonly ids: readonly (readonly number[])[];
  /** Of the same shape: 1 for a token of the text, 0 for padding. */
  readonly mask: readonly (readonly number[])[];
}

export type Tokenize = (texts: readonly string[]) => TokenBatch;

/** No model reads as much; a pasted book would keep the tokenizer busy for minutes. */
const mostCharacters = 16_384;

/** @throws OcelliError MODEL_MISSING, MODEL_DAMAGED */
export async function openTokenizer(model: Model): Promise<Tokenize> {
  const { file, maxTokens, padding, padId } = model.manifest.text.tokenizer;
  const tokenizer = await load(join(model.folder, file));
  const encode = (text: string) => tokenizer.encode(text.slice(0, mostCharacters)).ids;
  const ending = countEndTokens(tokenizer);

  return (texts) => {
    const rows = texts.map((text) => truncate(encode(text), maxTokens, ending));
    const longest = Math.max(0, ...rows.map((row) => row.length));
    const length = padding === 'max-length' ? maxTokens : longest;
    return {
      ids: rows.map((row) => padEnd(row, length, padId)),
      mask: rows.map((row) =>
        padEnd(
          row.map(() => 1),
          length,
          0,
        ),
      ),
    };
  };
}

async function load(path: string): Promise<Tokenizer> {
  await requireFile(path);
  try {
    const definition: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof definition !== 'object' || definition === null)
      throw new Error('Expected an object');
    return new Tokenizer(definition, {});
  } catch (cause) {
    throw new OcelliError('MODEL_DAMAGED', `The tokenizer cannot be loaded: ${path}`, { cause });
  }
}

/** How many tokens the tokenizer sets after a text: CLIP's end of text, BERT's separator. */
function countEndTokens(tokenizer: Tokenizer): number {
  const bare = tokenizer.encode('a', { add_special_tokens: false }).ids;
  const full = tokenizer.encode('a').ids;
  const start = full.indexOf(bare[0] ?? -1);
  return start < 0 ? 0 : full.length - start - bare.length;
}

/** Cuts the text, not its end tokens: CLIP's embedding is read from the end token. */
function truncate(ids: readonly number[], maxTokens: number, ending: number): readonly number[] {
  if (ids.length <= maxTokens) return ids;
  return [...ids.slice(0, maxTokens - ending), ...ids.slice(ids.length - ending)];
}

function padEnd(row: readonly number[], length: number, value: number): readonly number[] {
  return [...row, ...Array.from({ length: length - row.length }, () => value)];
}
