// From one photo to another, in the order in which they are shown, both included.

/** Only `to` where `from` is not among them. */
export function selectionRange(
  ids: readonly number[],
  from: number | undefined,
  to: number,
): readonly number[] {
  const start = from === undefined ? -1 : ids.indexOf(from);
  const end = ids.indexOf(to);
  if (start < 0 || end < 0) return [to];
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}
