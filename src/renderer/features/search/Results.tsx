// What was found, best first. Results beyond the gap in the scores are folded away, except those that
// are called like the query, and those that are selected.
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { formatCount } from '../../../shared/format.ts';
import { Button } from '../../components/Button.tsx';
import { useSeen } from '../../components/useSeen.ts';
import { useStore } from '../../store/store.ts';
import { ResultTile } from './ResultTile.tsx';
import { useKeptPlace } from './useKeptPlace.ts';
import { useResultFocus } from './useResultFocus.ts';
import { useResultInput } from './useResultInput.ts';
import { useResultRows } from './useResultRows.ts';
import { useResultSelection } from './useResultSelection.ts';
import { useReturn } from './useReturn.ts';
import type { Found } from './useSearch.ts';
import { isNamed, whyFound } from './why.ts';
import './Results.css';

export interface ResultsHandle {
  focusFirst(): void;
}

interface ResultsProps {
  readonly found: Found;
  readonly ref: Ref<ResultsHandle>;
  onMore(): void;
}

export function Results({ found, ref, onMore }: ResultsProps) {
  const { hits, gap, request, more } = found;
  // Unfolded for this query only; found again as the object is the same until another is asked.
  const [unfolded, setUnfolded] = useState<unknown>();
  const openViewer = useStore((store) => store.openViewer);
  const selected = useStore((store) => store.selected);
  const isUnfolded = unfolded === request;
  const { strong, weak } = useMemo(() => fold(hits, gap, selected), [hits, gap, selected]);
  const shown = useMemo(
    () => (isUnfolded ? [...strong, ...weak] : strong),
    [isUnfolded, strong, weak],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [current, focus] = useResultFocus(list, shown, request);
  const { places, height, drawn } = useResultRows(scroller, shown, current);
  const selection = useResultSelection(shown, request);
  const open = (index: number) => {
    focus.setCurrent(index);
    openViewer(
      shown.map((hit) => ({ tile: hit.tile, why: whyFound(hit) })),
      index,
    );
  };
  const input = useResultInput({ shown, boxes: places, focus, selection, open });
  const sentinel = useSeen(onMore, more && (isUnfolded || weak.length === 0));
  useImperativeHandle(ref, () => ({ focusFirst: () => focus.focus(0) }));
  useReturn(shown, focus.focus);
  useKeptPlace(scroller, { shown, places, question: request });
  const best = hits.reduce((most, { score }) => Math.max(most, score), 0);

  return (
    <div ref={scroller} className="search-page-body">
      <div
        ref={list}
        className={selected.size > 0 ? 'results selecting' : 'results'}
        role="listbox"
        aria-label={request.words ? `Photos found for “${request.words}”` : 'Photos found'}
        aria-multiselectable="true"
        style={{ height }}
        {...input}
      >
        {drawn.map((index) => {
          const hit = shown[index];
          const place = places[index];
          if (!hit || !place) return null;
          return (
            <ResultTile
              key={hit.photo}
              hit={hit}
              best={best}
              place={place}
              position={index + 1}
              total={shown.length}
              isCurrent={index === current}
              isSelected={selected.has(hit.photo)}
              isWeak={index >= strong.length}
            />
          );
        })}
      </div>
      {weak.length > 0 && !isUnfolded && (
        <p className="results-more">
          <Button onClick={() => setUnfolded(request)}>
            Show {formatCount(weak.length)}
            {more ? '+' : ''} weaker {weak.length === 1 ? 'result' : 'results'}
          </Button>
        </p>
      )}
      <div ref={sentinel} />
    </div>
  );
}

function fold(
  hits: readonly Hit[],
  gap: number | undefined,
  selected: ReadonlySet<number>,
): { strong: readonly Hit[]; weak: readonly Hit[] } {
  if (gap === undefined) return { strong: hits, weak: [] };
  const isStrong = (hit: Hit) => hit.score >= gap || isNamed(hit) || selected.has(hit.photo);
  return { strong: hits.filter(isStrong), weak: hits.filter((hit) => !isStrong(hit)) };
}
