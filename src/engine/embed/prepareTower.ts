// Makes the prepared graph of a tower (see the note in preparedGraph.ts), and believes it only when it
// answers as the tower itself does.
import { mkdir, mkdtemp, readdir, rename, rm, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dot } from '../../shared/dot.ts';
import { OcelliError } from '../../shared/errors.ts';
import { type Model, type Precision, type TowerKind, weightsOf } from '../../shared/model.ts';
import { simplifyGraph } from './graph/simplifyGraph.ts';
import { openImageTower } from './imageTower.ts';
import { graphFile, makingPrefix, preparedGraphFolder, removeUnfinished } from './preparedGraph.ts';
import { type SessionOptions, towerFile } from './session.ts';
import { pictureOf } from './testPicture.ts';
import { openTextTower } from './textTower.ts';

export interface PrepareOptions {
  readonly model: Model;
  readonly tower: TowerKind;
  readonly precision: Precision;
  /** Where prepared graphs lie. */
  readonly folder: string;
}

/** The weights as they were and as the processor reads them, a simplified file, and the graph. */
const roomPerByte = 3.1;
/** What must be left for the library itself, in bytes. */
const roomToLeave = 512 * 2 ** 20;
/** Cosine between the answers of tower and prepared graph: the same arithmetic, so the same numbers. */
const leastAgreement = 0.9999;
/** Of a simplified graph in int8: the scales of what is left are not those of what was left out. */
const leastInt8Agreement = 0.999;
/** Pictures to compare on: more than one, as a batch must stay one. */
const pictures = 3;

/**
 * @throws MODEL_MISSING, MODEL_DAMAGED, EMBED_FAILED; DISK_FULL where the room for it is lacking;
 * PREPARE_FAILED where it answers differently from the tower
 */
export async function prepareTower(options: PrepareOptions): Promise<void> {
  const { model, tower, precision, folder } = options;
  const place = preparedGraphFolder(folder, model, tower, precision);
  await mkdir(folder, { recursive: true });
  await removeUnfinished(folder);
  await requireRoom(folder, weightsOf(model.manifest, tower, precision)?.bytes ?? 0);
  // What is begun lies apart: a prepared graph is there whole or not at all.
  const making = await mkdtemp(join(folder, makingPrefix));
  try {
    const made = (await makeSimplified(options, making)) ?? (await make(options, making)).place;
    await removeOthers(place);
    await rename(made, place);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

/** Undefined where there is nothing to simplify, or it did not come to that. */
async function simplifiedFile(
  options: PrepareOptions,
  making: string,
): Promise<string | undefined> {
  const { model, tower, precision } = options;
  const { input, size } = model.manifest.image;
  const isPixels = tower === 'image' && input.type === 'float32' && input.layout === 'NCHW';
  const target = join(making, 'simplified.onnx');
  const source = towerFile(model, tower, precision);
  const seen = isPixels ? { name: input.name, size } : undefined;
  const isWritten = await simplifyGraph(source, target, seen).catch(() => false);
  return isWritten ? target : undefined;
}

/** Undefined where there is no simplified graph that does: the tower's own file does then. */
async function makeSimplified(
  options: PrepareOptions,
  making: string,
): Promise<string | undefined> {
  const file = await simplifiedFile(options, making);
  if (file === undefined) return undefined;
  const least = options.precision === 'int8' ? leastInt8Agreement : leastAgreement;
  try {
    const { place, answers } = await make(options, making, { file });
    requireAgreement(options, await probe(options, {}), answers, least);
    return place;
  } catch {
    return undefined;
  } finally {
    await rm(file, { force: true });
  }
}

/** The prepared graph's folder, and what it answers. @throws as prepareTower */
async function make(
  options: PrepareOptions,
  making: string,
  source: Pick<ProbeOptions, 'file'> = {},
): Promise<{ place: string; answers: Float32Array[] }> {
  const place = preparedGraphFolder(making, options.model, options.tower, options.precision);
  await rm(place, { recursive: true, force: true });
  await mkdir(place);
  const expected = await probe(options, { ...source, saveTo: graphFile(place) });
  const answers = await probe(options, { preparedFolder: making });
  requireAgreement(options, expected, answers, leastAgreement);
  return { place, answers };
}

/** Of vectors of length 1, in pairs. @throws PREPARE_FAILED */
function requireAgreement(
  options: PrepareOptions,
  expected: readonly Float32Array[],
  answers: readonly Float32Array[],
  least: number,
): void {
  const agrees = (vector: Float32Array, i: number) => dot(vector, answers[i] ?? vector) >= least;
  if (answers.length !== expected.length || !expected.every(agrees)) throw disagreement(options);
}

interface ProbeOptions extends Pick<SessionOptions, 'saveTo'> {
  /** Instead of the tower's own. */
  readonly file?: string;
  readonly preparedFolder?: string;
}

/** Text of no meaning, and pictures of nothing: towers that agree on them have the same weights. */
async function probe(
  { model, tower, precision }: PrepareOptions,
  session: ProbeOptions,
): Promise<Float32Array[]> {
  const options = { precision, threads: 1, ...session };
  if (tower === 'text') {
    const text = await openTextTower(model, options);
    return [await text.embed(['a photo of a dog']).finally(() => text.close())];
  }
  const image = await openImageTower(model, options);
  const { size } = model.manifest.image;
  const shown = Array.from({ length: pictures }, (_, i) => pictureOf(size, i));
  const vectors = await image.embed(shown).finally(() => image.close());
  const { dimensions } = image;
  return shown.map((_, i) => vectors.subarray(i * dimensions, (i + 1) * dimensions));
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const needed = bytes * roomPerByte + roomToLeave;
  if (bavail * bsize >= needed) return;
  const gigabytes = (needed / 1e9).toFixed(1);
  throw new OcelliError('DISK_FULL', `Preparing the model takes ${gigabytes} GB in ${folder}.`);
}

/** The same tower for another processor or version, or a damaged one in its place. */
async function removeOthers(place: string): Promise<void> {
  const folder = dirname(place);
  const tower = basename(place).replace(/-[0-9a-f]{16}$/, '');
  for (const name of await readdir(folder)) {
    const isSameTower = name.replace(/-[0-9a-f]{16}$/, '') === tower;
    if (isSameTower) await rm(join(folder, name), { recursive: true, force: true });
  }
}

function disagreement({ model, tower, precision }: PrepareOptions): OcelliError {
  return new OcelliError(
    'PREPARE_FAILED',
    `The prepared ${precision} ${tower} tower of ${model.manifest.name} answers differently from its file.`,
  );
}
