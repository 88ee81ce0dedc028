// Which ways to run a model on the processor are worth measuring: those that use all cores and whose
// processes fit into memory.

/** Processes that embed, and the threads of each. */
export interface Shape {
  readonly embedders: number;
  readonly threads: number;
}

export interface Room {
  readonly cores: number;
  /** Bytes that are free now. */
  readonly memory: number;
  /** Bytes that each embedder takes for itself. */
  readonly embedderBytes: number;
}

const mebibyte = 2 ** 20;
/** Node, ONNX Runtime, and what passes through the model. */
const processBytes = 130 * mebibyte;
/** sharp, with a photo of 24 megapixels in hand. */
const decoderBytes = 150 * mebibyte;
/** The rest is other programs', and the system's for files. */
const shareOfMemory = 0.7;
const mostEmbedders = 16;
const mostDecoders = 16;

/**
 * What one embedder takes, measured with ONNX Runtime (docs/decisions/0015-prepared-graphs.md): the
 * file and the copies of its weights; a prepared graph is shared, and hardly costs a process anything.
 */
export function embedderBytes(fileBytes: number, isPrepared: boolean): number {
  return processBytes + (isPrepared ? 0 : 2 * fileBytes);
}

/** The likeliest first; never none. */
export function shapesFor(room: Room): [Shape, ...Shape[]] {
  const { cores } = room;
  const shapes = [1, 2, 4, 8, mostEmbedders, cores]
    .filter((embedders) => embedders <= Math.min(cores, mostEmbedders))
    .filter((embedders) => embedders === 1 || fits(room, embedders, 1))
    .map((embedders) => ({ embedders, threads: Math.max(1, Math.floor(cores / embedders)) }));
  const usual = Math.min(cores, 4);
  const distance = ({ embedders }: Shape) => Math.abs(Math.log2(embedders / usual));
  const [first = { embedders: 1, threads: cores }, ...others] = shapes
    .filter(({ embedders }, i) => shapes.findIndex((s) => s.embedders === embedders) === i)
    .sort((a, b) => distance(a) - distance(b) || a.embedders - b.embedders);
  return [first, ...others];
}

/**
 * One for each core, so that the largest photos find all of them, and as many as memory has room for
 * beside the embedders: one that has nothing to do costs nothing else.
 */
export function decodersFor(room: Room, embedders: number): number {
  let decoders = Math.min(room.cores, mostDecoders);
  while (decoders > 1 && !fits(room, embedders, decoders)) decoders -= 1;
  return decoders;
}

function fits(room: Room, embedders: number, decoders: number): boolean {
  const needed = embedders * room.embedderBytes + decoders * decoderBytes;
  return needed <= room.memory * shareOfMemory;
}
