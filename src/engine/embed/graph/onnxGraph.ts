// The graph in an ONNX file: its operators and the shapes of its weights, which stay where they are.
// Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { type OnnxNode, readNode } from './onnxNode.ts';
import { type OnnxTensor, readTensor } from './onnxTensor.ts';
import { type Bytes, type Field, fieldsOf, integersOf, textOf } from './protoFields.ts';

export interface OnnxGraph {
  /** Version of ONNX's own operators. */
  readonly opset: number;
  /** Each after those that it computes from. */
  readonly nodes: readonly OnnxNode[];
  /** Weights, and what else is the same for every picture, by name. */
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  /** Names of what comes in, each with its number of dimensions. */
  readonly inputs: ReadonlyMap<string, number>;
  readonly outputs: ReadonlySet<string>;
}

export const modelFields = { graph: 7, opset: 8, functions: 25 } as const;
export const graphFields = { node: 1, weights: 5, input: 11, output: 12, shapes: 13 } as const;
const opsetFields = { domain: 1, version: 2 } as const;

/**
 * Undefined where operators hold operators, or weights lie in other files: such a graph stays as it
 * is. @throws where this is no ONNX file
 */
export function readGraph(bytes: Bytes): OnnxGraph | undefined {
  const parts = [...fieldsOf(bytes)];
  const graph = parts.find(({ number }) => number === modelFields.graph);
  if (!graph || parts.some(({ number }) => number === modelFields.functions)) return undefined;
  const fields = [...fieldsOf(bytes, graph.valueFrom, graph.to)];
  const of = (number: number) => fields.filter((field) => field.number === number);
  const nodes = of(graphFields.node).map((field) => readNode(bytes, field));
  const attributes = nodes.flatMap((node) => [...node.attributes.values()]);
  const weights = of(graphFields.weights).map((field) => readTensor(bytes, field));
  if (attributes.some(({ hasGraph }) => hasGraph)) return undefined;
  if (weights.some(({ isElsewhere }) => isElsewhere)) return undefined;
  const named = weights.map((tensor) => [tensor.name, tensor] as const);
  return {
    opset: opsetOf(bytes, parts),
    nodes,
    constants: new Map([...named, ...constantsAmong(nodes)]),
    inputs: new Map(of(graphFields.input).map((field) => readInput(bytes, field))),
    outputs: new Set(of(graphFields.output).map((field) => readInput(bytes, field)[0])),
  };
}

function opsetOf(bytes: Bytes, parts: readonly Field[]): number {
  for (const part of parts.filter(({ number }) => number === modelFields.opset)) {
    let domain = '';
    let version = 0;
    for (const field of fieldsOf(bytes, part.valueFrom, part.to)) {
      if (field.number === opsetFields.domain) domain = textOf(bytes, field);
      if (field.number === opsetFields.version) version = integersOf(bytes, field)[0] ?? 0;
    }
    if (domain === '' || domain === 'ai.onnx') return version;
  }
  return 0;
}

function constantsAmong(nodes: readonly OnnxNode[]): [string, OnnxTensor][] {
  return nodes.flatMap(({ operator, outputs: [name], attributes }) => {
    const tensor = attributes.get('value')?.tensor;
    return operator === 'Constant' && tensor && name !== undefined ? [[name, tensor]] : [];
  });
}

/** ValueInfoProto { name 1, type 2 { tensor_type 1 { shape 2 { dim 1, … } } } } */
function readInput(bytes: Bytes, input: Field): [name: string, rank: number] {
  const one = ({ valueFrom, to }: Field, number: number): Field[] =>
    [...fieldsOf(bytes, valueFrom, to)].filter((field) => field.number === number);
  const shapes = one(input, 2)
    .flatMap((type) => one(type, 1))
    .flatMap((tensor) => one(tensor, 2));
  const [name] = one(input, 1).map((field) => textOf(bytes, field));
  return [name ?? '', shapes.flatMap((shape) => one(shape, 1)).length];
}
