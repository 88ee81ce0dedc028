// Failures as a table. Of many, the first are there, and more as one scrolls towards them.
import { useCallback, useState } from 'react';
import type { Failure } from '../../../shared/contract.ts';
import { useSeen } from '../../components/useSeen.ts';
import { FailureRow } from './FailureRow.tsx';

interface FailureTableProps {
  readonly failures: readonly Failure[];
  readonly trying: ReadonlySet<number>;
  onRetry(photo: number): void;
  onIgnore(failure: Failure): void;
}

const step = 100;

export function FailureTable({ failures, trying, onRetry, onIgnore }: FailureTableProps) {
  const [count, setCount] = useState(step);
  const more = useCallback(() => setCount((before) => before + step), []);
  const end = useSeen(more, count < failures.length);
  return (
    <div className="failure-table">
      <table className="indexing-table" aria-labelledby="failure-list-title">
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
        <tbody>
          {failures.slice(0, count).map((failure) => (
            <FailureRow
              key={failure.photo}
              failure={failure}
              isTrying={trying.has(failure.photo)}
              onRetry={() => onRetry(failure.photo)}
              onIgnore={() => onIgnore(failure)}
            />
          ))}
        </tbody>
      </table>
      {/* Another element each time, as an observer tells of changes only. */}
      <div key={count} ref={end} />
    </div>
  );
}
