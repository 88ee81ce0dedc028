// Why nothing could be looked for, and what to do.
import type { OcelliError } from '../../../shared/errors.ts';
import { Button } from '../../components/Button.tsx';
import './SearchNotes.css';

interface SearchProblemProps {
  readonly error: OcelliError;
  onAgain(): void;
}

export function SearchProblem({ error, onAgain }: SearchProblemProps) {
  return (
    <div className="search-note" role="alert">
      <h2>{title(error)}</h2>
      <p className="quiet">{wayOut(error)}</p>
      <p>
        <Button onClick={onAgain}>Search again</Button>
      </p>
    </div>
  );
}

/** A photo may be there and have nothing to compare: it failed, or was not indexed yet. */
function title(error: OcelliError): string {
  return error.code === 'PHOTO_UNKNOWN' ? 'This photo cannot be compared' : error.message;
}

/** The general ways out speak of the command line in these cases. */
function wayOut(error: OcelliError): string {
  if (error.code === 'QUERY_EMPTY') return 'Say what to look for, for example: a dog on grass.';
  if (error.code === 'PHOTO_UNKNOWN') return 'It is not indexed, or has left the library.';
  if (error.code === 'DATA_IN_USE') return 'It is tried again by itself; your photos are safe.';
  return error.wayOut;
}
