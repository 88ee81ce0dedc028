// Writes an ONNX file anew with other operators; its weights are copied as they lie there.
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { graphFields, modelFields } from './onnxGraph.ts';
import { type OnnxNode, writeNode } from './onnxNode.ts';
import { writeIntegers } from './onnxTensor.ts';
import { type Bytes, type Field, fieldsOf } from './protoFields.ts';

export interface NewGraph {
  readonly nodes: readonly OnnxNode[];
  /** Lists of integers that the operators need, by name. */
  readonly lists: ReadonlyMap<string, readonly number[]>;
}

/** Bytes of the old file, or new ones. */
type Piece = { readonly from: number; readonly to: number } | Uint8Array;

/** @param source what `bytes` holds, as a file. @throws what the system says */
export async function writeGraph(
  source: string,
  bytes: Bytes,
  graph: NewGraph,
  target: string,
): Promise<void> {
  const pieces = [...fieldsOf(bytes)].flatMap((field) =>
    field.number === modelFields.graph ? graphPieces(bytes, field, graph) : [field],
  );
  await pipeline(Readable.from(chunks(source, merged(pieces))), createWriteStream(target));
}

/** Shapes that were noted for what is computed between operators may not hold any more: left out. */
function graphPieces(bytes: Bytes, graph: Field, { nodes, lists }: NewGraph): Piece[] {
  const kept = [...fieldsOf(bytes, graph.valueFrom, graph.to)].filter(
    ({ number }) => number !== graphFields.node && number !== graphFields.shapes,
  );
  const written = new BinaryWriter();
  const { LengthDelimited } = WireType;
  for (const node of nodes) written.tag(graphFields.node, LengthDelimited).bytes(writeNode(node));
  for (const [name, integers] of lists) {
    written.tag(graphFields.weights, LengthDelimited).bytes(writeIntegers(name, integers));
  }
  const added = written.finish();
  const length = kept.reduce((sum, { from, to }) => sum + to - from, added.length);
  const head = new BinaryWriter().tag(modelFields.graph, LengthDelimited).uint32(length);
  return [head.finish(), ...kept, added];
}

/** One piece where one begins at the end of the other. */
function merged(pieces: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    const follows = last && 'to' in last && 'from' in piece && last.to === piece.from;
    if (follows) all[all.length - 1] = { from: last.from, to: piece.to };
    else all.push(piece);
  }
  return all;
}

async function* chunks(source: string, pieces: readonly Piece[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) yield piece;
    else yield* createReadStream(source, { start: piece.from, end: piece.to - 1 });
  }
}
