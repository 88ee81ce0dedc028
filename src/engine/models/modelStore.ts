// The models that people have added: each a folder of the data folder, named by its id. What is not
// whole has another name, so that kill −9 never leaves half a model.
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { OcelliError } from '../../shared/errors.ts';
import type { Model } from '../../shared/model.ts';
import { copyModel } from './copyModel.ts';
import { loadModel, readManifest } from './loadModel.ts';

/** No id begins with a dot. */
const unfinished = '.unfinished-';

export class ModelStore {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Ids of what lies there, whole or not. */
  async ids(): Promise<string[]> {
    const entries = await readdir(this.folder, { withFileTypes: true }).catch(() => []);
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort();
  }

  /** @throws MODEL_MISSING, MODEL_DAMAGED */
  load(id: string): Promise<Model> {
    return loadModel(join(this.folder, id));
  }

  /** What its model.json says, though files may be missing; undefined where that cannot be read. */
  async describe(id: string): Promise<Model | undefined> {
    const folder = join(this.folder, id);
    const manifest = await readManifest(folder).catch(() => undefined);
    return manifest && { folder, manifest };
  }

  /** @throws MODEL_MISSING, MODEL_DAMAGED, MODEL_EXISTS, DISK_FULL, DATA_UNWRITABLE */
  async add(model: Model): Promise<Model> {
    const { id } = model.manifest;
    const there = await this.load(id).catch(() => undefined);
    if (there && !isDeepStrictEqual(there.manifest, model.manifest)) throw exists(id);
    if (there) return there;
    await mkdir(this.folder, { recursive: true });
    const draft = join(this.folder, `${unfinished}${randomUUID()}`);
    try {
      await copyModel(model, draft);
      // One that was damaged makes room.
      await this.remove(id);
      await rename(draft, join(this.folder, id));
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    return this.load(id);
  }

  async remove(id: string): Promise<void> {
    if (!(await this.ids()).includes(id)) return;
    const going = join(this.folder, `${unfinished}${randomUUID()}`);
    await rename(join(this.folder, id), going);
    await rm(going, { recursive: true, force: true });
  }

  /** What a process that was killed has left. Only for whoever has the data folder to itself. */
  async clearUnfinished(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names.filter((each) => each.startsWith(unfinished))) {
      await rm(join(this.folder, name), { recursive: true, force: true });
    }
  }
}

function exists(id: string): OcelliError {
  return new OcelliError('MODEL_EXISTS', `There is another model with the id ${id}.`);
}
