// What the sweep and the tuning beside it are about.
import { forkTransport } from '../../src/engine/pool/forkTransport.ts';
import type { EmbeddersOptions } from '../../src/engine/tuning/measuredEmbedders.ts';
import type { Model, Precision } from '../../src/shared/model.ts';

export interface SweepSubject {
  readonly model: Model;
  readonly precision: Precision;
  readonly preparedFolder: string;
}

export function embeddersOptions(subject: SweepSubject): EmbeddersOptions {
  const { precision } = subject;
  return {
    ...subject,
    precision: { image: precision, text: precision },
    transport: forkTransport(),
    // As anybody else's programs: what steps back would measure them.
    priority: 0,
    signal: new AbortController().signal,
  };
}
