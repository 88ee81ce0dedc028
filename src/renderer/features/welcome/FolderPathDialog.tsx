// In a browser there is no dialog for folders of the machine that Ocelli runs on: their path is typed.
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { asOcelliError, type OcelliError } from '../../../shared/errors.ts';
import { bridge } from '../../bridge/bridge.ts';
import { Button } from '../../components/Button.tsx';
import { useStore } from '../../store/store.ts';
import '../../components/ConfirmDialog.css';
import './FolderPathDialog.css';

export function FolderPathDialog({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [path, setPath] = useState('');
  const [error, setError] = useState<OcelliError>();
  const { refreshStatus, tellError } = useStore.getState();

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    const run = bridge.call('index', { folders: [path.trim()] });
    // A wrong path is refused at once; a right one begins a run that nobody need wait for.
    const begun = new Promise<void>((resolve) => setTimeout(resolve, 400));
    Promise.race([run, begun])
      .then(onClose)
      .catch((thrown: unknown) => setError(asOcelliError(thrown)));
    run.then(() => refreshStatus()).catch(() => refreshStatus().catch(tellError));
  };

  return (
    <dialog
      ref={dialog}
      className="confirm-dialog"
      aria-labelledby="folder-path-title"
      onCancel={onClose}
    >
      <form onSubmit={submit}>
        <h2 id="folder-path-title">Add a folder</h2>
        <label className="folder-path">
          <span>Its whole path, on the machine that Ocelli runs on</span>
          <input
            className="text-field"
            value={path}
            onChange={(event) => setPath(event.target.value)}
            placeholder="/home/you/Pictures"
            spellCheck={false}
            required
          />
        </label>
        {error && (
          <p className="folder-path-error" role="alert">
            {error.message} {error.wayOut}
          </p>
        )}
        <div className="folder-path-buttons">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={path.trim() === ''}>
            Add
          </Button>
        </div>
      </form>
    </dialog>
  );
}
