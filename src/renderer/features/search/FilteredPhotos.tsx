// What the filters leave, where nothing else is looked for: newest first, by month, like the library.
import { useEffect } from 'react';
import { formatCount } from '../../../shared/format.ts';
import type { PhotoFilter } from '../../../shared/library.ts';
import { PhotoGrid } from '../library/PhotoGrid.tsx';
import { usePhotoMonths } from '../library/usePhotoMonths.ts';
import { useTileSize } from '../library/useTileSize.ts';
import './FilteredPhotos.css';

interface FilteredPhotosProps {
  readonly filter: PhotoFilter;
  /** Shown where there are none. */
  readonly nothing: React.ReactNode;
  onCount(photos: number): void;
}

export function FilteredPhotos({ filter, nothing, onCount }: FilteredPhotosProps) {
  const { months, state } = usePhotoMonths(filter);
  const [size] = useTileSize();
  const photos = state.timeline?.photos;
  useEffect(() => {
    if (photos !== undefined) onCount(photos);
  }, [photos, onCount]);
  if (photos === 0) return nothing;
  return (
    <section className="filtered-photos" aria-labelledby="filtered-photos-title">
      <h2 id="filtered-photos-title" className="filtered-photos-title">
        {photos === undefined ? ' ' : title(photos)}
      </h2>
      <PhotoGrid months={months} state={state} size={size} label="Photos that match the filters" />
    </section>
  );
}

function title(photos: number): string {
  return photos === 1
    ? '1 photo matches the filters'
    : `${formatCount(photos)} photos match the filters`;
}
