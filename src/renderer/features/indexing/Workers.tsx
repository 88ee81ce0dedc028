// The processes that do the work, and what each takes.
import type { Progress } from '../../../shared/contract.ts';
import { formatBytes } from '../../../shared/format.ts';
import './Workers.css';

export function Workers({ progress }: { readonly progress: Progress }) {
  const { workers } = progress;
  if (workers.length === 0) return null;
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
          {workers.map(({ name, pid, busy, cpuPercent, rssBytes }) => (
            <tr key={pid}>
              <th scope="row" title={`Process ${pid}`}>
                {name}
              </th>
              <td>
                <span className={busy ? 'workers-busy' : 'workers-idle'}>
                  {busy ? 'working' : 'waiting'}
                </span>
              </td>
              <td className="indexing-table-figure">{Math.round(cpuPercent)}</td>
              <td className="indexing-table-figure">{rssBytes ? formatBytes(rssBytes) : '–'}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3} className="quiet">
              Together
            </td>
            <td className="indexing-table-figure">{formatBytes(memory)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
