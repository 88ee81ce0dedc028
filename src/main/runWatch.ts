// When a run is under way, how far it is, and when it has ended, whoever began it: the window, a
// menu, or a folder that changed. The engine tells progress twice a second and then falls silent.
import type { EngineApi, Progress, RunReport } from '../shared/contract.ts';

export interface RunListener {
  progress(progress: Progress): void;
  ended(report: RunReport | undefined): void;
}

/** Several times the interval of progress: a busy process may miss one. */
const silenceMs = 2000;

export class RunWatch {
  private readonly engine: Pick<EngineApi, 'call' | 'on'>;
  private readonly listeners: RunListener[] = [];
  private last: Progress | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(engine: Pick<EngineApi, 'call' | 'on'>) {
    this.engine = engine;
    engine.on('progress', (progress) => {
      this.last = progress;
      for (const listener of this.listeners) listener.progress(progress);
      this.listenForSilence();
    });
  }

  /** Undefined while nothing runs. */
  get now(): Progress | undefined {
    return this.last;
  }

  add(listener: RunListener): void {
    this.listeners.push(listener);
  }

  private listenForSilence(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), silenceMs);
  }

  private async look(): Promise<void> {
    const status = await this.engine.call('status', {}).catch(() => undefined);
    if (status?.running) {
      this.listenForSilence();
      return;
    }
    this.last = undefined;
    for (const listener of this.listeners) listener.ended(status?.lastRun);
  }
}
