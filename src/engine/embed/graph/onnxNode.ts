// An operator of a graph: read as far as simplifying it needs, and written.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { type OnnxTensor, readTensor } from './onnxTensor.ts';
import {
  type Bytes,
  contentOf,
  type Field,
  fieldsOf,
  inMemory,
  integersOf,
  textOf,
} from './protoFields.ts';

export interface OnnxNode {
  /** Names: of what it computes from, and of what it computes. '' is one that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly operator: string;
  /** '' is ONNX itself; others are extensions. */
  readonly domain: string;
  readonly attributes: ReadonlyMap<string, Attribute>;
}

export interface Attribute {
  /** As they are in the file. */
  readonly bytes: Uint8Array;
  readonly integers: readonly number[];
  readonly text: string | undefined;
  readonly tensor: OnnxTensor | undefined;
  /** It holds operators of its own, which may compute from anything outside. */
  readonly hasGraph: boolean;
}

const nodeFields = { input: 1, output: 2, operator: 4, attribute: 5, domain: 7 } as const;
const attributeFields = {
  ...{ name: 1, integer: 3, text: 4, tensor: 5, graph: 6, integers: 8, graphs: 11, type: 20 },
} as const;
const attributeTypes = { integer: 2, integers: 7 } as const;

export function readNode(bytes: Bytes, node: Field): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Attribute>();
  let operator = '';
  let domain = '';
  const within = inMemory(contentOf(bytes, node));
  for (const field of fieldsOf(within)) {
    if (field.number === nodeFields.input) inputs.push(textOf(within, field));
    if (field.number === nodeFields.output) outputs.push(textOf(within, field));
    if (field.number === nodeFields.operator) operator = textOf(within, field);
    if (field.number === nodeFields.domain) domain = textOf(within, field);
    if (field.number === nodeFields.attribute) {
      const { name, attribute } = readAttribute(contentOf(within, field));
      attributes.set(name, attribute);
    }
  }
  return { inputs, outputs, operator, domain: domain === 'ai.onnx' ? '' : domain, attributes };
}

function readAttribute(bytes: Uint8Array): { name: string; attribute: Attribute } {
  const integers: number[] = [];
  let name = '';
  let text: string | undefined;
  let tensor: OnnxTensor | undefined;
  let hasGraph = false;
  const within = inMemory(bytes);
  for (const field of fieldsOf(within)) {
    const { integer, integers: several } = attributeFields;
    if (field.number === attributeFields.name) name = textOf(within, field);
    if (field.number === integer || field.number === several) {
      integers.push(...integersOf(within, field));
    }
    if (field.number === attributeFields.text) text = textOf(within, field);
    if (field.number === attributeFields.tensor) tensor = readTensor(within, field);
    hasGraph ||= field.number === attributeFields.graph || field.number === attributeFields.graphs;
  }
  return { name, attribute: { bytes, integers, text, tensor, hasGraph } };
}

export function writeNode(node: OnnxNode): Uint8Array {
  const { LengthDelimited } = WireType;
  const writer = new BinaryWriter();
  for (const input of node.inputs) writer.tag(nodeFields.input, LengthDelimited).string(input);
  for (const output of node.outputs) writer.tag(nodeFields.output, LengthDelimited).string(output);
  writer.tag(nodeFields.operator, LengthDelimited).string(node.operator);
  for (const { bytes } of node.attributes.values()) {
    writer.tag(nodeFields.attribute, LengthDelimited).bytes(bytes);
  }
  if (node.domain !== '') writer.tag(nodeFields.domain, LengthDelimited).string(node.domain);
  return writer.finish();
}

/** A new one, of ONNX itself. */
export function makeNode(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number | readonly number[]>> = {},
): OnnxNode {
  const made = Object.entries(attributes).map(([name, value]) => {
    const integers = typeof value === 'number' ? [value] : value;
    const bytes = writeAttribute(name, value);
    return [
      name,
      { bytes, integers, text: undefined, tensor: undefined, hasGraph: false },
    ] as const;
  });
  return { inputs, outputs: [output], operator, domain: '', attributes: new Map(made) };
}

function writeAttribute(name: string, value: number | readonly number[]): Uint8Array {
  const { integer, integers, type } = attributeFields;
  const writer = new BinaryWriter();
  writer.tag(attributeFields.name, WireType.LengthDelimited).string(name);
  if (typeof value === 'number') {
    writer.tag(integer, WireType.Varint).int64(value);
    return writer.tag(type, WireType.Varint).int32(attributeTypes.integer).finish();
  }
  for (const each of value) writer.tag(integers, WireType.Varint).int64(each);
  return writer.tag(type, WireType.Varint).int32(attributeTypes.integers).finish();
}
