// What is going on, in two lines at the foot of the sidebar; more is on the indexing page.

import type { Progress } from '../../shared/contract.ts';
import { formatCount } from '../../shared/format.ts';
import { useStore } from '../store/store.ts';
import { formatRemaining } from './format.ts';
import './RunSummary.css';

/** Where nothing is indexed at the moment; in full on the indexing page. */
const shortPhases: Readonly<Partial<Record<Progress['phase'], string>>> = {
  paused: 'Paused',
  preparing: 'Preparing the model',
  tuning: 'Measuring this machine',
};

export function RunSummary() {
  const progress = useStore((store) => store.progress);
  const status = useStore((store) => store.status);
  const go = useStore((store) => store.go);
  if (!status) return null;
  if (!progress) {
    return (
      <p className="run-summary quiet">
        <span className="number">
          {formatCount(status.eligible)} photos
          {status.failed > 0 && ` · ${formatCount(status.failed)} failed`}
        </span>
      </p>
    );
  }
  const done = progress.indexed + progress.failed + progress.skipped;
  return (
    <button type="button" className="run-summary" onClick={() => go('indexing')}>
      <span className="number">
        {formatCount(done)} of {formatCount(progress.eligible)}
        {progress.scanned ? '' : '+'}
      </span>
      <progress max={Math.max(1, progress.eligible)} value={done} aria-label="Indexing" />
      <span className="quiet number">
        {shortPhases[progress.phase] ?? `${progress.photosPerSecond.toFixed(1)} photos/s`}
        {progress.remainingMs ? ` · ${formatRemaining(progress.remainingMs)}` : ''}
      </span>
    </button>
  );
}
