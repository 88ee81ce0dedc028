// What a pattern would leave out, in words, while it is typed.
import { formatCount } from '../../../shared/format.ts';
import { useExcluded } from './useExcluded.ts';

export function Matches({ pattern }: { readonly pattern: string }) {
  const counted = useExcluded(pattern);
  if (!counted) return 'Counting …';
  if ('error' in counted) return counted.error;
  const { photos, examples } = counted;
  if (photos === 0) return 'It matches nothing that is in the library now.';
  return (
    <>
      It leaves out {formatCount(photos)} {photos === 1 ? 'photo' : 'photos'}, such as{' '}
      {examples.slice(0, 2).join(', ')}
    </>
  );
}
