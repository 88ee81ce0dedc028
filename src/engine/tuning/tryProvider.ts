// Whether a model runs on something other than the processor, and says the same there. Tried in a
// process of its own: drivers crash and hang, and all that must come of it is a reason.
import { setTimeout as sleep } from 'node:timers/promises';
import { dot } from '../../shared/dot.ts';
import { asOcelliError, OcelliError } from '../../shared/errors.ts';
import type { Measurement, Provider, TriedProvider } from '../../shared/tuning.ts';
import type { Transport } from '../pool/transport.ts';
import { type EmbeddersOptions, MeasuredEmbedders } from './measuredEmbedders.ts';

export interface Tried extends TriedProvider {
  /** It runs the model, whether its answers can be used or not. */
  readonly hasAnswered: boolean;
  readonly measurements: readonly Measurement[];
}

export interface Trial {
  /** What the processor says of the first pictures, row after row. */
  readonly expected: Float32Array;
  /** Embeds a second of the processor: what is far slower is not looked at for longer. */
  readonly toBeat: number;
  /** A driver compiles the model when it first sees it. */
  readonly patienceMs: number;
}

/** A graphics card wants more at once than a processor. */
const batches = [8, 32];
const forMs = 200;
/** How many times as fast a card may be with a batch as with one picture: an H100 was 8. */
const mostByBatch = 16;
/** What was chosen once works, unless it is gone. */
const stillWorksWithinMs = 20_000;
/** Cosine between what processor and provider say of a picture; below, searches would differ. */
const leastAgreement = 0.999;

/** What is known to be nowhere but there, so that nobody wonders about an error of its library. */
const systems: Partial<Record<Provider, { readonly platform: NodeJS.Platform; name: string }>> = {
  dml: { platform: 'win32', name: 'Windows' },
  coreml: { platform: 'darwin', name: 'macOS' },
};

/** Never rejects, but with CANCELLED when `options.signal` is aborted. */
export async function tryProvider(
  provider: Provider,
  trial: Trial,
  options: EmbeddersOptions,
): Promise<Tried> {
  const { patienceMs } = trial;
  const system = systems[provider];
  if (system && system.platform !== process.platform) {
    return unusable(provider, `It is there on ${system.name} only.`);
  }
  // Ends this trial alone, at its end.
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  try {
    const late = sleep(patienceMs, undefined, { signal, ref: false }).then(() => {
      throw new OcelliError('PROVIDER_FAILED', `It did not answer within ${patienceMs / 1000} s.`);
    });
    // It is ended before it is late, and nobody listens then.
    late.catch(() => {});
    const transport = quiet(options.transport);
    const work = measured(provider, trial, { ...options, transport, signal });
    return await Promise.race([work, late]);
  } catch (thrown) {
    if (options.signal.aborted) throw new OcelliError('CANCELLED', 'Measuring was stopped.');
    const { code, message } = asOcelliError(thrown);
    return unusable(
      provider,
      code === 'EMBEDDER_DIED' ? `It ends its process. ${message}` : message,
    );
  } finally {
    ending.abort();
  }
}

/** Whether it can still be used; measures nothing. Never rejects. */
export async function providerWorks(
  provider: Provider,
  options: EmbeddersOptions,
): Promise<boolean> {
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const transport = quiet(options.transport);
  const shape = { embedders: 1, threads: 1 };
  const opened = MeasuredEmbedders.open({ ...options, transport, signal }, shape, provider).then(
    () => true,
    () => false,
  );
  const late = sleep(stillWorksWithinMs, false, { signal, ref: false }).catch(() => false);
  return Promise.race([opened, late]).finally(() => ending.abort());
}

/** What is tried and may well fail says so in our words, not in its own on standard error. */
function quiet(transport: Transport): Transport {
  return { start: (entry, name) => transport.start(entry, name, { quiet: true }) };
}

async function measured(
  provider: Provider,
  { expected, toBeat }: Trial,
  options: EmbeddersOptions,
): Promise<Tried> {
  const { dimensions } = options.model.manifest;
  const { image: precision } = options.precision;
  const shape = { embedders: 1, threads: 1 };
  const embedders = await MeasuredEmbedders.open(options, shape, provider);
  const measurements: Measurement[] = [];
  for (const batch of [1, ...batches]) {
    const { embedsPerSecond, vectors } = await embedders.measure(batch, batch === 1 ? 0 : forMs);
    const agreement = leastCosine(vectors, expected, dimensions);
    if (!(agreement >= leastAgreement)) {
      const reason = `Its answers differ from the processor's (${agreement.toFixed(3)}).`;
      return { ...unusable(provider, reason), hasAnswered: true };
    }
    measurements.push({ provider, precision, ...shape, batch, embedsPerSecond });
    if (batch === 1 && embedsPerSecond * mostByBatch < toBeat) break;
  }
  return { provider, usable: true, hasAnswered: true, measurements };
}

function unusable(provider: Provider, reason: string): Tried {
  return { provider, usable: false, reason, hasAnswered: false, measurements: [] };
}

/** Of rows that both have. */
function leastCosine(a: Float32Array, b: Float32Array, dimensions: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < Math.min(a.length, b.length); row += dimensions) {
    const end = row + dimensions;
    least = Math.min(least, dot(a.subarray(row, end), b.subarray(row, end)));
  }
  return least;
}
