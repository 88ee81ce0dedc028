// A search and its address: what is looked for is written into the parameters, so that it can be
// kept, shared and gone back to.
import type { PhotoFilter } from '../../../shared/library.ts';

export interface SearchPlace {
  readonly words: string;
  /** A photo of the library: what looks like it. */
  readonly similarTo?: number | undefined;
  readonly filter: PhotoFilter;
}

type Parameters = Readonly<Record<string, string>>;

const period = /^\d{4}(-\d{2}(-\d{2})?)?$/;

/** Parameters that say nothing sensible are left out: an address may come from anywhere. */
export function readSearchPlace(parameters: Parameters): SearchPlace {
  const { q = '', similar = '', folder, from = '', to = '', camera, format } = parameters;
  return {
    words: q.slice(0, 2000),
    ...(/^\d{1,15}$/.test(similar) ? { similarTo: Number(similar) } : {}),
    filter: {
      ...(folder ? { folder } : {}),
      ...(period.test(from) ? { from } : {}),
      ...(period.test(to) ? { to } : {}),
      ...(camera ? { camera } : {}),
      ...(format ? { format } : {}),
    },
  };
}

export function searchParameters({
  words,
  similarTo,
  filter,
}: SearchPlace): Record<string, string> {
  const entries = Object.entries({
    q: words.trim() === '' ? undefined : words,
    similar: similarTo?.toString(),
    ...filter,
  });
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value ? [[name, value] as const] : [])),
  );
}

export function hasFilter(filter: PhotoFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}
