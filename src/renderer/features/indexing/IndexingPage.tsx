// What indexing does now, what it could not do, and what it has done.
import { useStore } from '../../store/store.ts';
import { Charts } from './Charts.tsx';
import { FailureList } from './FailureList.tsx';
import { Idle } from './Idle.tsx';
import { PastRuns } from './PastRuns.tsx';
import { RunNow } from './RunNow.tsx';
import { useShownProgress } from './useShownProgress.ts';
import { Workers } from './Workers.tsx';
import './IndexingPage.css';

export function IndexingPage() {
  const isRunning = useStore((store) => store.progress !== undefined);
  return (
    <div className="indexing-page">
      <div className="indexing-page-content">
        <h1>Indexing</h1>
        {isRunning ? <Running /> : <Idle />}
        <FailureList />
        <PastRuns />
      </div>
    </div>
  );
}

/** Apart, so that the rest is not drawn anew twice a second. */
function Running() {
  const progress = useShownProgress();
  return (
    <>
      {progress && <RunNow progress={progress} />}
      <Charts />
      {progress && <Workers progress={progress} />}
    </>
  );
}
