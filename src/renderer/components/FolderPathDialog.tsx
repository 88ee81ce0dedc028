// Asks for a folder where the system's dialog cannot be had.
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './Button.tsx';
import { FolderPathForm } from './FolderPathForm.tsx';
import './ConfirmDialog.css';

interface FolderPathDialogProps {
  readonly title: string;
  /** An example of such a folder. */
  readonly placeholder: string;
  readonly children?: ReactNode;
  take(folder: string): Promise<void>;
  onClose(): void;
}

/** Shown while it is rendered. */
export function FolderPathDialog(props: FolderPathDialogProps) {
  const { title, placeholder, children, take, onClose } = props;
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
      <h2 id="folder-path-title">{title}</h2>
      <div className="confirm-dialog-text">
        {children}
        <FolderPathForm action="Add" placeholder={placeholder} take={take} onDone={onClose} />
      </div>
      <div className="confirm-dialog-actions">
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </dialog>
  );
}
