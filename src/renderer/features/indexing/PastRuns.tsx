// The runs there were. One shows its figures, two are laid side by side.
import { useMemo, useState } from 'react';
import type { RunReport } from '../../../shared/contract.ts';
import { formatCount, formatDuration } from '../../../shared/format.ts';
import { runTitle } from './exportRuns.ts';
import { RunComparison } from './RunComparison.tsx';
import { useRuns } from './useRuns.ts';
import './PastRuns.css';

const outcomes: Readonly<Record<RunReport['outcome'], string>> = {
  complete: 'complete',
  cancelled: 'stopped by you',
  stopped: 'ended early',
};
/** So many are shown at first. */
const few = 8;

export function PastRuns() {
  const runs = useRuns();
  const [isAll, setAll] = useState(false);
  const [picked, setPicked] = useState<readonly number[]>();
  const worked = useMemo(() => runs?.filter(({ embedded }) => embedded > 0) ?? [], [runs]);
  if (!runs) return null;
  const listed = isAll ? runs : worked.slice(0, few);
  const [latest] = worked;
  const chosen = picked ?? (latest ? [latest.id] : []);
  const toggle = (id: number) =>
    setPicked(
      chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].slice(-2),
    );
  // The older one first: a ratio says what became of it.
  const compared = runs.filter(({ id }) => chosen.includes(id)).toReversed();

  return (
    <section className="past-runs" aria-labelledby="past-runs-title">
      <header>
        <h2 id="past-runs-title">Past runs</h2>
        <p className="quiet">
          {worked.length === 0
            ? 'When photos have been indexed, the time it took is kept here.'
            : 'Choose one to see where its time went, or two to compare them.'}
        </p>
      </header>
      {listed.length > 0 && (
        <div className="past-runs-scroll">
          <table className="indexing-table">
            <thead>
              <tr>
                <th scope="col">Begun</th>
                <th scope="col" className="indexing-table-figure">
                  Embedded
                </th>
                <th scope="col" className="indexing-table-figure">
                  Photos per second
                </th>
                <th scope="col" className="indexing-table-figure">
                  Total time
                </th>
                <th scope="col">Model</th>
                <th scope="col">Outcome</th>
              </tr>
            </thead>
            <tbody>
              {listed.map((run) => (
                <Row
                  key={run.id}
                  run={run}
                  isChosen={chosen.includes(run.id)}
                  onToggle={() => toggle(run.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {(runs.length > listed.length || isAll) && (
        <button type="button" className="quiet-button" onClick={() => setAll(!isAll)}>
          {isAll
            ? 'Show fewer runs'
            : `Show all ${formatCount(runs.length)} runs, with those that found nothing new`}
        </button>
      )}
      {compared.length > 0 && <RunComparison runs={compared} />}
    </section>
  );
}

interface RowProps {
  readonly run: RunReport;
  readonly isChosen: boolean;
  onToggle(): void;
}

function Row({ run, isChosen, onToggle }: RowProps) {
  const { embedded, workMs, totalMs, model, outcome, error } = run;
  const rate = workMs > 0 && embedded > 0 ? ((embedded / workMs) * 1000).toFixed(1) : '–';
  return (
    <tr className={isChosen ? 'past-runs-chosen' : ''}>
      <th scope="row">
        <label className="past-runs-pick">
          <input type="checkbox" checked={isChosen} onChange={onToggle} />
          <span className="number">{runTitle(run)}</span>
        </label>
      </th>
      <td className="indexing-table-figure">{formatCount(embedded)}</td>
      <td className="indexing-table-figure">{rate}</td>
      <td className="indexing-table-figure">{formatDuration(totalMs)}</td>
      <td>{model}</td>
      <td title={error?.message}>{outcomes[outcome]}</td>
    </tr>
  );
}
