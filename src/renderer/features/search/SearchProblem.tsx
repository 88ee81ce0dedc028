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

/** What the message or the way out would say for the command line. */
function title(error: OcelliError): string {
  return error.code === 'PHOTO_UNKNOWN' ? 'This photo has left the library' : error.message;
}

function wayOut(error: OcelliError): string {
  if (error.code === 'QUERY_EMPTY') return 'Say what to look for, for example: a dog on grass.';
  if (error.code === 'PHOTO_UNKNOWN') return 'Choose another photo to compare with.';
  if (error.code === 'DATA_IN_USE') return 'It is tried again by itself; your photos are safe.';
  return error.wayOut;
}
