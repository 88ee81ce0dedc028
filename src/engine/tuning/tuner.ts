// What is known of this machine for the model in use, and how it comes to be known. Measurements are
// kept with the library, a few of them: going back to another model measures nothing again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Model } from '../../shared/model.ts';
import type { Resources, Tuning } from '../../shared/tuning.ts';
import type { SettingsStore } from '../catalog/settingsStore.ts';
import { choosePrecision, type PrecisionOf } from '../pools.ts';
import { prepareModel } from '../prepareModel.ts';
import type { WorkerTransports } from '../transports.ts';
import { machineKey } from './machineKey.ts';
import { type MeasureOptions, measureMachine } from './measureMachine.ts';
import { providerWorks } from './tryProvider.ts';

export interface TunerOptions {
  readonly settings: SettingsStore;
  readonly transports: WorkerTransports;
  /** Where prepared graphs lie. */
  readonly preparedFolder: string;
}

export interface Subject {
  readonly model: Model;
  readonly precision: PrecisionOf;
}

interface How {
  /** Niceness. */
  readonly priority: number;
  readonly signal: AbortSignal;
}

type Limits = Pick<MeasureOptions, 'budgetMs' | 'patienceMs'>;
/** People wait for their photos meanwhile. */
export const beforeRun: Limits = { budgetMs: 4500, patienceMs: 8000 };
/** People have asked for it. */
const askedFor: Limits = { budgetMs: 15_000, patienceMs: 20_000 };

export class Tuner {
  private readonly options: TunerOptions;

  constructor(options: TunerOptions) {
    this.options = options;
  }

  /** Undefined where nothing was measured, or for another machine or model. */
  known({ model, precision }: Subject): Tuning | undefined {
    const key = machineKey(model, precision.image);
    return this.options.settings.tunings().find((tuning) => tuning.key === key);
  }

  /**
   * Measures anew and keeps it; also how fast the model would be in the other precision, if it has
   * one. @throws CANCELLED; MODEL_* where the model does not run
   */
  measure(subject: Subject, how: How): Promise<Tuning> {
    return this.measureWithin(askedFor, subject, how, otherPrecision(subject));
  }

  /**
   * Before a run: measures where nothing is known, or where what was chosen does not work any more,
   * as a graphics card does without its driver. `onBegin` is called where it measures.
   */
  async beforeRun(subject: Subject, how: How, onBegin: () => void): Promise<void> {
    const known = this.known(subject);
    if (known && (await this.stillWorks(known.chosen, subject, how))) return;
    onBegin();
    await this.measureWithin(beforeRun, subject, how);
  }

  /** Whether `beforeRun` has something to do. */
  isDue(subject: Subject): boolean {
    const known = this.known(subject);
    return known?.chosen.provider !== 'cpu';
  }

  private async stillWorks(chosen: Resources, subject: Subject, how: How): Promise<boolean> {
    if (chosen.provider === 'cpu') return true;
    const { transports, preparedFolder } = this.options;
    const transport = transports.embedders;
    return providerWorks(chosen.provider, { ...subject, ...how, transport, preparedFolder });
  }

  private async measureWithin(
    limits: Limits,
    subject: Subject,
    how: How,
    instead?: PrecisionOf,
  ): Promise<Tuning> {
    const { settings, transports, preparedFolder } = this.options;
    await this.prepare(subject, how);
    const tuning = await measureMachine({
      ...{ ...subject, ...how, ...limits, transports, preparedFolder, instead },
    });
    settings.keepTuning(tuning);
    return tuning;
  }

  /** A model is measured as it will be used. */
  private async prepare({ model, precision }: Subject, { priority, signal }: How): Promise<void> {
    const { transports, preparedFolder: folder } = this.options;
    const transport = transports.embedders;
    await prepareModel({ transport, priority, model, precision, folder, signal });
  }
}

function otherPrecision({ model, precision }: Subject): PrecisionOf | undefined {
  const other = choosePrecision(model, precision.image === 'int8' ? 'float32' : 'int8');
  return other.image === precision.image ? undefined : other;
}

/** Half a minute of work on two cores: from there on a run may gain what measuring takes. */
export const longRunFrom = 3000;
/** Photos wait meanwhile: what a slow disk tells later is not waited for. */
const patienceMs = 1000;
const pollMs = 20;

/** Whether a run that is still looking for photos will have many of them. */
export async function hasMany(run: {
  /** What is many. */
  readonly from: number;
  /** Found so far that are to be worked on. */
  readonly found: () => number;
  /** No more will be found. */
  readonly isOver: () => boolean;
}): Promise<boolean> {
  const start = performance.now();
  while (run.found() < run.from) {
    if (run.isOver() || performance.now() - start > patienceMs) return false;
    await sleep(pollMs);
  }
  return true;
}
