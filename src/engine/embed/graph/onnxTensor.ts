// What a graph holds of numbers: their shape, and the numbers themselves where they are few integers,
// as shapes, axes and indices are.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { type Bytes, contentOf, type Field, fieldsOf, integersOf, textOf } from './protoFields.ts';

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Undefined where they are many, or no integers of 64 bits. */
  readonly integers: readonly number[] | undefined;
  /** The numbers lie in another file. */
  readonly isElsewhere: boolean;
}

const fields = { shape: 1, type: 2, integers: 7, name: 8, raw: 9, place: 14 } as const;
const int64 = 7;
const fewBytes = 8 * 16;

export function readTensor(bytes: Bytes, tensor: Field): OnnxTensor {
  const shape: number[] = [];
  const integers: number[] = [];
  let name = '';
  let type = 0;
  let isElsewhere = false;
  for (const field of fieldsOf(bytes, tensor.valueFrom, tensor.to)) {
    if (field.number === fields.shape) shape.push(...integersOf(bytes, field));
    if (field.number === fields.type) type = integersOf(bytes, field)[0] ?? 0;
    if (field.number === fields.name) name = textOf(bytes, field);
    if (field.number === fields.place) isElsewhere = integersOf(bytes, field)[0] === 1;
    if (field.to - field.valueFrom > fewBytes) continue;
    if (field.number === fields.integers) integers.push(...integersOf(bytes, field));
    if (field.number === fields.raw) integers.push(...wholeWords(contentOf(bytes, field)));
  }
  const count = shape.reduce((product, each) => product * each, 1);
  const isKnown = type === int64 && integers.length === count;
  return { name, shape, integers: isKnown ? integers : undefined, isElsewhere };
}

/** Little-endian, as everything in these files. */
function wholeWords(raw: Uint8Array): number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: Math.floor(raw.length / 8) }, (_, i) =>
    Number(view.getBigInt64(8 * i, true)),
  );
}

/** A list of integers. */
export function writeIntegers(name: string, integers: readonly number[]): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(fields.shape, WireType.Varint).int64(integers.length);
  writer.tag(fields.type, WireType.Varint).int32(int64);
  for (const each of integers) writer.tag(fields.integers, WireType.Varint).int64(each);
  return writer.tag(fields.name, WireType.LengthDelimited).string(name).finish();
}
