// Makes the prepared graph of a tower (see the note in preparedGraph.ts), and believes it only when it
// answers as the tower itself does.
import { mkdir, mkdtemp, readdir, rename, rm, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dot } from '../../shared/dot.ts';
import { OcelliError } from '../../shared/errors.ts';
import { type Model, type Precision, type TowerKind, weightsOf } from '../../shared/model.ts';
import { openImageTower } from './imageTower.ts';
import { graphFile, preparedGraphFolder } from './preparedGraph.ts';
import { pictureOf } from './testPicture.ts';
import { openTextTower } from './textTower.ts';

export interface PrepareOptions {
  readonly model: Model;
  readonly tower: TowerKind;
  readonly precision: Precision;
  /** Where prepared graphs lie. */
  readonly folder: string;
}

/** The weights as they were and as the processor reads them, and the graph. */
const roomPerByte = 2.1;
/** What must be left for the library itself, in bytes. */
const roomToLeave = 512 * 2 ** 20;
/** Cosine between the answers of tower and prepared graph: the same arithmetic, so the same numbers. */
const leastAgreement = 0.9999;

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
    const made = preparedGraphFolder(making, model, tower, precision);
    await mkdir(made);
    const expected = await probe(options, { saveTo: graphFile(made) });
    const answered = await probe(options, { preparedFolder: making });
    if (!(dot(expected, answered) >= leastAgreement)) throw disagreement(options);
    await removeOthers(place);
    await rename(made, place);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

const makingPrefix = 'making-';

/** Text of no meaning, and a picture of one: towers that agree on them have the same weights. */
async function probe(
  { model, tower, precision }: PrepareOptions,
  session: { readonly saveTo?: string; readonly preparedFolder?: string },
): Promise<Float32Array> {
  const options = { precision, threads: 1, ...session };
  if (tower === 'text') {
    const text = await openTextTower(model, options);
    return text.embed(['a photo of a dog']).finally(() => text.close());
  }
  const image = await openImageTower(model, options);
  const { size } = model.manifest.image;
  return image.embed([pictureOf(size, 0)]).finally(() => image.close());
}

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const needed = bytes * roomPerByte + roomToLeave;
  if (bavail * bsize >= needed) return;
  const gigabytes = (needed / 1e9).toFixed(1);
  throw new OcelliError('DISK_FULL', `Preparing the model takes ${gigabytes} GB in ${folder}.`);
}

/** What a process left that was killed; one process at a time has a data folder. */
async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(makingPrefix)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
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
