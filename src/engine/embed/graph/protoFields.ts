// The fields of a protobuf message, found without reading what they hold: the weights of a model of
// 350 MB are passed over.
// https://protobuf.dev/programming-guides/encoding/
import { readSync } from 'node:fs';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** Where a message lies: in memory, or in a file that is open. */
export interface Bytes {
  readonly length: number;
  /** `from` and `to` in bytes. @throws where it ends before `to` */
  read(from: number, to: number): Uint8Array;
}

export interface Field {
  readonly number: number;
  readonly wire: WireType;
  /** In bytes from the beginning of what it lies in, its tag included. */
  readonly from: number;
  /** Where what it holds begins and ends. */
  readonly valueFrom: number;
  readonly to: number;
}

export function inMemory(bytes: Uint8Array): Bytes {
  return {
    length: bytes.length,
    read(from, to) {
      if (to > bytes.length) throw new RangeError('A message ends too early.');
      return bytes.subarray(from, to);
    },
  };
}

/** @param length of the file, in bytes. */
export function inFile(file: number, length: number): Bytes {
  return {
    length,
    read(from, to) {
      const bytes = new Uint8Array(to - from);
      if (readSync(file, bytes, 0, bytes.length, from) === bytes.length) return bytes;
      throw new RangeError('A file ends too early.');
    },
  };
}

/** A tag and the length of what follows it, or a number: at most ten bytes each. */
const headBytes = 20;

/** @throws where this is no message */
export function* fieldsOf(bytes: Bytes, from = 0, to = bytes.length): Generator<Field> {
  let at = from;
  while (at < to) {
    const head = new BinaryReader(bytes.read(at, Math.min(at + headBytes, to)));
    const [number, wire] = head.tag();
    const valueAt = at + head.pos;
    const isLong = wire === WireType.LengthDelimited;
    const length = isLong ? head.uint32() : head.skip(wire).length;
    const valueFrom = isLong ? at + head.pos : valueAt;
    const field = { number, wire, from: at, valueFrom, to: valueFrom + length };
    if (field.to > to) throw new RangeError('A message ends too early.');
    yield field;
    at = field.to;
  }
}

export function contentOf(bytes: Bytes, { valueFrom, to }: Field): Uint8Array {
  return bytes.read(valueFrom, to);
}

export function textOf(bytes: Bytes, field: Field): string {
  return new TextDecoder().decode(contentOf(bytes, field));
}

/** One integer, or several in one field. */
export function integersOf(bytes: Bytes, field: Field): number[] {
  const reader = new BinaryReader(contentOf(bytes, field));
  const numbers: number[] = [];
  while (reader.pos < reader.len) numbers.push(Number(reader.int64()));
  return numbers;
}
