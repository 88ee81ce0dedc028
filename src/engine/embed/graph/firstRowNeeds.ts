// What an operator needs of its inputs when of what it computes only the first row along one axis is
// wanted. An axis is counted from the last one, which is -1, as operands of fewer dimensions are aligned
// there.
import { binaryOperators, unaryOperators } from './elementwise.ts';
import type { OnnxGraph } from './onnxGraph.ts';
import type { OnnxNode } from './onnxNode.ts';
import type { RankOf } from './ranks.ts';

/** The axis along which the first row is enough. */
export type Need = number | 'all';

export interface GraphFacts {
  readonly graph: OnnxGraph;
  readonly rankOf: RankOf;
}

type Rule = (node: OnnxNode, axis: number, facts: GraphFacts) => Need[] | undefined;

/** One for each input; undefined where the operator must compute all rows to know the first. */
export function needsOf(node: OnnxNode, axis: number, facts: GraphFacts): Need[] | undefined {
  return rules.get(node.operator)?.(node, axis, facts);
}

/** Each number from the one in its place. */
const elementwise: Rule = ({ inputs }, axis, facts) =>
  allKnown(inputs.map((name) => alongside(name, axis, facts)));

/** What has no such axis, or is the same all along it, is needed as it is. */
function alongside(name: string, axis: number, { graph, rankOf }: GraphFacts): Need | undefined {
  const rank = rankOf(name);
  if (rank === undefined) return undefined;
  if (rank < -axis) return 'all';
  const constant = graph.constants.get(name);
  if (!constant) return axis;
  return constant.shape.at(axis) === 1 ? 'all' : undefined;
}

/** The scale is then that of the first rows alone, which fits them better. */
const quantise: Rule = (_node, axis) => [axis];

/** Rows are made of the whole of another axis, and do not know each other. */
const normalise: Rule = ({ inputs, attributes }, axis, { graph, rankOf }) => {
  const rank = rankOf(inputs[0] ?? '');
  const given = attributes.get('axis')?.integers[0] ?? -1;
  if (rank === undefined || graph.opset < 13) return undefined;
  const from = given < 0 ? given : given - rank;
  return axis < from ? inputs.map((_, i) => (i === 0 ? axis : 'all')) : undefined;
};

const mean: Rule = ({ inputs, attributes }, axis, { graph, rankOf }) => {
  const rank = rankOf(inputs[0] ?? '');
  const axes =
    attributes.get('axes')?.integers ?? graph.constants.get(inputs[1] ?? '')?.integers ?? [];
  const keeps = (attributes.get('keepdims')?.integers[0] ?? 1) === 1;
  if (rank === undefined || axes.length === 0 || !keeps) return undefined;
  if (axes.some((each) => (each < 0 ? each : each - rank) === axis)) return undefined;
  return inputs.map((_, i) => (i === 0 ? axis : 'all'));
};

/** Rows of the product are rows of the left one; matrices before the last two axes go in pairs. */
const product: Rule = ({ inputs }, axis, facts) => {
  const [left = '', right = '', ...zeroPoints] = inputs;
  if (axis === -1 || zeroPoints.length > 2) return undefined;
  // A zero point for each row would have to be cut as well.
  const [zeroPoint] = zeroPoints;
  if (zeroPoint && facts.rankOf(zeroPoint) !== 0) return undefined;
  const leftNeeds = alongside(left, axis, facts);
  const rightNeeds = axis === -2 ? 'all' : alongside(right, axis, facts);
  return allKnown([leftNeeds, rightNeeds, ...zeroPoints.map(() => 'all' as const)]);
};

const affine: Rule = ({ inputs: [left = '', , added], attributes }, axis, facts) => {
  if (axis !== -2 || attributes.get('transA')?.integers[0] === 1) return undefined;
  const needs = [alongside(left, axis, facts), 'all' as const];
  return allKnown(added ? [...needs, alongside(added, axis, facts)] : needs);
};

const transpose: Rule = ({ attributes }, axis) => {
  const permutation = attributes.get('perm')?.integers;
  const from = permutation?.at(axis);
  return permutation && from !== undefined ? [from - permutation.length] : undefined;
};

/** Where the shape says 'as it is' (0) up to and with this axis. */
const reshape: Rule = ({ inputs: [data = '', shape = ''], attributes }, axis, facts) => {
  const sizes = facts.graph.constants.get(shape)?.integers;
  const rank = facts.rankOf(data);
  if (!sizes || rank === undefined || attributes.get('allowzero')?.integers[0] === 1) {
    return undefined;
  }
  const position = sizes.length + axis;
  const isKept = position >= 0 && sizes.slice(0, position + 1).every((size) => size === 0);
  return isKept && position < rank ? [position - rank, 'all'] : undefined;
};

const rules = new Map<string, Rule>([
  ...[...unaryOperators, ...binaryOperators].map((operator) => [operator, elementwise] as const),
  ['DynamicQuantizeLinear', quantise],
  ['LayerNormalization', normalise],
  ['Softmax', normalise],
  ['ReduceMean', mean],
  ['MatMul', product],
  ['MatMulInteger', product],
  ['Gemm', affine],
  ['Transpose', transpose],
  ['Reshape', reshape],
]);

function allKnown(needs: readonly (Need | undefined)[]): Need[] | undefined {
  return needs.every((need) => need !== undefined) ? [...needs] : undefined;
}
