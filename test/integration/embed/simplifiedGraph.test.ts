// Simplified graphs answer as they did before, with fewer operations; what cannot be told for sure
// stays as it is. Real: ONNX Runtime, and files as exporters write them or smaller ones.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type OnnxGraph, readGraph } from '../../../src/engine/embed/graph/onnxGraph.ts';
import type { OnnxNode } from '../../../src/engine/embed/graph/onnxNode.ts';
import { inMemory } from '../../../src/engine/embed/graph/protoFields.ts';
import { simplifyGraph } from '../../../src/engine/embed/graph/simplifyGraph.ts';
import { writeGraph } from '../../../src/engine/embed/graph/writeGraph.ts';
import { Tensor } from '../../../src/engine/embed/onnxRuntime.ts';
import { openSession, runSession } from '../../../src/engine/embed/session.ts';
import { repository, tinyModel } from '../../support/photos.ts';
import { SmallGraph } from '../../support/smallGraph.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const folder = temporaryFolder();
const source = join(folder, 'source.onnx');
const target = join(folder, 'target.onnx');
const [tokens, width, heads] = [5, 8, 2];
const rows = ['x', 'n', tokens, width] as const;

/** Whether there was something to simplify; the new file is gone before. */
async function simplify(from = source, pictures?: { name: string; size: number }) {
  writeFileSync(target, '');
  return simplifyGraph(from, target, pictures);
}

function graphIn(path: string): OnnxGraph {
  const graph = readGraph(inMemory(readFileSync(path)));
  if (!graph) throw new Error(`${path} is not read`);
  return graph;
}

/** From what single rows are gathered. */
function gathered(path = target): string[] {
  const { nodes } = graphIn(path);
  return nodes.flatMap(({ inputs, outputs: [output = ''] }) =>
    output.includes('/first of') ? [inputs[0] ?? ''] : [],
  );
}

function operators(path: string): string[] {
  return graphIn(path).nodes.map(({ operator }: OnnxNode) => operator);
}

/** Of a batch of three that differ. */
async function answer(path: string, shape: readonly number[], output: string, name = 'x') {
  const length = 3 * shape.reduce((all, each) => all * each, 1);
  const data = Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7));
  const session = await openSession(path, { threads: 1 });
  const tensor = new Tensor('float32', data, [3, ...shape]);
  const answered = await runSession(session, { [name]: tensor }, output);
  await session.release();
  return answered;
}

/** @param within of the largest number. */
async function expectSameAnswer(
  shape: readonly number[],
  output: string,
  { from = source, name = 'x', within = 1e-5 } = {},
): Promise<void> {
  const expected = await answer(from, shape, output, name);
  const answered = await answer(target, shape, output, name);
  expect(answered.shape).toEqual(expected.shape);
  const largest = Math.max(...expected.data.map(Math.abs));
  const differences = answered.data.map((value, i) => Math.abs(value - (expected.data[i] ?? 0)));
  expect(largest).toBeGreaterThan(0);
  expect(Math.max(...differences)).toBeLessThan(within * largest);
}

interface Layer {
  /** Of which the layer's keys and values are made. */
  readonly normalised: string;
  readonly output: string;
}

/** A layer of a transformer, as CLIP has it; `between` is put after its attention. */
function addLayer(graph: SmallGraph, x: string, between = (each: string) => each): Layer {
  const normalised = graph.normalised(x, width);
  const split = (each: string, perm: readonly number[]) =>
    graph.op('Transpose', [graph.op('Reshape', [each, graph.list(0, 0, heads, width / heads)])], {
      perm,
    });
  const queries = split(graph.linear(normalised, width, width), [0, 2, 1, 3]);
  const keys = split(graph.linear(normalised, width, width), [0, 2, 3, 1]);
  const values = split(graph.linear(normalised, width, width), [0, 2, 1, 3]);
  const weights = graph.op('Softmax', [graph.op('MatMul', [queries, keys])], { axis: -1 });
  const seen = graph.op('Transpose', [graph.op('MatMul', [weights, values])], {
    perm: [0, 2, 1, 3],
  });
  const joined = graph.op('Reshape', [seen, graph.list(0, 0, width)]);
  const attended = graph.op('Add', [x, between(graph.linear(joined, width, width))]);
  const wide = graph.linear(graph.normalised(attended, width), width, 3 * width);
  const bent = graph.op('Mul', [wide, graph.op('Sigmoid', [wide])]);
  const output = graph.op('Add', [attended, graph.linear(bent, 3 * width, width)]);
  return { normalised, output };
}

/** The first token, or whatever is taken of all. */
function firstOf(graph: SmallGraph, x: string): string {
  const first = graph.op('Squeeze', [graph.op('Gather', [x, graph.list(0)], { axis: 1 })]);
  return graph.op('MatMul', [first, graph.weight(width, 4)]);
}

describe('of the last layer', () => {
  it('only what the first token needs is computed: keys and values of all, the rest of one', async () => {
    const graph = new SmallGraph();
    const before = addLayer(graph, 'x');
    const last = addLayer(graph, before.output);
    const output = firstOf(graph, last.output);
    graph.write(source, rows, output);
    expect(await simplify()).toBe(true);
    expect(gathered().sort()).toEqual([before.output, last.normalised].sort());
    await expectSameAnswer([tokens, width], output);
  });

  it('that is computed in int8 too, with a scale for what is left', async () => {
    const graph = new SmallGraph();
    const product = (x: string, from: number, to: number) => {
      const [values, scale, zeroPoint] = graph.quantised(x);
      const sums = graph.op('MatMulInteger', [values, graph.bytes(from, to), zeroPoint]);
      const scales = graph.op('Mul', [scale, graph.weight(to)]);
      return graph.op('Mul', [graph.op('Cast', [sums], { to: 1 }), scales]);
    };
    const wide = product(graph.normalised('x', width), width, 3 * width);
    const output = firstOf(graph, graph.op('Add', ['x', product(wide, 3 * width, width)]));
    graph.write(source, rows, output);
    expect(await simplify()).toBe(true);
    expect([...new Set(gathered())]).toEqual(['x']);
    await expectSameAnswer([tokens, width], output, { within: 0.03 });
  });

  it('what is normalised step by step, as older exporters write it, is one row as well', async () => {
    const graph = new SmallGraph();
    const mean = (x: string) => graph.op('ReduceMean', [x], { axes: [-1] });
    const centred = graph.op('Sub', ['x', mean('x')]);
    const variance = mean(graph.op('Pow', [centred, graph.number(2)]));
    const deviation = graph.op('Sqrt', [graph.op('Add', [variance, graph.number(1e-5)])]);
    const normalised = graph.op('Div', [centred, deviation]);
    const output = firstOf(graph, graph.op('Add', ['x', graph.linear(normalised, width, width)]));
    graph.write(source, rows, output);
    expect(await simplify()).toBe(true);
    expect(gathered()).toEqual(['x']);
    await expectSameAnswer([tokens, width], output);
  });

  it('is whole up to where each token has numbers of its own, or is weighed with the others', async () => {
    const between = {
      own: (graph: SmallGraph, x: string) => graph.op('Add', [x, graph.weight(tokens, width)]),
      weighed: (graph: SmallGraph, x: string) => graph.op('Softmax', [x], { axis: 1 }),
    };
    for (const add of Object.values(between)) {
      const graph = new SmallGraph();
      let added = '';
      const layer = addLayer(graph, 'x', (x) => {
        added = add(graph, x);
        return added;
      });
      const output = firstOf(graph, layer.output);
      graph.write(source, rows, output);
      expect(await simplify()).toBe(true);
      expect(gathered().sort()).toEqual([added, 'x'].sort());
      await expectSameAnswer([tokens, width], output);
    }
  });

  it('adds to its one row what belongs to that row, also where that is turned before', async () => {
    const graph = new SmallGraph();
    const turned = graph.weight(width, tokens);
    const places = graph.op('Transpose', [turned], { perm: [1, 0] });
    const placed = graph.op('Add', [graph.linear('x', width, width), places]);
    const output = firstOf(graph, graph.linear(placed, width, width));
    graph.write(source, rows, output);
    expect(await simplify()).toBe(true);
    expect(gathered().sort()).toEqual([turned, 'x'].sort());
    await expectSameAnswer([tokens, width], output);
  });

  it('is left as it is where somebody wants all of it', async () => {
    const graph = new SmallGraph();
    const { output: all } = addLayer(graph, 'x');
    const first = firstOf(graph, all);
    graph.write(source, rows, first, all);
    expect(await simplify()).toBe(false);
    const mean = graph.op('ReduceMean', [all], { axes: [1], keepdims: 0 });
    graph.write(source, rows, mean);
    expect(await simplify()).toBe(false);
  });
});

describe('the convolution that cuts a picture into patches', () => {
  const pictures = { name: 'x', size: 12 };
  const input = ['x', 'n', 3, 12, 12] as const;
  const cut = (attributes: Record<string, number | readonly number[]>, ...bias: number[]) => {
    const graph = new SmallGraph();
    const weights = [graph.weight(6, 3, 4, 4), ...bias.map((size) => graph.weight(size))];
    const output = graph.op('Conv', ['x', ...weights], attributes);
    graph.write(source, input, output);
    return output;
  };

  it.each([[[]], [[6]]])('is a product of matrices, with a bias of %j', async (bias) => {
    const output = cut({ strides: [4, 4] }, ...bias);
    // What each channel has of its own is added to the channel, not to the patch.
    expect(await simplify(source, pictures)).toBe(true);
    expect(operators(target)).not.toContain('Conv');
    await expectSameAnswer([3, 12, 12], output);
  });

  it('stays one where patches overlap, have a margin or gaps, or are of something else', async () => {
    for (const attributes of [
      { strides: [2, 2] },
      { strides: [4, 4], pads: [2, 2, 2, 2] },
      { strides: [4, 4], dilations: [2, 2] },
      {},
    ]) {
      cut(attributes);
      expect(await simplify(source, pictures)).toBe(false);
    }
    cut({ strides: [4, 4] });
    expect(await simplify(source, { name: 'y', size: 12 })).toBe(false);
    expect(await simplify(source, { name: 'x', size: 13 })).toBe(false);
    expect(await simplify(source)).toBe(false);
  });
});

describe('a file', () => {
  const tiny = join(tinyModel, 'vision.onnx');
  const pictures = { name: 'pixel_values', size: 64 };

  it('as an exporter writes it is simplified at both ends', async () => {
    const size = JSON.parse(readFileSync(join(tinyModel, 'model.json'), 'utf8')).image.size;
    expect(await simplify(tiny, { ...pictures, size })).toBe(true);
    expect(operators(tiny)).toContain('Conv');
    expect(operators(target)).not.toContain('Conv');
    expect(gathered()).toHaveLength(2);
    const same = { from: tiny, name: 'pixel_values' };
    await expectSameAnswer([3, size, size], 'image_embeds', same);
  });

  it('in int8 as well', async () => {
    const int8 = join(repository, 'test/fixtures/tiny-clip-int8/vision.int8.onnx');
    expect(await simplify(int8)).toBe(true);
    expect(gathered().length).toBeGreaterThan(0);
  });

  it('of a text tower, which takes its last token, has nothing to simplify', async () => {
    expect(await simplify(join(tinyModel, 'text.onnx'))).toBe(false);
  });

  it('that is cut short or no model is refused, and nothing is written', async () => {
    const whole = readFileSync(tiny);
    for (const bytes of [whole.subarray(0, 5000), Buffer.from('no model at all')]) {
      writeFileSync(source, bytes);
      const other = join(folder, 'other.onnx');
      await expect(simplifyGraph(source, other, undefined)).rejects.toThrow();
      expect(existsSync(other)).toBe(false);
    }
  });

  it('whose operators are not changed is written as it was', async () => {
    const bytes = inMemory(readFileSync(tiny));
    const { nodes } = graphIn(tiny);
    await writeGraph(tiny, bytes, { nodes, lists: new Map() }, target);
    const same = { from: tiny, name: 'pixel_values' };
    const { size } = JSON.parse(readFileSync(join(tinyModel, 'model.json'), 'utf8')).image;
    await expectSameAnswer([3, size, size], 'image_embeds', same);
    expect(graphIn(target).nodes.length).toBe(nodes.length);
  });
});
