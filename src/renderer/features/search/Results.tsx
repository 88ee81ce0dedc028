// What was found, best first. Results beyond the gap in the scores are folded away, except those that
// are called like the query.
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { Hit } from '../../../shared/contract.ts';
import { formatCount } from '../../../shared/format.ts';
import { Button } from '../../components/Button.tsx';
import { useSeen } from '../../components/useSeen.ts';
import { useStore } from '../../store/store.ts';
import { ResultTile } from './ResultTile.tsx';
import { useGridKeys } from './useGridKeys.ts';
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
  const { strong, weak } = useMemo(() => fold(hits, gap), [hits, gap]);
  const isUnfolded = unfolded === request;
  const shown = isUnfolded ? [...strong, ...weak] : strong;
  const list = useRef<HTMLUListElement>(null);
  const { current, setCurrent, onKeyDown } = useGridKeys(list, shown.length, request);
  const sentinel = useSeen(onMore, more && (isUnfolded || weak.length === 0));
  useImperativeHandle(ref, () => ({
    focusFirst: () => list.current?.querySelector('button')?.focus(),
  }));
  useReturn(shown, list, setCurrent);
  const best = hits.reduce((most, { score }) => Math.max(most, score), 0);
  const open = (index: number) => {
    setCurrent(index);
    openViewer(
      shown.map((hit) => ({ tile: hit.tile, why: whyFound(hit) })),
      index,
    );
  };

  return (
    <>
      <ul className="results" ref={list} onKeyDown={onKeyDown} aria-label="Photos found">
        {shown.map((hit, index) => (
          <ResultTile
            key={hit.photo}
            hit={hit}
            best={best}
            isCurrent={index === current}
            isWeak={index >= strong.length}
            onOpen={() => open(index)}
          />
        ))}
        <li className="results-rest" aria-hidden="true" />
      </ul>
      {weak.length > 0 && !isUnfolded && (
        <p className="results-more">
          <Button onClick={() => setUnfolded(request)}>
            Show {formatCount(weak.length)}
            {more ? '+' : ''} weaker {weak.length === 1 ? 'result' : 'results'}
          </Button>
        </p>
      )}
      <div ref={sentinel} />
    </>
  );
}

function fold(
  hits: readonly Hit[],
  gap: number | undefined,
): { strong: readonly Hit[]; weak: readonly Hit[] } {
  if (gap === undefined) return { strong: hits, weak: [] };
  const isStrong = (hit: Hit) => hit.score >= gap || isNamed(hit);
  return { strong: hits.filter(isStrong), weak: hits.filter((hit) => !isStrong(hit)) };
}
