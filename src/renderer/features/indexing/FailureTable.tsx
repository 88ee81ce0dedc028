// Failures as a table. There may be thousands: those that show are drawn, and what lies between them
// is empty rows of the right height.
import { useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, useRef, useState } from 'react';
import type { Failure } from '../../../shared/contract.ts';
import { rangeWith } from '../../components/rangeWith.ts';
import { FailureRow } from './FailureRow.tsx';

interface FailureTableProps {
  readonly failures: readonly Failure[];
  readonly trying: ReadonlySet<number>;
  onRetry(photo: number): void;
  onIgnore(failure: Failure): void;
}

/** Pixels, until a row has been measured. */
const usualHeight = 58;

export function FailureTable({ failures, trying, onRetry, onIgnore }: FailureTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<number>();
  const focusedRow = failures.findIndex(({ photo }) => photo === focused);
  const rows = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: failures.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    getItemKey: (index) => failures[index]?.photo ?? index,
    rangeExtractor: (range) => rangeWith(range, focusedRow),
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  return (
    <div className="failure-table" ref={scroller}>
      <table
        className="indexing-table"
        aria-labelledby="failure-list-title"
        aria-rowcount={failures.length + 1}
      >
        <thead>
          <tr>
            <th scope="col">Photo</th>
            <th scope="col">Stage</th>
            <th scope="col">Reason and way out</th>
            <th scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody onBlur={() => setFocused(undefined)}>
          {shown.map(({ index, start }, place) => {
            const failure = failures[index];
            return failure ? (
              <Fragment key={failure.photo}>
                <Gap height={start - (shown[place - 1]?.end ?? 0)} />
                <FailureRow
                  ref={rows.measureElement}
                  index={index}
                  failure={failure}
                  isTrying={trying.has(failure.photo)}
                  onFocus={() => setFocused(failure.photo)}
                  onRetry={() => onRetry(failure.photo)}
                  onIgnore={() => onIgnore(failure)}
                />
              </Fragment>
            ) : null;
          })}
          <Gap height={rows.getTotalSize() - (shown.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </div>
  );
}

function Gap({ height }: { readonly height: number }) {
  return height > 0 ? <tr className="failure-table-gap" style={{ height }} aria-hidden /> : null;
}
