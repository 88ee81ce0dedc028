// A CLIP image tower ends with the first of its tokens; the others are computed to the end and thrown
// away. Whatever serves only those is left out: in the last layer all queries but one, and all tokens but
// one of the attention's output and of the two large products after it.
//
// Going from the end to the beginning, each operator is asked what it needs (firstRowNeeds.ts). Where a
// row is needed of something that is computed whole for others as well, as the layer's keys and values
// need all tokens, it is gathered there.
import { type GraphFacts, type Need, needsOf } from './firstRowNeeds.ts';
import type { OnnxGraph } from './onnxGraph.ts';
import { makeNode, type OnnxNode } from './onnxNode.ts';
import { ranksIn } from './ranks.ts';
import type { NewGraph } from './writeGraph.ts';

const products = new Set(['MatMul', 'MatMulInteger', 'Gemm']);
/** The list of a single 0: gathered by it, a row stays a row. */
const firstOnly = 'ocelli/first';

/** Undefined where that would spare no product. */
export function keepFirstTokens(graph: OnnxGraph): NewGraph | undefined {
  // Axes counted from the last one are known to Gather since version 11.
  if (graph.opset < 11) return undefined;
  const needs = neededRows(graph);
  const shortened = (node: OnnxNode) => needs.has(node);
  if (!graph.nodes.some((node) => products.has(node.operator) && shortened(node))) return undefined;
  const whole = new Set([
    ...graph.nodes.filter((node) => !shortened(node)).flatMap(({ outputs }) => outputs),
    ...[...graph.inputs.keys(), ...graph.constants.keys()],
  ]);
  const gathered = new Map<string, OnnxNode>();
  const nodes = graph.nodes.map((node) => {
    const inputs = node.inputs.map((name, i) => {
      const need = needs.get(node)?.[i] ?? 'all';
      return need === 'all' || !whole.has(name) ? name : gatheredRow(name, need, gathered);
    });
    return { ...node, inputs };
  });
  return { nodes: withGathered(nodes, gathered), lists: new Map([[firstOnly, [0]]]) };
}

/** What the operators that need not compute all rows need of each input. */
function neededRows(graph: OnnxGraph): Map<OnnxNode, Need[]> {
  const facts: GraphFacts = { graph, rankOf: ranksIn(graph) };
  const asked = new Map<string, Need[]>();
  const needs = new Map<OnnxNode, Need[]>();
  for (const node of graph.nodes.toReversed()) {
    const axis = commonNeed(node, graph, asked);
    const own = axis === 'all' ? undefined : needsOf(node, axis, facts);
    if (own) needs.set(node, own);
    const asks = own ?? firstOfAll(node, facts) ?? [];
    node.inputs.forEach((name, i) => {
      asked.set(name, [...(asked.get(name) ?? []), asks[i] ?? 'all']);
    });
  }
  return needs;
}

/** What all who compute from it need of its output. */
function commonNeed(
  { outputs: [output = '', ...more], operator }: OnnxNode,
  graph: OnnxGraph,
  asked: ReadonlyMap<string, readonly Need[]>,
): Need {
  const [first, ...others] = asked.get(output) ?? [];
  if (first === undefined || graph.outputs.has(output)) return 'all';
  // A scale and a zero point belong to what was quantised with them, however much that is.
  const isOneThing = operator === 'DynamicQuantizeLinear' || !more.some((name) => asked.has(name));
  return isOneThing && others.every((each) => each === first) ? first : 'all';
}

/** An operator that takes the first of several, not of the pictures themselves. */
function firstOfAll(node: OnnxNode, { graph, rankOf }: GraphFacts): Need[] | undefined {
  const [data = '', index = ''] = node.inputs;
  const indices = graph.constants.get(index)?.integers;
  if (node.operator !== 'Gather' || indices?.length !== 1 || indices[0] !== 0) return undefined;
  const axis = node.attributes.get('axis')?.integers[0] ?? 0;
  const rank = rankOf(data);
  if (rank === undefined) return undefined;
  const fromLast = axis < 0 ? axis : axis - rank;
  return fromLast > -rank ? [fromLast, 'all'] : undefined;
}

function gatheredRow(name: string, axis: number, gathered: Map<string, OnnxNode>): string {
  const row = `${name}/first of ${axis}`;
  if (!gathered.has(row)) gathered.set(row, makeNode('Gather', [name, firstOnly], row, { axis }));
  return row;
}

/** Each right before the first that needs it. */
function withGathered(
  nodes: readonly OnnxNode[],
  gathered: ReadonlyMap<string, OnnxNode>,
): OnnxNode[] {
  const left = new Map(gathered);
  return nodes.flatMap((node) => {
    const before = node.inputs.flatMap((name) => left.get(name) ?? []);
    for (const { outputs } of before) for (const name of outputs) left.delete(name);
    return [...new Set(before), node];
  });
}
