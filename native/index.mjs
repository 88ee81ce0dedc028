// The vector index as the rest of Ocelli sees it. The addon does the work; this file gives it its
// shape, keeps writes in order, and cuts long ones up so that the event loop never waits.
// The promises that callers rely on are written down in `index.d.mts`.

import { toExamples, toIds, toJson, toLimit, toPayload, toText, toVector } from './check.mjs';
import { EdgeError, expected, fromNative } from './error.mjs';
import { loadAddon } from './load.mjs';

export { EdgeError } from './error.mjs';

const addon = loadAddon();

// [Note: Chunks] Numbers are copied on the event loop before the addon takes them, so that the
// caller may do with its array what it likes. One MiB is copied in about 0.1 ms.
const CHUNK_FLOATS = 262_144;
const CHUNK_POINTS = 512;
const PROGRESS_MS = 500;

// [Note: Defaults] Measured; the tables are in README.md. Fewer segments search a little faster,
// but then every new graph is built over all points; with four, only over the new ones. Scoring
// half as many again by their full vectors brings back what one byte a number loses.
const OPTIMIZER = { segments: 4 };
const QUANTIZATION = { rescore: true, oversampling: 1.5 };

export class EdgeCollection {
  #native;
  #dimensions;
  #writes = Promise.resolve();
  #closing;
  #optimizing;

  constructor(native, dimensions) {
    this.#native = native;
    this.#dimensions = dimensions;
  }

  static async open(path, options) {
    toText(path, 'path');
    if (options === null || typeof options !== 'object') {
      throw expected('an object', 'options', options);
    }
    const optimizer = { ...OPTIMIZER, ...options.optimizer };
    const json = toJson({ ...options, optimizer }, 'options');
    if (!Number.isSafeInteger(options.dimensions) || options.dimensions < 1) {
      throw expected('a whole number of 1 or more', 'dimensions', options.dimensions);
    }
    const native = await settled(() => addon.openCollection(path, json));
    return new EdgeCollection(native, options.dimensions);
  }

  close() {
    this.#closing ??= this.#writes.then(() => settled(() => this.#native.close()));
    return this.#closing;
  }

  async upsert(ids, vectors, payloads) {
    const numbers = toIds(ids);
    toVector(vectors, 'vectors');
    const dimensions = this.#dimensions;
    if (vectors.length !== numbers.length * dimensions) {
      throw expected(`${numbers.length} × ${dimensions} numbers`, 'vectors', vectors);
    }
    if (payloads !== undefined) checkPayloads(payloads, numbers.length);
    const step = Math.max(1, Math.min(CHUNK_POINTS, Math.floor(CHUNK_FLOATS / dimensions)));
    await this.#write(async () => {
      for (let from = 0; from < numbers.length; from += step) {
        const to = Math.min(numbers.length, from + step);
        await this.#native.upsert(
          numbers.subarray(from, to),
          vectors.subarray(from * dimensions, to * dimensions),
          payloads && toJson(payloads.slice(from, to), 'payloads'),
        );
      }
    });
  }

  async delete(ids) {
    const numbers = toIds(ids);
    await this.#write(() => this.#native.delete(numbers));
  }

  async setPayload(ids, payload) {
    await this.#changePayload(ids, payload, false);
  }

  async overwritePayload(ids, payload) {
    await this.#changePayload(ids, payload, true);
  }

  async #changePayload(ids, payload, overwrite) {
    const [numbers, json] = [toIds(ids), toPayload(payload)];
    await this.#write(() => this.#native.setPayload(numbers, json, overwrite));
  }

  async deletePayload(ids, keys) {
    const numbers = toIds(ids);
    if (!Array.isArray(keys)) throw expected('string[]', 'keys', keys);
    const names = keys.map((key) => toText(key, 'keys'));
    await this.#write(() => this.#native.deletePayload(numbers, names));
  }

  async query({ vector, recommend, among, ...options }) {
    if ((vector === undefined) === (recommend === undefined)) {
      const received = vector === undefined ? 'neither' : 'both';
      throw expected('one of vector and recommend', 'query', received);
    }
    const request = { quantization: QUANTIZATION, ...defined(options) };
    if (vector !== undefined) {
      toVector(vector, 'vector');
      const json = toJson(request, 'options');
      const ids = among === undefined ? undefined : toIds(among, 'among');
      return toPoints(await this.#read(() => this.#native.query(vector, ids, json)));
    }
    if (among !== undefined) throw expected('a vector beside it', 'among', 'recommend');
    const { positive = [], negative = [], strategy } = recommend;
    const liked = toExamples(positive, 'recommend.positive');
    const disliked = toExamples(negative, 'recommend.negative');
    const json = toJson({ ...request, strategy }, 'options');
    const columns = await this.#read(() =>
      this.#native.recommend(liked.ids, liked.vectors, disliked.ids, disliked.vectors, json),
    );
    return toPoints(columns);
  }

  async nearest(vector, { limit, likely = limit, among }) {
    toVector(vector, 'vector');
    const list = among === undefined ? undefined : toList(among).native;
    const most = [toLimit(limit), toLimit(likely, 'likely')];
    const columns = await this.#read(() => this.#native.nearest(vector, list, ...most));
    return columns ? toPoints(columns) : undefined;
  }

  async retrieve(ids, { withPayload = true, withVector = false } = {}) {
    const numbers = toIds(ids);
    const read = () => this.#native.retrieve(numbers, withPayload, withVector);
    return toPoints(await this.#read(read));
  }

  async scroll(request = {}) {
    const json = toJson(request, 'options');
    const columns = await this.#read(() => this.#native.scroll(json));
    return { points: toPoints(columns), nextOffset: columns.nextOffset ?? null };
  }

  async count(request = {}) {
    const json = toJson(request, 'options');
    return await this.#read(() => this.#native.count(json));
  }

  async facet(request) {
    const json = toJson(request, 'options');
    return JSON.parse(await this.#read(() => this.#native.facet(json)));
  }

  async createPayloadIndex(field, type) {
    toText(field, 'field');
    toText(type, 'type');
    await this.#write(() => this.#native.createPayloadIndex(field, type));
  }

  async deletePayloadIndex(field) {
    toText(field, 'field');
    await this.#write(() => this.#native.deletePayloadIndex(field));
  }

  async optimize({ onProgress, signal, intervalMs = PROGRESS_MS } = {}) {
    if (signal?.aborted) throw cancelled();
    this.#optimizing ??= this.#read(() => this.#native.optimize()).finally(() => {
      this.#optimizing = undefined;
    });
    const watch = onProgress && this.#report(onProgress, intervalMs);
    try {
      return await raceAbort(this.#optimizing, signal);
    } finally {
      clearInterval(watch);
    }
  }

  #report(onProgress, intervalMs) {
    const start = performance.now();
    const tell = async () => {
      const { points, indexedVectors, segments } = await this.info();
      if (this.#optimizing === undefined) return;
      onProgress({ points, indexedVectors, segments, elapsedMs: performance.now() - start });
    };
    // A report that fails (the collection was closed meanwhile) is no failure of the optimisation.
    return setInterval(() => tell().catch(() => {}), intervalMs).unref();
  }

  async flush() {
    await this.#write(() => this.#native.flush());
  }

  async info() {
    return JSON.parse(await this.#read(() => this.#native.info()));
  }

  async snapshot(target) {
    toText(target, 'target');
    await this.#write(() => this.#native.snapshot(target));
  }

  async #read(work) {
    if (this.#closing) throw expected('an open collection', 'this call', 'a closed one');
    return await settled(work);
  }

  /** One write after the other, in the order of the calls, whether the one before failed or not. */
  async #write(work) {
    if (this.#closing) throw expected('an open collection', 'this call', 'a closed one');
    const done = this.#writes.then(() => settled(work));
    this.#writes = done.catch(() => {});
    return await done;
  }
}

export class PointList {
  constructor(ids) {
    const numbers = toIds(ids, 'among');
    try {
      this.native = new addon.PointList(numbers);
    } catch (error) {
      throw fromNative(error);
    }
  }
}

function toList(among) {
  return among instanceof PointList ? among : new PointList(among);
}

/** Without what is there but undefined, so that it does not hide a default. */
function defined(options) {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** Not for use: makes the addon panic, for the test that a panic becomes an error. */
export function __panicForTest() {
  return settled(() => addon.__panicForTest());
}

async function settled(work) {
  try {
    return await work();
  } catch (error) {
    throw error instanceof EdgeError ? error : fromNative(error);
  }
}

function cancelled() {
  return new EdgeError('CANCELLED', 'Waiting for the optimisation was cancelled; it goes on');
}

async function raceAbort(promise, signal) {
  if (signal === undefined) return await promise;
  const { promise: aborted, reject } = withResolvers();
  const abort = () => reject(cancelled());
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    // After a cancel nobody may be left to hear how the run ends.
    promise.catch(() => {});
  }
}

/** Promise.withResolvers, which Node 20 lacks. */
function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

function checkPayloads(payloads, count) {
  if (!Array.isArray(payloads)) throw expected('an array', 'payloads', payloads);
  if (payloads.length !== count) throw expected(`${count} objects or null`, 'payloads', payloads);
}

/** From the addon's columns to one object for each point. */
function toPoints({ ids, scores, payloads, vectors }) {
  const objects = payloads && JSON.parse(payloads);
  const dimensions = vectors && ids.length > 0 ? vectors.length / ids.length : 0;
  return Array.from(ids, (id, row) => {
    const point = { id };
    if (scores) point.score = scores[row];
    if (objects) point.payload = objects[row] ?? {};
    if (vectors) point.vector = vectors.slice(row * dimensions, (row + 1) * dimensions);
    return point;
  });
}
