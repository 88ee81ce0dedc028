// In place of a grid without photos: why, and what to do.
import { useStore } from '../../store/store.ts';
import './NoPhotos.css';

export function NoPhotos() {
  const isRunning = useStore((store) => store.progress !== undefined);
  return (
    <div className="no-photos">
      <h2>{isRunning ? 'Looking for photos …' : 'No photos here'}</h2>
      <p className="quiet">
        {isRunning
          ? 'They appear as soon as they are found.'
          : 'The folder holds no JPEG, PNG, WebP, AVIF, GIF or TIFF files. Add another one.'}
      </p>
    </div>
  );
}
