// Which models there are to choose from, and which one it is: the starter, those that people have
// added, and the one that a host was started with.
import { rm } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import { asOcelliError, OcelliError } from '../shared/errors.ts';
import { type Model, type Precision, precisions } from '../shared/model.ts';
import type { ModelInfo } from '../shared/settings.ts';
import { indexFolder, spaceKey } from './activeModel.ts';
import type { Catalog } from './catalog/catalog.ts';
import { loadModel } from './models/loadModel.ts';
import { ModelStore } from './models/modelStore.ts';
import { choosePrecision, type PrecisionOf } from './pools.ts';
import type { PrecisionGate } from './precision/precisionGate.ts';
import { proveModel } from './proveModel.ts';
import type { Transports } from './transports.ts';
import { modelsFolderOf, starterModelFolder } from './workerEntries.ts';

export interface ModelChoiceOptions {
  readonly catalog: Catalog;
  readonly dataFolder: string;
  /** `--model`: goes before what people have chosen, for as long as this engine is open. */
  readonly given: Model | undefined;
  /** `--precision`: the same of what people have chosen for a model. */
  readonly precision: Precision | undefined;
  readonly transports: Transports;
  readonly gate: PrecisionGate;
  notice(message: string): void;
}

interface Offered {
  readonly model: Model;
  readonly origin: ModelInfo['origin'];
  readonly problem?: string;
}

/** Vectors a transaction, while those of a model are removed: searches go on between two. */
const vectorsPerRemoval = 2000;

export class ModelChoice {
  private readonly options: ModelChoiceOptions;
  private readonly store: ModelStore;

  constructor(options: ModelChoiceOptions) {
    this.options = options;
    this.store = new ModelStore(modelsFolderOf(options.dataFolder));
  }

  /** The one to begin with. A choice that cannot be opened is kept, and the starter stands in. */
  async first(): Promise<Model> {
    await this.store.clearUnfinished();
    if (this.options.given) return this.options.given;
    const id = this.options.catalog.settings.chosenModel();
    if (id !== undefined) {
      try {
        return await this.store.load(id);
      } catch (thrown) {
        this.options.notice(
          `The model ${id} cannot be used: ${asOcelliError(thrown).message} The starter model is used instead; what ${id} knew of your photos is kept.`,
        );
      }
    }
    return loadModel(starterModelFolder);
  }

  /**
   * The one that a model runs in, compared where that is due. A choice that does not hold on this
   * machine is kept, and float32 stands in. @throws as PrecisionGate.choose, where it was given
   */
  async precisionOf(model: Model): Promise<PrecisionOf> {
    const { gate, precision } = this.options;
    if (precision !== undefined) return gate.choose(model, precision);
    try {
      return await gate.choose(model, this.wanted(model));
    } catch (thrown) {
      return this.instead(model, thrown);
    }
  }

  /**
   * The same at a start, where nobody waits for a comparison that only another version of ONNX Runtime
   * asks for, or another machine: until `isKnown`, it is what held before.
   */
  async firstPrecisionOf(model: Model): Promise<{ precision: PrecisionOf; isKnown: boolean }> {
    const { gate, precision } = this.options;
    if (precision === undefined) {
      try {
        const first = gate.atOnce(model, this.wanted(model));
        if (first) return first;
      } catch (thrown) {
        return { precision: this.instead(model, thrown), isKnown: true };
      }
    }
    return { precision: await this.precisionOf(model), isKnown: true };
  }

  /** @throws what is no refusal */
  private instead(model: Model, thrown: unknown): PrecisionOf {
    const { code, message } = asOcelliError(thrown);
    if (code !== 'PRECISION_REFUSED') throw thrown;
    this.options.notice(
      `${message} float32 is used instead; what int8 knew of your photos is kept.`,
    );
    return choosePrecision(model);
  }

  async list(active: { id: string; precision: PrecisionOf }): Promise<ModelInfo[]> {
    const { reader } = this.options.catalog;
    const list = (await this.offered()).map(async ({ model, origin, problem }) => {
      const { manifest, folder } = model;
      const isActive = manifest.id === active.id;
      const offered = precisions.filter((precision) => manifest.image.files[precision]);
      const photos = offered.map(async (precision) => {
        const key = spaceKey(manifest.id, precision);
        return [precision, await reader.read('photosWithVector', key)];
      });
      const int8 = this.options.gate.int8Of(model);
      const precision = isActive ? active.precision : choosePrecision(model, this.wanted(model));
      return {
        id: manifest.id,
        name: manifest.name,
        description: manifest.description,
        bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
        dimensions: manifest.dimensions,
        precisions: offered,
        precision: precision.image,
        licences: [...new Set(manifest.licence.map((licence) => licence.spdx))],
        active: isActive,
        origin,
        folder,
        photosIn: Object.fromEntries(await Promise.all(photos)),
        ...(int8 === undefined ? {} : { int8 }),
        ...(problem === undefined ? {} : { problem }),
      };
    });
    return Promise.all(list);
  }

  /** @throws MODEL_UNKNOWN, MODEL_MISSING, MODEL_DAMAGED */
  async named(id: string): Promise<Model> {
    const offered = (await this.offered()).find(({ model }) => model.manifest.id === id);
    // One without a readable model.json says what is wrong with it; so does one that is damaged.
    if (!offered || offered.problem !== undefined) return this.stored(id);
    return offered.model;
  }

  /** Checks that it is whole and that it runs, and copies it. @throws MODEL_*, DISK_FULL */
  async add(folder: string): Promise<ModelInfo['id']> {
    const model = await loadModel(folder);
    const { id } = model.manifest;
    if (id === (await this.starterId())) {
      throw new OcelliError('MODEL_EXISTS', `${id} is the id of the model that comes along.`);
    }
    await proveModel(model, this.options.transports.queries.embedders);
    await this.store.add(model);
    return id;
  }

  /** What the next start begins with. One that a host was given is that host's own business. */
  async remember(id: string, precision: Precision | undefined): Promise<void> {
    if (precision !== undefined) this.options.catalog.settings.choosePrecision(id, precision);
    const isOurs = (await this.store.ids()).includes(id);
    if (id === (await this.starterId())) this.options.catalog.settings.chooseModel(undefined);
    else if (isOurs) this.options.catalog.settings.chooseModel(id);
  }

  /** With what it knows of the photos. @throws MODEL_UNKNOWN */
  async remove(id: string): Promise<void> {
    const { catalog, dataFolder } = this.options;
    if (!(await this.store.ids()).includes(id)) throw unknownModel(id);
    if (catalog.settings.chosenModel() === id) catalog.settings.chooseModel(undefined);
    catalog.settings.choosePrecision(id, undefined);
    for (const precision of precisions) {
      const key = spaceKey(id, precision);
      while (catalog.contents.removeVectors(key, vectorsPerRemoval) > 0) await breathe();
      catalog.contents.removeSpace(key);
      await rm(indexFolder(dataFolder, key), { recursive: true, force: true });
    }
    // Last: killed before this, it is still in the list and can be removed again.
    await this.store.remove(id);
  }

  private wanted({ manifest }: Model): Precision | undefined {
    const { precision, catalog } = this.options;
    return precision ?? catalog.settings.chosenPrecision(manifest.id);
  }

  private async starterId(): Promise<string | undefined> {
    const starter = await loadModel(starterModelFolder).catch(() => undefined);
    return starter?.manifest.id;
  }

  /** One of each id: the one that was given before one that was added. */
  private async offered(): Promise<Offered[]> {
    const { given } = this.options;
    const starter = await loadModel(starterModelFolder).catch(() => undefined);
    const all: Offered[] = given ? [{ model: given, origin: 'given' }] : [];
    if (starter) all.push({ model: starter, origin: 'starter' });
    for (const id of await this.store.ids()) all.push(...(await this.offeredFrom(id)));
    const byId = new Map<string, Offered>();
    for (const each of all) {
      const { id } = each.model.manifest;
      if (!byId.has(id)) byId.set(id, each);
    }
    return [...byId.values()];
  }

  private async offeredFrom(id: string): Promise<Offered[]> {
    try {
      return [{ model: await this.store.load(id), origin: 'added' }];
    } catch (thrown) {
      const model = await this.store.describe(id);
      return model ? [{ model, origin: 'added', problem: asOcelliError(thrown).message }] : [];
    }
  }

  private async stored(id: string): Promise<Model> {
    if (!(await this.store.ids()).includes(id)) throw unknownModel(id);
    return this.store.load(id);
  }
}

function unknownModel(id: string): OcelliError {
  return new OcelliError('MODEL_UNKNOWN', `No model with the id ${id} has been added.`);
}
