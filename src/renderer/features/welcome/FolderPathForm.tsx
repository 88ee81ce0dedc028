// A folder by its path, for browsers: they tell no page where files lie.
import { type FormEvent, useId, useState } from 'react';
import { asOcelliError } from '../../../shared/errors.ts';
import { bridge } from '../../bridge/bridge.ts';
import { Button } from '../../components/Button.tsx';
import { useStore } from '../../store/store.ts';
import { isAbsolutePath, unquoted } from './folderPath.ts';
import '../../components/ConfirmDialog.css';
import './FolderPathForm.css';

interface FolderPathFormProps {
  /** What the button says. */
  readonly action: string;
  onBegun(): void;
}

/** A wrong path is refused at once; a right one begins a run that nobody need wait for. */
const refusedWithinMs = 400;

export function FolderPathForm({ action, onBegun }: FolderPathFormProps) {
  const id = useId();
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isAsking, setAsking] = useState(false);

  function begin(folder: string): Promise<void> {
    const { refreshStatus, tellError } = useStore.getState();
    const run = bridge.call('index', { folders: [folder] });
    const begun = new Promise<void>((resolve) => setTimeout(resolve, refusedWithinMs));
    const refresh = () => refreshStatus().catch(tellError);
    run.then(refresh, refresh);
    return Promise.race([run.then(() => undefined), begun]);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    const folder = unquoted(path);
    if (!isAbsolutePath(folder)) {
      setProblem('Give the whole path, from / or from the drive on.');
      return;
    }
    setProblem(undefined);
    setAsking(true);
    begin(folder)
      .then(onBegun)
      .catch((thrown: unknown) => {
        const { message, wayOut } = asOcelliError(thrown);
        setProblem(`${message} ${wayOut}`);
      })
      .finally(() => setAsking(false));
  }

  return (
    <form className="folder-path" onSubmit={submit}>
      <label htmlFor={id}>The folder’s whole path, on the machine that runs Ocelli</label>
      <div className="folder-path-line">
        <input
          id={id}
          className="text-field folder-path-field"
          value={path}
          placeholder="/home/you/Pictures"
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          onChange={(event) => setPath(event.target.value)}
        />
        <Button kind="primary" type="submit" disabled={isAsking || path.trim() === ''}>
          {action}
        </Button>
      </div>
      <p id={`${id}-problem`} className="folder-path-problem" role="alert">
        {problem}
      </p>
    </form>
  );
}
