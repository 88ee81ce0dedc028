// Words, a picture or a photo in; photos out, best first. Filters alone show what they leave.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { SearchRequest } from '../../../shared/contract.ts';
import { formatCount } from '../../../shared/format.ts';
import { useStore } from '../../store/store.ts';
import { SelectionActions } from '../selection/SelectionActions.tsx';
import { CopyLink } from './CopyLink.tsx';
import { FilterBar } from './FilterBar.tsx';
import { FilteredPhotos } from './FilteredPhotos.tsx';
import { NoResults } from './NoResults.tsx';
import { usePicture } from './queryPicture.ts';
import { Results, type ResultsHandle } from './Results.tsx';
import { SearchField } from './SearchField.tsx';
import { SearchProblem } from './SearchProblem.tsx';
import { StartPoints } from './StartPoints.tsx';
import { StillToDo } from './StillToDo.tsx';
import { hasFilter, readSearchPlace, type SearchPlace, searchParameters } from './searchPlace.ts';
import { useRecentQueries } from './useRecentQueries.ts';
import { useSearch } from './useSearch.ts';
import './SearchPage.css';

export function SearchPage() {
  const parameters = useStore((store) => store.place.parameters);
  const go = useStore((store) => store.go);
  const selected = useStore((store) => store.selected);
  const picture = usePicture((store) => store.picture);
  const place = useMemo(() => readSearchPlace(parameters), [parameters]);
  const request = useMemo(() => toRequest(place, picture?.source), [place, picture]);
  const { found, error, busy, lastMs, loadMore, again } = useSearch(request);
  const recent = useRecentQueries(place.words, found !== undefined && found.hits.length > 0);
  const change = (next: Partial<SearchPlace>) =>
    go('search', searchParameters({ ...place, ...next }), { replace: true });
  const dropPicture = usePicture((store) => store.drop);
  // A photo of the library takes the place of a picture from elsewhere.
  useEffect(() => {
    if (place.similarTo !== undefined) dropPicture();
  }, [place.similarTo, dropPicture]);
  const page = useRef<HTMLElement>(null);
  const results = useRef<ResultsHandle>(null);
  const { announced, announce } = useAnnouncement(found, busy);
  const isFilterOnly = !request && hasFilter(place.filter);
  const noResults = <NoResults place={place} onClearFilter={() => change({ filter: {} })} />;

  function focusFirst(): void {
    if (!isFilterOnly) results.current?.focusFirst();
    else page.current?.querySelector<HTMLElement>('[data-photo][tabindex="0"]')?.focus();
  }

  return (
    <section ref={page} className="search-page" aria-label="Search">
      <h1 className="visually-hidden">Search</h1>
      <header className="search-page-head">
        <SearchField
          place={place}
          busy={busy}
          lastMs={lastMs}
          change={change}
          onDown={focusFirst}
        />
        {selected.size > 0 && <SelectionActions selected={selected} />}
        <div hidden={selected.size > 0}>
          <FilterBar filter={place.filter} onChange={(filter) => change({ filter })}>
            <div className="search-page-end">
              {request && found && !error && <Took ms={found.tookMs} />}
              {/* A picture from elsewhere fits into no link. */}
              {(request || isFilterOnly) && !picture && <CopyLink place={place} />}
            </div>
          </FilterBar>
        </div>
        <StillToDo />
      </header>
      <p className="visually-hidden" role="status">
        {announced}
      </p>
      {isFilterOnly ? (
        <FilteredPhotos filter={place.filter} nothing={noResults} onCount={announce} />
      ) : found && found.hits.length > 0 && request && !error ? (
        <Results ref={results} found={found} onMore={loadMore} />
      ) : (
        <div className="search-page-body">
          {error ? (
            <SearchProblem error={error} onAgain={again} />
          ) : !request ? (
            <StartPoints recent={recent} onPick={(words) => change({ words })} />
          ) : (
            found && noResults
          )}
        </div>
      )}
    </section>
  );
}

/** Says how many were found: once for each search, not for each photo that comes while one looks. */
function useAnnouncement(
  found: ReturnType<typeof useSearch>['found'],
  busy: boolean,
): { announced: string; announce(photos: number): void } {
  const [announced, setAnnounced] = useState('');
  const announce = useCallback(
    (photos: number) =>
      setAnnounced(photos === 1 ? '1 photo found' : `${formatCount(photos)} photos found`),
    [],
  );
  const told = useRef<SearchRequest>(undefined);
  useEffect(() => {
    if (!found || busy || told.current === found.request) return;
    told.current = found.request;
    announce(found.hits.length);
  }, [found, busy, announce]);
  return { announced, announce };
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
