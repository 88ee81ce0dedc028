// How many dimensions what is computed in a graph has, as far as that can be told from the operators
// alone: enough to know which of two operands has tokens.
import { binaryOperators, unaryOperators } from './elementwise.ts';
import type { OnnxGraph } from './onnxGraph.ts';
import type { OnnxNode } from './onnxNode.ts';

/** The number of dimensions of what has this name; undefined where it cannot be told. */
export type RankOf = (name: string) => number | undefined;

interface Known {
  readonly rank: RankOf;
  /** How many numbers there are in a list, such as a shape. */
  readonly length: (name: string) => number | undefined;
}

export function ranksIn({ nodes, constants, inputs }: OnnxGraph): RankOf {
  const ranks = new Map<string, number | undefined>(inputs);
  const lengths = new Map<string, number | undefined>();
  for (const [name, { shape }] of constants) {
    ranks.set(name, shape.length);
    lengths.set(name, shape[0]);
  }
  const known: Known = { rank: (name) => ranks.get(name), length: (name) => lengths.get(name) };
  for (const node of nodes) {
    const [first = '', ...others] = node.outputs;
    if (node.operator === 'Constant') continue;
    ranks.set(first, rankMade(node, known));
    lengths.set(first, lengthMade(node, known));
    // Scale and zero point.
    if (node.operator === 'DynamicQuantizeLinear') for (const name of others) ranks.set(name, 0);
  }
  return known.rank;
}

const asFirst = new Set([
  ...unaryOperators,
  ...['Softmax', 'LayerNormalization', 'Conv', 'Slice', 'ReduceMean'],
  ...['DynamicQuantizeLinear', 'QuantizeLinear', 'DequantizeLinear'],
]);
const asLargest = new Set([...binaryOperators, 'MatMul', 'MatMulInteger']);

function rankMade({ operator, inputs, attributes }: OnnxNode, known: Known): number | undefined {
  const [first = '', second = ''] = inputs;
  const rank = known.rank(first);
  if (asFirst.has(operator)) return rank;
  if (asLargest.has(operator)) return joined([rank, known.rank(second)], Math.max);
  // Of one rank, all of them: one that is known tells it.
  if (operator === 'Concat') return inputs.map(known.rank).find((each) => each !== undefined);
  if (operator === 'Gemm') return 2;
  if (operator === 'Shape') return 1;
  if (operator === 'Transpose') return attributes.get('perm')?.integers.length ?? rank;
  if (operator === 'Reshape') return known.length(second);
  if (operator === 'Gather') return joined([rank, known.rank(second)], (a, b) => a + b - 1);
  if (operator === 'Unsqueeze') return joined([rank, known.length(second)], (a, b) => a + b);
  return undefined;
}

function lengthMade({ operator, inputs }: OnnxNode, known: Known): number | undefined {
  const [first = ''] = inputs;
  if (operator === 'Shape') return known.rank(first);
  if (operator === 'Unsqueeze') return known.rank(first) === 0 ? 1 : undefined;
  if (operator === 'Concat') return joined(inputs.map(known.length), (a, b) => a + b);
  if (operator === 'Cast') return known.length(first);
  return undefined;
}

/** Undefined where one of them is. */
function joined(
  numbers: readonly (number | undefined)[],
  join: (a: number, b: number) => number,
): number | undefined {
  return numbers.reduce((a, b) => (a === undefined || b === undefined ? undefined : join(a, b)));
}
