// Opens ONNX files. The one door to ONNX Runtime's sessions: settings that were measured once hold
// for every tower, and a broken file becomes an error with a code.
import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OcelliError, systemCode } from '../../shared/errors.ts';
import type { Model, Precision, TowerKind } from '../../shared/model.ts';
import { InferenceSession, type Tensor } from './onnxRuntime.ts';
import { graphFile, preparedGraphFolder } from './preparedGraph.ts';

export interface SessionOptions {
  /** Threads of one run. */
  readonly threads: number;
  /**
   * Threads that wait for work burn a core while they do. Worth it where the process owns its
   * cores; off (the default) where decoders want them in the meantime.
   */
  readonly spinning?: boolean;
  /** Keeps freed memory for the next run (the default); off where memory is short. */
  readonly arena?: boolean;
  /** ONNX Runtime's execution providers in order of preference; ['cpu'] by default. */
  readonly providers?: readonly string[];
  /** The file is a prepared graph: optimised already, its weights in the processor's order. */
  readonly prepared?: boolean;
  /** Saves what is opened as a prepared graph. */
  readonly saveTo?: string;
}

export interface TowerOptions extends SessionOptions {
  readonly precision: Precision;
  /** Where prepared graphs lie; one of this tower is used if it is there. */
  readonly preparedFolder?: string;
  /** Opened instead of the tower's own file. */
  readonly file?: string;
}

/** @throws OcelliError MODEL_MISSING, MODEL_DAMAGED */
export async function openTower(
  model: Model,
  tower: TowerKind,
  options: TowerOptions,
): Promise<InferenceSession> {
  const { preparedFolder, precision } = options;
  // A prepared graph is the processor's.
  if (preparedFolder !== undefined && runsOnProcessor(options)) {
    const folder = preparedGraphFolder(preparedFolder, model, tower, precision);
    const session = await openSession(graphFile(folder), { ...options, prepared: true }).catch(
      () => undefined, // It is not there, or damaged: the tower's own file holds all of it.
    );
    if (session) return session;
  }
  return openSession(options.file ?? towerFile(model, tower, precision), options);
}

export function runsOnProcessor({ providers = ['cpu'] }: SessionOptions): boolean {
  return providers[0] === 'cpu';
}

/**
 * Operators run one after another: 'parallel' halves the speed of these graphs, which are chains
 * (15.9 images/s against 36 for ViT-B/32 on two cores), because inter- and intra-op threads fight.
 * @throws OcelliError MODEL_MISSING, MODEL_DAMAGED
 */
export async function openSession(
  path: string,
  options: SessionOptions,
): Promise<InferenceSession> {
  await requireFile(path);
  const arena = options.arena ?? true;
  const spin = options.spinning === true ? '1' : '0';
  try {
    return await InferenceSession.create(path, {
      executionProviders: options.providers ?? ['cpu'],
      executionMode: 'sequential',
      graphOptimizationLevel: options.prepared ? 'disabled' : 'all',
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      enableCpuMemArena: arena,
      enableMemPattern: arena,
      logSeverityLevel: 3,
      ...(options.saveTo === undefined ? {} : { optimizedModelFilePath: options.saveTo }),
      extra: {
        session: {
          intra_op: { allow_spinning: spin },
          inter_op: { allow_spinning: spin },
          ...(options.saveTo === undefined ? {} : weightsBeside(options.saveTo)),
        },
      },
    });
  } catch (cause) {
    if (!runsOnProcessor(options)) throw providerFailed(cause);
    throw new OcelliError('MODEL_DAMAGED', `The model file cannot be loaded: ${path}`, { cause });
  }
}

/** ONNX Runtime says where in its source it was before it says why, and Dawn goes on in more lines. */
function providerFailed(cause: unknown): OcelliError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const [line = ''] = said.trim().split('\n');
  const reason = line
    .replace(/^.*\bwas false\. /, '')
    .replace(/^no available backend found\. ERR: /, '')
    .replace(/^OrtSessionOptionsAppendExecutionProvider_\w+: /, '');
  const inWords = usualReasons.find(({ pattern }) => pattern.test(reason))?.words;
  return new OcelliError('PROVIDER_FAILED', inWords ?? reason, { cause });
}

/** What most machines say, so that people need not know the words of programmers. */
const usualReasons = [
  { pattern: /^Failed to load shared library$/, words: 'Its libraries are not installed.' },
  { pattern: /No supported adapters$/, words: 'No graphics card with a driver for it was found.' },
] as const;

/** Weights in a file of their own, in the order in which the processor reads them. */
function weightsBeside(graph: string): Record<string, string> {
  return {
    optimized_model_external_initializers_file_name: `${basename(graph)}.weights`,
    optimized_model_external_initializers_min_size_in_bytes: '1024',
    save_external_prepacked_constant_initializers: '1',
  };
}

/** @throws OcelliError MODEL_MISSING */
export async function requireFile(path: string): Promise<void> {
  await access(path).catch((cause: unknown) => {
    const reason = systemCode(cause) === 'ENOENT' ? 'is missing' : 'cannot be read';
    throw new OcelliError('MODEL_MISSING', `A file of the model ${reason}: ${path}`, { cause });
  });
}

/** @throws OcelliError MODEL_MISSING where the model has no such precision */
export function towerFile(model: Model, tower: TowerKind, precision: Precision): string {
  const file = model.manifest[tower].files[precision];
  if (file !== undefined) return join(model.folder, file);
  throw new OcelliError(
    'MODEL_MISSING',
    `${model.manifest.name} has no ${precision} ${tower} tower: ${model.folder}`,
  );
}

/**
 * One run, and the output by its name as float32.
 * @throws OcelliError EMBED_FAILED, MODEL_DAMAGED where there is no such output
 */
export async function runSession(
  session: InferenceSession,
  feeds: Record<string, Tensor>,
  output: string,
): Promise<{ readonly data: Float32Array; readonly shape: readonly number[] }> {
  const results = await session.run(feeds, [output]).catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new OcelliError('EMBED_FAILED', `The model could not be run: ${said}`, { cause });
  });
  const tensor = results[output];
  if (tensor === undefined || !(tensor.data instanceof Float32Array)) {
    throw new OcelliError('MODEL_DAMAGED', `The model has no float32 output named ${output}`);
  }
  return { data: tensor.data, shape: tensor.dims };
}
