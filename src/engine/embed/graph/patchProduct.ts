// Writes the convolution that cuts a picture into patches as the product of matrices that it is: where
// strides are as long as the kernel, each pixel is seen once, and cut into a row for each patch the
// picture is multiplied with the kernel, number for number.
import type { OnnxGraph } from './onnxGraph.ts';
import { makeNode, type OnnxNode } from './onnxNode.ts';
import type { NewGraph } from './writeGraph.ts';

export interface Pictures {
  /** The graph's input, n × 3 × size × size. */
  readonly name: string;
  /** Of a side, in pixels. */
  readonly size: number;
}

/** Undefined where the graph has no such convolution. */
export function patchesAsProduct(graph: OnnxGraph, pictures: Pictures): NewGraph | undefined {
  for (const node of graph.nodes) {
    const cut = cutOf(node, graph, pictures);
    if (!cut) continue;
    const nodes = graph.nodes.flatMap((each) => (each === node ? productFor(node) : [each]));
    return { nodes, lists: listsFor(cut) };
  }
  return undefined;
}

interface Cut {
  /** Pixels of a patch's side. */
  readonly side: number;
  /** Patches along a side of the picture. */
  readonly along: number;
  readonly colours: number;
  /** Numbers that are made of a patch. */
  readonly width: number;
}

function cutOf(node: OnnxNode, graph: OnnxGraph, { name, size }: Pictures): Cut | undefined {
  if (node.operator !== 'Conv' || node.inputs[0] !== name) return undefined;
  const [width, colours, side, height] = graph.constants.get(node.inputs[1] ?? '')?.shape ?? [];
  if (width === undefined || colours === undefined || side === undefined) return undefined;
  const given = (attribute: string) => node.attributes.get(attribute)?.integers ?? [];
  const isCut =
    height === side &&
    size % side === 0 &&
    given('strides').length === 2 &&
    given('strides').every((stride) => stride === side) &&
    given('dilations').every((dilation) => dilation === 1) &&
    given('pads').every((pad) => pad === 0) &&
    given('group').every((groups) => groups === 1) &&
    ['NOTSET', 'VALID'].includes(node.attributes.get('auto_pad')?.text ?? 'NOTSET');
  return isCut ? { side, along: size / side, colours, width } : undefined;
}

const list = (name: string) => `ocelli/patches/${name}`;

function listsFor({ side, along, colours, width }: Cut): Map<string, number[]> {
  return new Map([
    [list('cut'), [-1, colours, along, side, along, side]],
    [list('rows'), [-1, along * along, colours * side * side]],
    [list('kernel'), [width, colours * side * side]],
    [list('picture'), [-1, width, along, along]],
  ]);
}

/** ONNX Runtime computes what depends on weights alone once, and undoes one turn by the next. */
function productFor({ inputs, outputs: [output = ''] }: OnnxNode): OnnxNode[] {
  const [pictures = '', kernel = '', bias] = inputs;
  const of = (name: string) => `${output}/${name}`;
  const sum = bias ? [makeNode('Add', [of('product'), bias], of('patches'))] : [];
  return [
    makeNode('Reshape', [pictures, list('cut')], of('cut')),
    makeNode('Transpose', [of('cut')], of('turned'), { perm: [0, 2, 4, 1, 3, 5] }),
    makeNode('Reshape', [of('turned'), list('rows')], of('rows')),
    makeNode('Reshape', [kernel, list('kernel')], of('kernel')),
    makeNode('Transpose', [of('kernel')], of('kernel turned'), { perm: [1, 0] }),
    makeNode('MatMul', [of('rows'), of('kernel turned')], bias ? of('product') : of('patches')),
    ...sum,
    makeNode('Transpose', [of('patches')], of('channels'), { perm: [0, 2, 1] }),
    makeNode('Reshape', [of('channels'), list('picture')], output),
  ];
}
