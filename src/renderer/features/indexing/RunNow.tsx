// How far the run is, and the ways to hold or end it.
import { Pause, Play, Square } from 'lucide-react';
import { useState } from 'react';
import type { Progress } from '../../../shared/contract.ts';
import { formatCount, formatDuration } from '../../../shared/format.ts';
import { bridge } from '../../bridge/bridge.ts';
import { Button } from '../../components/Button.tsx';
import { SpeedControl } from '../../components/SpeedControl.tsx';
import { useStore } from '../../store/store.ts';
import './RunNow.css';

const phases: Readonly<Record<Progress['phase'], string>> = {
  scanning: 'Looking for photos',
  indexing: 'Indexing',
  optimising: 'Tidying the search index',
  preparing: 'Preparing the model for this machine, once',
  tuning: 'Measuring how this machine is fastest, once',
  paused: 'Paused',
  stopping: 'Stopping',
};

export function RunNow({ progress }: { readonly progress: Progress }) {
  const { phase, eligible, scanned, indexed, failed, skipped, elapsedMs } = progress;
  const done = indexed + failed + skipped;
  return (
    <section className="run-now" aria-label="The run under way">
      <div className="run-now-head">
        <div>
          <h2>{phases[phase]}</h2>
          <p className="run-now-count number">
            {formatCount(done)} of {formatCount(eligible)}
            {scanned ? '' : '+'} photos
          </p>
        </div>
        <Controls phase={phase} />
      </div>
      <progress
        className="run-now-bar"
        max={Math.max(1, eligible)}
        value={done}
        aria-label="Photos done"
      />
      <dl className="run-now-facts">
        <Fact name="Time left" value={timeLeft(progress)} />
        <Fact name="So far" value={formatDuration(elapsedMs)} />
        <Fact name="Unchanged" value={formatCount(progress.unchanged)} />
        <Fact name="Failed" value={formatCount(failed)} />
        <Fact name="Left out" value={formatCount(skipped)} />
        <Fact name="To decode" value={formatCount(progress.queues.decode)} />
        <Fact name="To embed" value={formatCount(progress.queues.embed)} />
        <Fact name="To store" value={formatCount(progress.queues.store)} />
      </dl>
      <div className="run-now-speed">
        <SpeedControl />
        <SpeedNote easyFor={progress.easyFor} />
      </div>
    </section>
  );
}

const notes: Readonly<Record<NonNullable<Progress['easyFor']> | 'nothing', string>> = {
  battery: 'On battery: going easy.',
  person: 'Somebody is at the keyboard: other programs go first.',
  nothing: 'A change of speed holds at once.',
};

function SpeedNote({ easyFor }: { readonly easyFor: Progress['easyFor'] }) {
  return (
    <p className="quiet" role="status">
      {notes[easyFor ?? 'nothing']}
    </p>
  );
}

function timeLeft({ phase, remainingMs }: Progress): string {
  if (remainingMs === undefined || phase === 'paused') return '–';
  return formatDuration(Math.max(1000, remainingMs));
}

function Controls({ phase }: { readonly phase: Progress['phase'] }) {
  const tellError = useStore((store) => store.tellError);
  const [isBusy, setBusy] = useState(false);
  const call = (name: 'pause' | 'resume' | 'cancel') => {
    setBusy(true);
    bridge
      .call(name, {})
      .catch(tellError)
      .finally(() => setBusy(false));
  };
  const isStopping = phase === 'stopping' || isBusy;
  return (
    <div className="run-now-controls">
      {phase === 'paused' ? (
        <Button kind="primary" disabled={isBusy} onClick={() => call('resume')}>
          <Play size={16} aria-hidden="true" /> Resume
        </Button>
      ) : (
        <Button disabled={isStopping} onClick={() => call('pause')}>
          <Pause size={16} aria-hidden="true" /> Pause
        </Button>
      )}
      <Button disabled={isStopping} onClick={() => call('cancel')}>
        <Square size={14} aria-hidden="true" /> Stop
      </Button>
    </div>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="number">{value}</dd>
    </div>
  );
}
