// The photo of the library whose likes are looked for.
import { useEffect, useState } from 'react';
import type { PhotoDetails } from '../../../shared/library.ts';
import { bridge } from '../../bridge/bridge.ts';
import { PictureChip } from './PictureChip.tsx';

interface SimilarChipProps {
  readonly photo: number;
  onRemove(): void;
}

export function SimilarChip({ photo, onRemove }: SimilarChipProps) {
  const [details, setDetails] = useState<PhotoDetails>();
  useEffect(() => {
    let isCurrent = true;
    bridge.call('photo', { photo }).then(
      (found) => isCurrent && setDetails(found),
      // The search itself says that the photo is gone.
      () => isCurrent && setDetails(undefined),
    );
    return () => {
      isCurrent = false;
    };
  }, [photo]);
  const url = details?.sha256 ? bridge.thumbnailUrl(details.sha256) : undefined;
  return <PictureChip name={details?.name ?? `photo ${photo}`} url={url} onRemove={onRemove} />;
}
