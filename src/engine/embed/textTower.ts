// Words → embeddings, by what model.json says of the text tower and nothing else.

import type { Model, TextTower as TextTowerManifest } from '../../shared/model.ts';
import { createSerial } from '../pool/serial.ts';
import { Tensor } from './onnxRuntime.ts';
import { poolRows } from './pooling.ts';
import { openTower, runSession, type TowerOptions } from './session.ts';
import { openTokenizer, type TokenBatch } from './tokenizer.ts';
import { l2Normalise, meanPool } from './vectorMath.ts';

export interface TextTower {
  readonly dimensions: number;
  /**
   * n texts → n × dimensions numbers, each row of length 1: the direction of the mean of the
   * embeddings of the text in each of the model's prompts.
   * @throws OcelliError EMBED_FAILED, MODEL_DAMAGED
   */
  embed(texts: readonly string[]): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Rows of one run: more gain no speed and cost memory. */
const batchRows = 16;

/** @throws OcelliError MODEL_MISSING, MODEL_DAMAGED */
export async function openTextTower(model: Model, options: TowerOptions): Promise<TextTower> {
  const { text, dimensions } = model.manifest;
  const tokenize = await openTokenizer(model);
  const session = await openTower(model, 'text', options);
  const serial = createSerial();

  async function embedRows(texts: readonly string[]): Promise<Float32Array> {
    const tokens = tokenize(texts);
    const answer = await runSession(session, feedsOf(tokens, text), text.output.name);
    return poolRows(answer, texts.length, dimensions, text.output.pooling, tokens.mask);
  }

  async function embed(texts: readonly string[]): Promise<Float32Array> {
    const prompted = texts.flatMap((each) => text.prompts.map((prompt) => fillIn(prompt, each)));
    const rows = new Float32Array(prompted.length * dimensions);
    for (let start = 0; start < prompted.length; start += batchRows) {
      const part = await embedRows(prompted.slice(start, start + batchRows));
      rows.set(part, start * dimensions);
    }
    return meanOfPrompts(rows, texts.length, text.prompts.length * dimensions, dimensions);
  }

  return {
    dimensions,
    embed: (texts) => serial(() => embed(texts)),
    close: () => serial(() => session.release()),
  };
}

/** Not String.replace, to which '$&' in a query would be an instruction. */
function fillIn(prompt: string, text: string): string {
  return prompt.split('{}').join(text);
}

function feedsOf(tokens: TokenBatch, text: TextTowerManifest): Record<string, Tensor> {
  const { ids, mask } = text.inputs;
  const feeds = { [ids]: idTensor(tokens.ids, text.idType) };
  if (mask !== undefined) feeds[mask] = idTensor(tokens.mask, text.idType);
  return feeds;
}

function idTensor(rows: readonly (readonly number[])[], type: 'int64' | 'int32'): Tensor {
  const shape = [rows.length, rows[0]?.length ?? 0];
  const flat = rows.flat();
  return type === 'int64'
    ? new Tensor('int64', BigInt64Array.from(flat, BigInt), shape)
    : new Tensor('int32', Int32Array.from(flat), shape);
}

function meanOfPrompts(
  rows: Float32Array,
  texts: number,
  perText: number,
  dimensions: number,
): Float32Array {
  if (perText === dimensions) return rows;
  const vectors = new Float32Array(texts * dimensions);
  for (let text = 0; text < texts; text++) {
    const mean = meanPool(rows.subarray(text * perText, (text + 1) * perText), dimensions);
    l2Normalise(mean);
    vectors.set(mean, text * dimensions);
  }
  return vectors;
}
