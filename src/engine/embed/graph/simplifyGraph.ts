// A tower's file with fewer operations that answers the same. What exporters write is what somebody
// trained with; for an answer it holds work that nobody sees, or that is done in a slower way.
import { closeSync, fstatSync, openSync } from 'node:fs';
import { keepFirstTokens } from './firstTokens.ts';
import { readGraph } from './onnxGraph.ts';
import { type Pictures, patchesAsProduct } from './patchProduct.ts';
import { inFile } from './protoFields.ts';
import { writeGraph } from './writeGraph.ts';

/** Another one with each change of what is written, so that what was made of the old is made anew. */
export const simplification = 1;

/**
 * Writes `target` and answers true, where there is something to simplify in `source`.
 * @param pictures what comes in, where that is pictures as float32. @throws where `source` is no ONNX
 * file, or what the system says
 */
export async function simplifyGraph(
  source: string,
  target: string,
  pictures: Pictures | undefined,
): Promise<boolean> {
  const file = openSync(source, 'r');
  try {
    const bytes = inFile(file, fstatSync(file).size);
    const graph = readGraph(bytes);
    if (!graph) return false;
    const shorter = keepFirstTokens(graph);
    const nodes = shorter?.nodes ?? graph.nodes;
    const product = pictures && patchesAsProduct({ ...graph, nodes }, pictures);
    const last = product ?? shorter;
    if (!last) return false;
    const lists = new Map([...(shorter?.lists ?? []), ...last.lists]);
    await writeGraph(source, bytes, { nodes: last.nodes, lists }, target);
    return true;
  } finally {
    closeSync(file);
  }
}
