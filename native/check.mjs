// What callers hand over, checked before it goes to the addon, where a wrong type would be
// reported in napi's words, not in ours.

import { expected } from './error.mjs';

/** What the addon counts to: 32 bits. */
const MOST = 2 ** 32 - 1;

export function toIds(ids, name = 'ids') {
  if (isFloats(ids, 'Float64Array')) return ids;
  if (!Array.isArray(ids)) throw expected('number[] or Float64Array', name, ids);
  for (const id of ids) {
    if (!Number.isSafeInteger(id) || id < 0) throw expected('safe integers of 0 or more', name, id);
  }
  return Float64Array.from(ids);
}

export function toVector(vector, name) {
  if (!isFloats(vector, 'Float32Array')) throw expected('Float32Array', name, vector);
  return vector;
}

export function toLimit(limit, name = 'limit') {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  throw expected(`a whole number from 1 to ${MOST}`, name, limit);
}

/** By its tag, not by `instanceof`: arrays from another context (Electron, vm) are as good. */
function isFloats(value, tag) {
  return ArrayBuffer.isView(value) && value[Symbol.toStringTag] === tag;
}

export function toText(value, name) {
  if (typeof value !== 'string' || value === '') throw expected('a string', name, value);
  return value;
}

export function toJson(value, name) {
  if (value === null || typeof value !== 'object') throw expected('an object', name, value);
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw expected('JSON', name, error.message);
  }
}

export function toPayload(value) {
  if (Array.isArray(value)) throw expected('an object', 'payload', value);
  return toJson(value, 'payload');
}

/** Liked or disliked examples: ids and vectors, apart. */
export function toExamples(examples, name) {
  if (!Array.isArray(examples)) throw expected('an array of ids and vectors', name, examples);
  const ids = examples.filter((example) => !ArrayBuffer.isView(example));
  const vectors = examples
    .filter((example) => ArrayBuffer.isView(example))
    .map((vector) => toVector(vector, name));
  return { ids: toIds(ids, name), vectors: concatenate(vectors) };
}

function concatenate(vectors) {
  const whole = new Float32Array(vectors.reduce((total, vector) => total + vector.length, 0));
  let at = 0;
  for (const vector of vectors) {
    whole.set(vector, at);
    at += vector.length;
  }
  return whole;
}
