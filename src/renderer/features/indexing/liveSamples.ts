// The samples that the charts draw: the engine's history at first, then every progress it tells.
import type { Progress } from '../../../shared/contract.ts';
import { bridge } from '../../bridge/bridge.ts';
import { ofLastRun } from './stageSeries.ts';

export interface LiveSamples {
  /** Of the last run, oldest first. */
  readonly samples: readonly Progress[];
  /** Told when there is something to draw, and somebody to see it. */
  onDraw(listener: () => void): () => void;
  close(): void;
}

export function followSamples(onError: (error: unknown) => void): LiveSamples {
  let samples: Progress[] = [];
  const listeners = new Set<() => void>();
  const draw = () => {
    if (document.visibilityState === 'hidden') return;
    for (const listener of listeners) listener();
  };
  const stop = bridge.on('progress', (progress) => {
    samples = ofLastRun([...samples, progress]);
    draw();
  });
  document.addEventListener('visibilitychange', draw);
  bridge
    .call('progressHistory', {})
    .then((history) => {
      // What was told meanwhile may be in the history already.
      const newest = history.at(-1)?.elapsedMs ?? -1;
      const since = samples.filter(({ elapsedMs }) => elapsedMs > newest);
      samples = ofLastRun([...history, ...since]);
      draw();
    })
    .catch(onError);

  return {
    get samples() {
      return samples;
    },
    onDraw(listener) {
      listeners.add(listener);
      listener();
      return () => void listeners.delete(listener);
    },
    close() {
      stop();
      document.removeEventListener('visibilitychange', draw);
    },
  };
}
