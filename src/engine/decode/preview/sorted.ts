// Previews by size, the smallest first: who looks for one takes the first that is large enough.
import type { Preview } from './preview.ts';

export function sorted(previews: readonly Preview[]): Preview[] {
  return [...previews].sort((a, b) => a.width * a.height - b.width * b.height);
}
