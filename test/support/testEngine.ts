// A real engine on the tiny model, closed when its test ends.
import { afterEach, expect } from 'vitest';
import { type EngineOptions, openEngine } from '../../src/engine/engine.ts';
import type { EngineApi, Progress, RunReport } from '../../src/shared/contract.ts';
import { OcelliError } from '../../src/shared/errors.ts';
import { tinyModel } from './photos.ts';

const opened = new Set<EngineApi>();

afterEach(async () => {
  await Promise.all([...opened].map((engine) => engine.close()));
  opened.clear();
});

/** Two decoders and one embedder, whatever the machine, so that numbers mean the same everywhere. */
export async function openTestEngine(options: EngineOptions): Promise<EngineApi> {
  const resources = { decoders: 2, embedders: 1, threads: 1 };
  const engine = await openEngine({ modelFolder: tinyModel, resources, ...options });
  opened.add(engine);
  return engine;
}

export async function closeEngine(engine: EngineApi): Promise<void> {
  opened.delete(engine);
  await engine.close();
}

/** Indexes, and holds the report to its sum. */
export async function index(engine: EngineApi, ...folders: string[]): Promise<RunReport> {
  const report = await engine.call('index', { folders });
  expectSum(report);
  return report;
}

export function expectSum(counts: {
  eligible: number;
  indexed: number;
  failed: number;
  skipped: number;
  pending: number;
}): void {
  const { indexed, failed, skipped, pending } = counts;
  expect(counts.eligible).toBe(indexed + failed + skipped + pending);
}

/** Paths of the hits, best first. */
export async function paths(engine: EngineApi, words: string, limit = 100): Promise<string[]> {
  const { hits } = await engine.call('search', { words, limit });
  return hits.map((hit) => hit.path);
}

/** Every picture of every worker that the run shows; reading it never misses a short run. */
export function watchProgress(engine: EngineApi): Progress[] {
  const seen: Progress[] = [];
  engine.on('progress', (progress) => seen.push(progress));
  return seen;
}

/** The code and message that the work is refused with. */
export async function refusal(work: Promise<unknown>): Promise<OcelliError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof OcelliError) return error;
  throw new Error(`Expected a refusal but received ${String(error)}`);
}
