// Reading single EXIF values. The parser's types promise more than cameras keep, so every value
// arrives here as unknown and leaves as what it should be, or as undefined.

export type Tags = Readonly<Record<string, unknown>>;

export function tagsOf(value: unknown): Tags {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Printable text, trimmed, at most 128 characters. Bytes beyond ASCII are taken as UTF-8. */
export function text(value: unknown): string | undefined {
  const raw = Buffer.isBuffer(value) ? value.toString('utf8') : value;
  if (typeof raw !== 'string') return undefined;
  const [untilNul = ''] = raw.split('\0');
  const clean = untilNul
    .replace(/[\p{Cc}\ufffd]+/gu, ' ')
    .trim()
    .slice(0, 128);
  return clean === '' ? undefined : clean;
}

/** A finite number above zero; the first one where the tag holds several. */
export function positive(value: unknown): number | undefined {
  const number = numbers(value)?.[0];
  return number !== undefined && number > 0 ? number : undefined;
}

/** All values of a tag, where every one of them is a finite number. */
export function numbers(value: unknown): number[] | undefined {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const finite = values.filter(isFiniteNumber);
  return finite.length > 0 && finite.length === values.length ? finite : undefined;
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
