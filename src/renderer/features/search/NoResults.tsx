// Nothing was found: what to try.

import { formatCount } from '../../../shared/format.ts';
import { Button } from '../../components/Button.tsx';
import { useStore } from '../../store/store.ts';
import { hasFilter, type SearchPlace } from './searchPlace.ts';
import './SearchNotes.css';

interface NoResultsProps {
  readonly place: SearchPlace;
  onClearFilter(): void;
}

export function NoResults({ place, onClearFilter }: NoResultsProps) {
  const status = useStore((store) => store.status);
  const pending = status?.pending ?? 0;
  const isLong = place.words.trim().split(/\s+/).length > 2;
  return (
    <div className="search-note">
      <h2>Nothing found{place.words ? ` for “${place.words.trim()}”` : ''}</h2>
      <ul className="quiet">
        {hasFilter(place.filter) && <li>The filters may leave out what you look for.</li>}
        {isLong && <li>Try fewer words, or name the thing itself.</li>}
        {pending > 0 && <li>{formatCount(pending)} photos are still to be indexed.</li>}
        {status?.model === 'starter' && (
          <li>
            The starter model knows things by their English names. It does not understand people,
            colours, weather or what somebody is doing.
          </li>
        )}
      </ul>
      {hasFilter(place.filter) && <Button onClick={onClearFilter}>Remove all filters</Button>}
    </div>
  );
}
