// Which precision a model runs in. One that differs from what the model runs in by itself has to
// show first that searches come out the same; see docs/decisions/0021-int8-that-can-be-trusted.md.
import {
  type Agreement,
  agreementText,
  agrees,
  type Int8State,
  leastRecall,
} from '../../shared/agreement.ts';
import { OcelliError } from '../../shared/errors.ts';
import type { Model, Precision } from '../../shared/model.ts';
import type { SettingsStore } from '../catalog/settingsStore.ts';
import { choosePrecision, isSamePrecision, type PrecisionOf } from '../pools.ts';
import type { WorkerTransports } from '../transports.ts';
import { comparePrecisions } from './comparePrecisions.ts';
import { comparisonKey } from './comparisonKey.ts';

export interface PrecisionGateOptions {
  readonly settings: SettingsStore;
  readonly transports: WorkerTransports;
  /** Where prepared graphs lie. */
  readonly preparedFolder: string;
  /** What is asked for is used without a comparison. */
  readonly trusting: boolean;
  notice(message: string): void;
}

export class PrecisionGate {
  private readonly options: PrecisionGateOptions;
  private readonly ending = new AbortController();

  constructor(options: PrecisionGateOptions) {
    this.options = options;
  }

  /**
   * The precision asked for, where the model has it; compared first, once, where there is something
   * to compare with. @throws PRECISION_REFUSED with the figures, CANCELLED, MODEL_*
   */
  async choose(model: Model, wanted: Precision | undefined): Promise<PrecisionOf> {
    const first = this.atOnce(model, wanted);
    if (first?.isKnown) return first.precision;
    const other = choosePrecision(model, wanted);
    return held(model, other, await this.compare(model, choosePrecision(model), other));
  }

  /**
   * The same where it can be told at once: it is known here or, for as long as it is not, held for
   * these weights on another machine or version of ONNX Runtime. @throws PRECISION_REFUSED
   */
  atOnce(
    model: Model,
    wanted: Precision | undefined,
  ): { precision: PrecisionOf; isKnown: boolean } | undefined {
    const own = choosePrecision(model);
    const other = choosePrecision(model, wanted);
    if (this.options.trusting || isSamePrecision(own, other)) {
      return { precision: other, isKnown: true };
    }
    const known = this.known(model);
    if (known) return { precision: held(model, other, known), isKnown: true };
    return this.heldElsewhere(model) ? { precision: other, isKnown: false } : undefined;
  }

  /** Undefined where the model has no int8. */
  int8Of(model: Model): Int8State | undefined {
    const own = choosePrecision(model);
    const int8 = choosePrecision(model, 'int8');
    if (!isSamePrecision(own, int8)) {
      const agreement = this.known(model);
      return agreement ? { state: 'compared', agreement } : { state: 'untried' };
    }
    return own.image === 'int8' || own.text === 'int8' ? { state: 'alone' } : undefined;
  }

  /** Ends a comparison that is under way. */
  close(): void {
    this.ending.abort();
  }

  private known(model: Model): Agreement | undefined {
    const key = comparisonKey(model)?.key;
    const kept = this.options.settings.comparisons();
    return kept.find((comparison) => comparison.key === key)?.agreement;
  }

  private heldElsewhere(model: Model): boolean {
    const weights = comparisonKey(model)?.weights;
    const kept = this.options.settings.comparisons();
    return kept.some((each) => each.weights === weights && agrees(each.agreement));
  }

  private async compare(
    model: Model,
    reference: PrecisionOf,
    other: PrecisionOf,
  ): Promise<Agreement> {
    const { settings, transports, preparedFolder, notice } = this.options;
    notice(`${model.manifest.name} in int8 is compared with float32.`);
    const agreement = await comparePrecisions({
      ...{ transports, model, reference, other, preparedFolder },
      signal: this.ending.signal,
    });
    const key = comparisonKey(model);
    if (key !== undefined) settings.keepComparison({ ...key, at: Date.now(), agreement });
    return agreement;
  }
}

function held(model: Model, precision: PrecisionOf, agreement: Agreement): PrecisionOf {
  if (agrees(agreement)) return precision;
  throw new OcelliError(
    'PRECISION_REFUSED',
    `${model.manifest.name} in int8 finds other photos than in float32: ${agreementText(agreement)}, where ${leastRecall} is asked for.`,
  );
}
