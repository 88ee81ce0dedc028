// Small ONNX files, written operator by operator, with weights that are always the same.
import { writeFileSync } from 'node:fs';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { makeNode, type OnnxNode, writeNode } from '../../src/engine/embed/graph/onnxNode.ts';
import { writeIntegers } from '../../src/engine/embed/graph/onnxTensor.ts';

const { LengthDelimited, Varint } = WireType;
/** Of TensorProto.DataType. */
const types = { float32: 1, uint8: 2, int8: 3 } as const;

export class SmallGraph {
  private readonly nodes: OnnxNode[] = [];
  private readonly weights: Uint8Array[] = [];
  private count = 0;
  private seed = 1;

  /** The name of what it computes. */
  op(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, number | readonly number[]>> = {},
  ): string {
    const name = this.name();
    this.nodes.push(makeNode(operator, inputs, name, attributes));
    return name;
  }

  /** Of DynamicQuantizeLinear, which computes three things. */
  quantised(input: string): [values: string, scale: string, zeroPoint: string] {
    const name = this.name();
    const outputs = [name, `${name}-scale`, `${name}-zero`] as const;
    this.nodes.push({ ...makeNode('DynamicQuantizeLinear', [input], name), outputs });
    return [...outputs];
  }

  /** Numbers from -0.5 to 0.5. */
  weight(...shape: readonly number[]): string {
    const values = Float32Array.from({ length: product(shape) }, () => this.random() - 0.5);
    return this.tensor(types.float32, shape, values);
  }

  bytes(...shape: readonly number[]): string {
    const values = Int8Array.from({ length: product(shape) }, () => this.random() * 255 - 128);
    return this.tensor(types.int8, shape, values);
  }

  number(value: number): string {
    return this.tensor(types.float32, [], Float32Array.of(value));
  }

  list(...integers: readonly number[]): string {
    const name = this.name();
    this.weights.push(writeIntegers(name, integers));
    return name;
  }

  /** x · weights + bias, along the last axis. */
  linear(x: string, from: number, to: number): string {
    return this.op('Add', [this.op('MatMul', [x, this.weight(from, to)]), this.weight(to)]);
  }

  normalised(x: string, width: number): string {
    return this.op('LayerNormalization', [x, this.weight(width), this.weight(width)], { axis: -1 });
  }

  /** `input` with its shape, in which 'n' may be any number; all are float32. */
  write(path: string, input: readonly [string, ...(number | 'n')[]], ...outputs: string[]): void {
    const graph = new BinaryWriter();
    for (const node of this.nodes) graph.tag(1, LengthDelimited).bytes(writeNode(node));
    graph.tag(2, LengthDelimited).string('small');
    for (const weight of this.weights) graph.tag(5, LengthDelimited).bytes(weight);
    const [name, ...shape] = input;
    graph.tag(11, LengthDelimited).bytes(valueInfo(name, shape));
    for (const output of outputs) graph.tag(12, LengthDelimited).bytes(valueInfo(output));
    const model = new BinaryWriter().tag(1, Varint).int64(8);
    model.tag(7, LengthDelimited).bytes(graph.finish());
    const opset = new BinaryWriter().tag(2, Varint).int64(17).finish();
    writeFileSync(path, model.tag(8, LengthDelimited).bytes(opset).finish());
  }

  private tensor(type: number, shape: readonly number[], values: ArrayBufferView): string {
    const name = this.name();
    const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const writer = new BinaryWriter();
    for (const size of shape) writer.tag(1, Varint).int64(size);
    writer.tag(2, Varint).int32(type).tag(8, LengthDelimited).string(name);
    this.weights.push(writer.tag(9, LengthDelimited).bytes(raw).finish());
    return name;
  }

  private name(): string {
    this.count += 1;
    return `t${this.count}`;
  }

  private random(): number {
    this.seed = (this.seed * 48271) % 2147483647;
    return this.seed / 2147483647;
  }
}

function valueInfo(name: string, shape?: readonly (number | 'n')[]): Uint8Array {
  const tensor = new BinaryWriter().tag(1, Varint).int32(types.float32);
  if (shape) {
    const dimensions = new BinaryWriter();
    for (const size of shape) {
      const dimension = new BinaryWriter();
      if (size === 'n') dimension.tag(2, LengthDelimited).string('n');
      else dimension.tag(1, Varint).int64(size);
      dimensions.tag(1, LengthDelimited).bytes(dimension.finish());
    }
    tensor.tag(2, LengthDelimited).bytes(dimensions.finish());
  }
  const type = new BinaryWriter().tag(1, LengthDelimited).bytes(tensor.finish()).finish();
  const info = new BinaryWriter().tag(1, LengthDelimited).string(name);
  return info.tag(2, LengthDelimited).bytes(type).finish();
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all * each, 1);
}
