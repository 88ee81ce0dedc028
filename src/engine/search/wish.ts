// A request → what is wished for: one direction to look in, things to leave out, words for names.
import { basename } from 'node:path';
import type { z } from 'zod';
import type { searchRequestSchema } from '../../shared/contract.ts';
import { OcelliError } from '../../shared/errors.ts';
import { type ParsedQuery, parseQuery } from './parseQuery.ts';
import { combine } from './queryVector.ts';

export type SearchRequest = z.output<typeof searchRequestSchema>;

export interface WishParts {
  /** Texts → one unit vector each. */
  embedTexts(texts: readonly string[]): Promise<Float32Array[]>;
  /** An image file → its unit vector. @throws QUERY_IMAGE */
  embedImage(path: string): Promise<Float32Array>;
  /** The bytes of an image file, in base64 → its unit vector. @throws QUERY_IMAGE */
  embedImageData(base64: string): Promise<Float32Array>;
  /** A photo of the library. @throws PHOTO_UNKNOWN, PHOTO_NOT_INDEXED */
  photo(id: number): { readonly name: string; readonly vector: Float32Array };
}

export interface Wish {
  /** Unit length. */
  readonly vector: Float32Array;
  readonly unwanted: readonly Float32Array[];
  readonly parsed: ParsedQuery;
  /** The wish in a few words, for reasons and titles. */
  readonly label: string;
}

/** @throws QUERY_EMPTY, QUERY_IMAGE, PHOTO_UNKNOWN, PHOTO_NOT_INDEXED */
export async function understand(parts: WishParts, request: SearchRequest): Promise<Wish> {
  const words = request.words?.trim() ?? '';
  const parsed = parseQuery(words);
  const texts = [...parsed.wanted.map((part) => part.text), ...parsed.unwanted];
  const [vectors, examples] = await Promise.all([
    texts.length > 0 ? parts.embedTexts(texts) : [],
    understandExamples(parts, request),
  ]);
  if (texts.length + examples.length === 0) {
    throw new OcelliError('QUERY_EMPTY', 'There is nothing to look for in an empty query.');
  }
  const wanted = parsed.wanted.flatMap((part, i) => {
    const vector = vectors[i];
    return vector ? [{ vector, weight: part.weight }] : [];
  });
  for (const { vector } of examples) wanted.push({ vector, weight: 1 });
  const unwanted = vectors.slice(parsed.wanted.length);
  const labels = [words, ...examples.map((example) => example.label)];
  return {
    vector: combine(wanted, unwanted),
    unwanted,
    parsed,
    label: labels.filter((label) => label !== '').join(' + '),
  };
}

interface Example {
  readonly label: string;
  readonly vector: Float32Array;
}

async function understandExamples(parts: WishParts, request: SearchRequest): Promise<Example[]> {
  const { image, imageData, similarTo } = request;
  const examples: Example[] = [];
  if (image !== undefined) {
    examples.push({ label: basename(image), vector: await parts.embedImage(image) });
  }
  if (imageData !== undefined) {
    examples.push({ label: 'this picture', vector: await parts.embedImageData(imageData) });
  }
  if (similarTo !== undefined) {
    const { name, vector } = parts.photo(similarTo);
    examples.push({ label: name, vector });
  }
  return examples;
}
