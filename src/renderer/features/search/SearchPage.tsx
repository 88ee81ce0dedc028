// Words, a picture or a photo in; photos out, best first.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { SearchRequest } from '../../../shared/contract.ts';
import { useStore } from '../../store/store.ts';
import { FilterBar } from './FilterBar.tsx';
import { NoResults } from './NoResults.tsx';
import { usePicture } from './queryPicture.ts';
import { Results, type ResultsHandle } from './Results.tsx';
import { SearchField } from './SearchField.tsx';
import { SearchProblem } from './SearchProblem.tsx';
import { StartPoints } from './StartPoints.tsx';
import { StillToDo } from './StillToDo.tsx';
import { hasFilter, readSearchPlace, type SearchPlace, searchParameters } from './searchPlace.ts';
import { usePictureInput } from './usePictureInput.ts';
import { useRecentQueries } from './useRecentQueries.ts';
import { useSearch } from './useSearch.ts';
import './SearchPage.css';

export function SearchPage() {
  const parameters = useStore((store) => store.place.parameters);
  const go = useStore((store) => store.go);
  const picture = usePicture((store) => store.picture);
  const place = useMemo(() => readSearchPlace(parameters), [parameters]);
  const request = useMemo(() => toRequest(place, picture?.source), [place, picture]);
  const { found, error, busy, loadMore, again } = useSearch(request);
  const recent = useRecentQueries(place.words, found?.hits.length ?? 0);
  const { isDropping, ...dropTarget } = usePictureInput();
  const change = (next: Partial<SearchPlace>) =>
    go('search', searchParameters({ ...place, ...next }), { replace: true });
  const dropPicture = usePicture((store) => store.drop);
  // A photo of the library takes the place of a picture from elsewhere.
  useEffect(() => {
    if (place.similarTo !== undefined) dropPicture();
  }, [place.similarTo, dropPicture]);
  const results = useRef<ResultsHandle>(null);
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    if (found && !busy) setAnnounced(`${found.hits.length} photos found`);
  }, [found, busy]);

  return (
    <section className="search-page" aria-label="Search" {...dropTarget}>
      <h1 className="visually-hidden">Search</h1>
      <header className="search-page-head">
        <SearchField
          place={place}
          busy={busy}
          change={change}
          onDown={() => results.current?.focusFirst()}
        />
        <FilterBar filter={place.filter} onChange={(filter) => change({ filter })}>
          {request && found && !error && <Took ms={found.tookMs} />}
        </FilterBar>
        <StillToDo />
      </header>
      <p className="visually-hidden" role="status">
        {announced}
      </p>
      <div className="search-page-body">
        {error ? (
          <SearchProblem error={error} onAgain={again} />
        ) : !request ? (
          <StartPoints recent={recent} onPick={(words) => change({ words })} />
        ) : found && found.hits.length === 0 ? (
          <NoResults place={place} onClearFilter={() => change({ filter: {} })} />
        ) : (
          found && <Results ref={results} found={found} onMore={loadMore} />
        )}
      </div>
      {isDropping && <p className="search-page-drop">Drop a picture to find what looks like it</p>}
    </section>
  );
}

function Took({ ms }: { readonly ms: number }) {
  return <p className="search-page-took quiet number">took {Math.max(1, Math.round(ms))} ms</p>;
}

/** Undefined where nothing is looked for. */
function toRequest(
  { words, similarTo, filter }: SearchPlace,
  source: { image: string } | { imageData: string } | undefined,
): SearchRequest | undefined {
  const hasWords = /[\p{L}\p{N}\p{S}]/u.test(words);
  if (!hasWords && similarTo === undefined && !source) return undefined;
  return {
    ...(hasWords ? { words } : {}),
    ...(similarTo === undefined ? {} : { similarTo }),
    ...source,
    ...(hasFilter(filter) ? { filter } : {}),
  };
}
