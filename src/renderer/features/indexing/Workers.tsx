// The processes that do the work, and what each takes; on many cores all of a kind at first.
import { useState } from 'react';
import type { Progress } from '../../../shared/contract.ts';
import { formatBytes } from '../../../shared/format.ts';
import { hasMany, rowOfEach, rowOfEachKind } from './workerRows.ts';
import './Workers.css';

export function Workers({ progress }: { readonly progress: Progress }) {
  const { workers } = progress;
  const [isEach, setEach] = useState(false);
  if (workers.length === 0) return null;
  const isMany = hasMany(workers);
  const rows = isMany && !isEach ? rowOfEachKind(workers) : rowOfEach(workers);
  const memory = workers.reduce((sum, { rssBytes }) => sum + rssBytes, 0);
  return (
    <section className="workers">
      <h2>Processes</h2>
      <table className="indexing-table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">State</th>
            <th scope="col" className="indexing-table-figure">
              Processor, % of a core
            </th>
            <th scope="col" className="indexing-table-figure">
              Memory
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, pid, state, isBusy, cpuPercent, rssBytes }) => (
            <tr key={key}>
              <th scope="row" title={pid && `Process ${pid}`}>
                {name}
              </th>
              <td>
                <span className={isBusy ? 'workers-busy' : 'workers-idle'}>{state}</span>
              </td>
              <td className="indexing-table-figure">{Math.round(cpuPercent)}</td>
              <td className="indexing-table-figure">{rssBytes ? formatBytes(rssBytes) : '–'}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3} className="quiet">
              Together; memory that they share is counted for each
            </td>
            <td className="indexing-table-figure">{formatBytes(memory)}</td>
          </tr>
        </tfoot>
      </table>
      {isMany && (
        <button type="button" className="quiet-button" onClick={() => setEach(!isEach)}>
          {isEach ? 'Show them by kind' : 'Show each of them'}
        </button>
      )}
    </section>
  );
}
