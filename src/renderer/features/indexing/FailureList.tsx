// The photos that could not be indexed or were left out: which, where, why, and what to do.
import { useMemo, useState } from 'react';
import { formatCount } from '../../../shared/format.ts';
import { Button } from '../../components/Button.tsx';
import { SegmentedControl } from '../../components/SegmentedControl.tsx';
import { FailureTable } from './FailureTable.tsx';
import { useFailures } from './useFailures.ts';
import './FailureList.css';

export function FailureList() {
  const { failures, trying, retry, ignore } = useFailures();
  const [wanted, setWanted] = useState<'failed' | 'skipped'>('failed');
  const failed = useMemo(() => failures?.filter((f) => f.outcome === 'failed') ?? [], [failures]);
  const skipped = useMemo(() => failures?.filter((f) => f.outcome === 'skipped') ?? [], [failures]);
  if (!failures || failures.length === 0) return null;
  // The other list shows itself where one is empty.
  const shown = failed.length === 0 ? 'skipped' : skipped.length === 0 ? 'failed' : wanted;
  const rows = shown === 'failed' ? failed : skipped;
  return (
    <section className="failure-list" aria-labelledby="failure-list-title">
      <header className="failure-list-head">
        <h2 id="failure-list-title">Not indexed</h2>
        {failed.length > 0 && skipped.length > 0 ? (
          <SegmentedControl<'failed' | 'skipped'>
            label="Which photos"
            options={[
              { value: 'failed', label: `Failed ${formatCount(failed.length)}` },
              { value: 'skipped', label: `Left out ${formatCount(skipped.length)}` },
            ]}
            value={shown}
            onChange={setWanted}
          />
        ) : (
          <p className="quiet">
            {formatCount(rows.length)} {shown === 'failed' ? 'failed' : 'left out'}
          </p>
        )}
        {shown === 'failed' && (
          <Button
            className="failure-list-all"
            disabled={trying.size > 0}
            onClick={() => retry(failed.map(({ photo }) => photo))}
          >
            {failed.length === 1 ? 'Try it again' : 'Try all again'}
          </Button>
        )}
      </header>
      <FailureTable failures={rows} trying={trying} onRetry={(p) => retry([p])} onIgnore={ignore} />
    </section>
  );
}
