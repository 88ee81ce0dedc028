// Two embeddings of the same photos and words → how far they agree: vector by vector, and in what a
// search would show.
import { setImmediate as breathe } from 'node:timers/promises';
import type { Agreement } from '../../shared/agreement.ts';
import { dot } from '../../shared/dot.ts';

/** Vectors of length 1. */
export interface Embeddings {
  readonly photos: readonly Float32Array[];
  readonly words: readonly Float32Array[];
}

const ranks = 10;

/**
 * In steps, so that the process that waits for it is not held up.
 * @param other of the same photos and words in the same order
 * @throws Error where there are so few photos that their ranking says nothing
 */
export async function compareEmbeddings(
  reference: Embeddings,
  other: Embeddings,
): Promise<Agreement> {
  const photos = reference.photos.length;
  if (photos < 3 * ranks) {
    throw new Error(`Expected ${3 * ranks} photos or more but received ${photos}`);
  }
  return {
    image: cosines(reference.photos, other.photos),
    text: cosines(reference.words, other.words),
    recall: {
      words: await recall(reference, other, 'words'),
      photos: await recall(reference, other, 'photos'),
    },
    photos,
    words: reference.words.length,
  };
}

function cosines(
  reference: readonly Float32Array[],
  other: readonly Float32Array[],
): Agreement['image'] {
  let least = 1;
  let sum = 0;
  for (const [i, vector] of reference.entries()) {
    const cosine = dot(vector, other[i] ?? new Float32Array(0));
    least = Math.min(least, cosine);
    sum += cosine;
  }
  return { mean: sum / reference.length, least };
}

async function recall(
  reference: Embeddings,
  other: Embeddings,
  kind: keyof Embeddings,
): Promise<number> {
  const asked = reference[kind].length;
  // Counted whole and divided once: 0.95 is then 0.95, and not a hair less.
  let found = 0;
  for (let i = 0; i < asked; i++) {
    found += shared(nearest(reference, kind, i), nearest(other, kind, i));
    await breathe();
  }
  return found / (asked * ranks);
}

/** The photos that a search by this one, or by these words, would show first. */
function nearest(embeddings: Embeddings, kind: keyof Embeddings, asked: number): Set<number> {
  const query = embeddings[kind][asked] ?? new Float32Array(0);
  const scored = embeddings.photos.map((photo, id) => ({ id, score: dot(query, photo) }));
  // A photo is always nearest to itself.
  const others = kind === 'photos' ? scored.filter(({ id }) => id !== asked) : scored;
  others.sort((a, b) => b.score - a.score);
  return new Set(others.slice(0, ranks).map(({ id }) => id));
}

function shared(expected: ReadonlySet<number>, found: ReadonlySet<number>): number {
  return [...expected].filter((id) => found.has(id)).length;
}
