// Runs as rows of the pipeline's performance report, the same for every run, so that they can be laid
// side by side. The command line prints the same rows.
import type { RunReport } from '../../../shared/contract.ts';

export interface RunValue {
  /** Undefined where nothing was embedded, or no time was taken. */
  readonly value: number | undefined;
  /** Of the work of all stages, 0 to 1. */
  readonly share?: number;
}

export interface RunRow {
  readonly label: string;
  readonly unit: 's' | 'ms' | 'images/s';
  /** One for each run. */
  readonly values: readonly RunValue[];
}

interface RowRule {
  readonly label: string;
  readonly unit: RunRow['unit'];
  value(report: RunReport): RunValue;
}

const rules: readonly RowRule[] = [
  { label: 'total time', unit: 's', value: (run) => ({ value: run.totalMs / 1000 }) },
  { label: 'scan', unit: 's', value: (run) => ({ value: run.scanMs / 1000 }) },
  {
    label: 'throughput',
    unit: 'images/s',
    value: (run) => ({ value: ratio(run.embedded * 1000, run.workMs) }),
  },
  stageRule('embedding', 'embed'),
  stageRule('decoding', 'decode'),
  stageRule('thumbnails', 'thumbnail'),
  stageRule('catalogue', 'store'),
  stageRule('upsert', 'upsert'),
  stageRule('IO', 'read'),
  {
    label: 'average per image',
    unit: 'ms',
    value: (run) => ({ value: ratio(run.workMs, run.embedded) }),
  },
  {
    label: 'average embedding per image',
    unit: 'ms',
    value: (run) => ({ value: ratio(run.stages.embed, run.embedded) }),
  },
];

export function runRows(runs: readonly RunReport[]): RunRow[] {
  return rules.map(({ label, unit, value }) => ({ label, unit, values: runs.map(value) }));
}

/** The second value by the first; undefined where it says nothing. */
export function rowRatio({ values }: RunRow): number | undefined {
  const [first, second] = values;
  return second?.value === undefined ? undefined : ratio(second.value, first?.value ?? 0);
}

export type Comparison = 'better' | 'worse' | 'same';

/** Less time is better, more images a second are; what differs by less than 3 % is the same. */
export function compareRow(row: RunRow): Comparison | undefined {
  const by = rowRatio(row);
  if (by === undefined) return undefined;
  if (Math.abs(by - 1) < 0.03) return 'same';
  return by > 1 === (row.unit === 'images/s') ? 'better' : 'worse';
}

/** Stage times are sums over all processes: their shares are of all work, not of the clock. */
function stageRule(label: string, stage: keyof RunReport['stages']): RowRule {
  return {
    label,
    unit: 's',
    value({ stages }) {
      const work = Object.values(stages).reduce((sum, ms) => sum + ms, 0);
      const share = ratio(stages[stage], work);
      return { value: stages[stage] / 1000, ...(share === undefined ? {} : { share }) };
    },
  };
}

function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}
