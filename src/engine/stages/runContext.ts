// What the stages of one run share.
import type { Model } from '../../shared/model.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Refusal } from '../embed/embedder.ts';
import type { Courtesy } from '../pool/courtesy.ts';
import type { Gate } from '../pool/gate.ts';
import type { SlotFile } from '../pool/slotFile.ts';
import type { Width } from '../pool/width.ts';
import type { RunStats } from '../stats/runStats.ts';
import type { KeptIndex } from '../vectors/keptIndex.ts';
import type { PhotoWorkers } from '../workers/photoWorkers.ts';

export interface RunContext {
  readonly catalog: Catalog;
  readonly index: KeptIndex;
  readonly model: Model;
  readonly spaceId: number;
  readonly stats: RunStats;
  /** Shut while the run is paused. */
  readonly gate: Gate;
  /** Photos wait before it while somebody searches. */
  readonly courtesy: Courtesy;
  /** Aborted when the run is to end early; what is not stored then stays pending. */
  readonly signal: AbortSignal;
  /** Ids of photos between the catalogue's queue and their outcome. */
  readonly inFlight: Set<number>;
  /** When the model is ready to be opened; comes before the first photo is looked into. */
  readonly prepared: () => Promise<void>;
  /** Started by the first photo. */
  readonly workers: () => Pick<PhotoWorkers, 'decode' | 'embed'>;
  /** Photos in the hands of decoders and on the way there, and batches with embedders. */
  readonly widths: { readonly decode: Width; readonly embed: Width };
  /** Photos per run of the model; settled when the first one is `prepared`. */
  readonly batch: () => number;
  /** For pixels on their way from decoder to embedder; undefined where they are sent. */
  readonly slots: () => SlotFile | undefined;
  /** Folders that are never scanned: the app's own. */
  readonly exclude: readonly string[];
  /** What people want left out, given the root that it lies in. */
  isExcluded(path: string, root: string): boolean;
  notice(message: string): void;
  /** That the model does not run on what it should, and why; told once. */
  noticeRefusal(refusal: Refusal): void;
  /** Milliseconds since 1970. */
  now(): number;
}
