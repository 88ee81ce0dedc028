// In place of a grid without photos: why, and what to do.
import { FolderPlus } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import './NoPhotos.css';

interface NoPhotosProps {
  readonly isRunning: boolean;
  onAddFolders(): void;
}

export function NoPhotos({ isRunning, onAddFolders }: NoPhotosProps) {
  if (isRunning) {
    return (
      <div className="no-photos" role="status">
        <h2>Looking for photos …</h2>
        <p className="quiet">They appear here as soon as they are found.</p>
      </div>
    );
  }
  return (
    <div className="no-photos">
      <h2>No photos here</h2>
      <p className="quiet">
        Ocelli found no JPEG, HEIC, PNG, WebP, AVIF, GIF, TIFF or RAW files. Add a folder that holds
        some.
      </p>
      <Button kind="primary" onClick={onAddFolders}>
        <FolderPlus size={16} aria-hidden="true" /> Add folders
      </Button>
    </div>
  );
}
