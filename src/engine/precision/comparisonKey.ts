// What a comparison holds for: these weights, on this processor. Integer arithmetic differs between
// processors: without VNNI some sums saturate.
import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import { type Model, precisions, weightsOf } from '../../shared/model.ts';
import { runtimeVersion } from '../embed/runtimeVersion.ts';

/** Raised when other photos or words are compared, or in another way. */
const version = 1;

export interface ComparisonKey {
  readonly key: string;
  /** The part of it that holds on any machine. */
  readonly weights: string;
}

/** Undefined where model.json does not say what the weights are: nothing tells when they change. */
export function comparisonKey({ manifest }: Model): ComparisonKey | undefined {
  const weights: string[] = [];
  for (const tower of ['image', 'text'] as const) {
    for (const precision of precisions) {
      if (manifest[tower].files[precision] === undefined) continue;
      const listed = weightsOf(manifest, tower, precision);
      if (!listed) return undefined;
      weights.push(`${tower} ${precision} ${listed.sha256}`);
    }
  }
  const compared = [version, manifest.id, ...weights];
  const machine = [process.platform, process.arch, cpus()[0]?.model, runtimeVersion()];
  return { key: digest([...compared, ...machine]), weights: digest(compared) };
}

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}
