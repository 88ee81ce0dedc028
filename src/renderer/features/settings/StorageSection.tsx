// Where Ocelli keeps what it knows, how much that is, and what of it can be made anew.
import { useState } from 'react';
import { formatBytes } from '../../../shared/format.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { SettingsRow, SettingsSection } from './SettingsSection.tsx';
import { useStorage } from './useStorage.ts';
import './StorageSection.css';

type Asked = 'clearThumbnails' | 'rebuildIndex';

export function StorageSection() {
  const { storage, work, busy } = useStorage();
  const [asked, setAsked] = useState<Asked>();
  if (!storage) return null;
  const { folder, catalogBytes, indexBytes, thumbnailBytes, modelBytes } = storage;
  const sum = catalogBytes + indexBytes + thumbnailBytes + modelBytes;
  const close = () => setAsked(undefined);
  return (
    <SettingsSection title="Data" about={folder}>
      <SettingsRow>
        <dl className="storage-sizes">
          <Size name="Together" bytes={sum} />
          <Size name="Catalogue" bytes={catalogBytes} />
          <Size name="Search index" bytes={indexBytes} />
          <Size name="Thumbnails" bytes={thumbnailBytes} />
          {modelBytes > 0 && <Size name="Added models" bytes={modelBytes} />}
        </dl>
      </SettingsRow>
      <SettingsRow>
        <div className="settings-buttons">
          <Button disabled={busy} onClick={() => setAsked('clearThumbnails')}>
            Clear thumbnails …
          </Button>
          <Button disabled={busy} onClick={() => setAsked('rebuildIndex')}>
            Rebuild the search index …
          </Button>
        </div>
      </SettingsRow>
      {asked === 'clearThumbnails' && (
        <ConfirmDialog
          title="Clear all thumbnails?"
          action={`Clear ${formatBytes(thumbnailBytes)}`}
          onConfirm={() => work('clearThumbnails')}
          onClose={close}
        >
          <p>
            They are made again when photos are indexed again. Until then originals are shown, which
            is slower. The photographs and what is known of them stay.
          </p>
        </ConfirmDialog>
      )}
      {asked === 'rebuildIndex' && (
        <ConfirmDialog
          title="Rebuild the search index?"
          action="Rebuild"
          onConfirm={() => work('rebuildIndex')}
          onClose={close}
        >
          <p>
            For when searches find what they should not. It is built anew from the catalogue,
            without looking into any photo again; with many photos that takes a minute.
          </p>
        </ConfirmDialog>
      )}
    </SettingsSection>
  );
}

function Size({ name, bytes }: { readonly name: string; readonly bytes: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="number">{formatBytes(bytes)}</dd>
    </div>
  );
}
