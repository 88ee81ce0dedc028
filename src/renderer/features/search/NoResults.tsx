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
      <h2>{title(place)}</h2>
      <ul className="quiet">
        {hasFilter(place.filter) && <li>{filterHint(place)}</li>}
        {isLong && <li>Try fewer words, or name the thing itself.</li>}
        {pending > 0 && <li>{formatCount(pending)} photos are still to be indexed.</li>}
        {status?.model === 'starter' && place.words.trim() !== '' && (
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

function title({ words, similarTo, filter }: SearchPlace): string {
  if (words.trim() !== '') return `Nothing found for “${words.trim()}”`;
  return similarTo === undefined && hasFilter(filter)
    ? 'No photo matches the filters'
    : 'Nothing found';
}

function filterHint({ words, filter }: SearchPlace): string {
  const several = Object.keys(filter).length > 1;
  if (words.trim() !== '') return 'The filters may leave out what you look for.';
  return several ? 'All of them must hold: remove one of them.' : 'Choose another, or none.';
}
