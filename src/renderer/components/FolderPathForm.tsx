// A folder by its path, for browsers: they tell no page where files lie.
import { type FormEvent, useId, useState } from 'react';
import { asOcelliError } from '../../shared/errors.ts';
import { Button } from './Button.tsx';
import { isAbsolutePath, unquoted } from './folderPath.ts';
import './ConfirmDialog.css';
import './FolderPathForm.css';

interface FolderPathFormProps {
  /** What the button says. */
  readonly action: string;
  /** An example of such a folder. */
  readonly placeholder: string;
  /** What is done with the folder; where it is refused, people are told beside the field. */
  take(folder: string): Promise<void>;
  onDone(): void;
}

export function FolderPathForm({ action, placeholder, take, onDone }: FolderPathFormProps) {
  const id = useId();
  const [path, setPath] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isAsking, setAsking] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const folder = unquoted(path);
    if (!isAbsolutePath(folder)) {
      setProblem('Give the whole path, from / or from the drive on.');
      return;
    }
    setProblem(undefined);
    setAsking(true);
    take(folder)
      .then(onDone)
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
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-problem`}
          onChange={(event) => setPath(event.target.value)}
        />
        <Button kind="primary" type="submit" disabled={isAsking || path.trim() === ''}>
          {isAsking ? 'One moment …' : action}
        </Button>
      </div>
      <p id={`${id}-problem`} className="folder-path-problem" role="alert">
        {problem}
      </p>
    </form>
  );
}
