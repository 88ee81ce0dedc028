// Asks for a folder where the system's dialog cannot be had.
import { useEffect, useRef } from 'react';
import { Button } from '../../components/Button.tsx';
import { FolderPathForm } from './FolderPathForm.tsx';
import '../../components/ConfirmDialog.css';

/** Shown while it is rendered. */
export function FolderPathDialog({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector('input')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="confirm-dialog"
      aria-labelledby="folder-path-title"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id="folder-path-title">Add a folder</h2>
      <div className="confirm-dialog-text">
        <FolderPathForm action="Add" onBegun={onClose} />
      </div>
      <div className="confirm-dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </dialog>
  );
}
