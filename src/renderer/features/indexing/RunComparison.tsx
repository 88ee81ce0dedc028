// The figures of one run, or of two with what became of each figure.
import { Download } from 'lucide-react';
import type { RunReport } from '../../../shared/contract.ts';
import { Button } from '../../components/Button.tsx';
import { download } from './download.ts';
import { formatShare, runsAsCsv, runsAsMarkdown, runTitle } from './exportRuns.ts';
import { compareRow, type RunRow, rowRatio, runRows } from './runRows.ts';
import './RunComparison.css';

export function RunComparison({ runs }: { readonly runs: readonly RunReport[] }) {
  const isPair = runs.length === 2;
  return (
    <div className="run-comparison">
      <div className="run-comparison-scroll">
        <table className="indexing-table">
          <thead>
            <tr>
              <th scope="col">Figure</th>
              {runs.map((run) => (
                <th key={run.id} scope="col" colSpan={2} className="indexing-table-figure">
                  {runTitle(run)}
                </th>
              ))}
              {isPair && (
                <th scope="col" className="indexing-table-figure">
                  Ratio
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {runRows(runs).map((row) => (
              <tr key={row.label}>
                <th scope="row">
                  {row.label}, {row.unit}
                </th>
                {row.values.map(({ value, share }, i) => (
                  <Figure key={runs[i]?.id} value={value} share={share} />
                ))}
                {isPair && <Ratio row={row} />}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="run-comparison-export">
        <Button onClick={() => download('ocelli-runs.md', 'text/markdown', runsAsMarkdown(runs))}>
          <Download size={16} aria-hidden="true" /> Markdown
        </Button>
        <Button onClick={() => download('ocelli-runs.csv', 'text/csv', runsAsCsv(runs))}>
          <Download size={16} aria-hidden="true" /> CSV
        </Button>
        <p className="quiet">
          Shares are of the work of all processes together, which is more than the clock shows.
        </p>
      </div>
    </div>
  );
}

interface FigureProps {
  readonly value: number | undefined;
  readonly share: number | undefined;
}

function Figure({ value, share }: FigureProps) {
  return (
    <>
      <td className="indexing-table-figure">{value === undefined ? '–' : value.toFixed(2)}</td>
      <td className="indexing-table-figure run-comparison-share">
        {share === undefined ? '' : formatShare(share)}
      </td>
    </>
  );
}

function Ratio({ row }: { readonly row: RunRow }) {
  const ratio = rowRatio(row);
  const verdict = compareRow(row);
  if (ratio === undefined) return <td className="indexing-table-figure">–</td>;
  return (
    <td className="indexing-table-figure">
      <span className={`run-comparison-${verdict}`}>{verdict === 'same' ? '' : `${verdict} `}</span>
      × {ratio.toFixed(2)}
    </td>
  );
}
