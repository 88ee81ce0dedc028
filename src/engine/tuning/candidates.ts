// Ways to share the cores among processes that embed, which with one thread each decode as well: those
// that use all cores and fit into memory. The first is the usual one, and all of them are worth measuring.

/** Processes that embed, and the threads of each. */
export interface Shape {
  readonly embedders: number;
  readonly threads: number;
}

export interface Room {
  readonly cores: number;
  /** Bytes that there are for them and for others. */
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
/** Of each kind; measured up to 16 (docs/decisions/0026-many-cores.md). */
const mostProcesses = 32;

/**
 * What one embedder takes, measured with ONNX Runtime (docs/decisions/0015-prepared-graphs.md): the
 * file and the copies of its weights; a prepared graph is shared, and hardly costs a process anything.
 */
export function embedderBytes(fileBytes: number, isPrepared: boolean): number {
  return processBytes + (isPrepared ? 0 : 2 * fileBytes);
}

/**
 * The likeliest first, which is as many processes as can be: threads of one run wait for one another.
 * Never none.
 */
export function shapesFor(room: Room): [Shape, ...Shape[]] {
  const { cores } = room;
  const shapes: Shape[] = [];
  for (let n = Math.min(cores, mostProcesses); n > 1; n = Math.floor(n / 2)) {
    if (fits(room, n, n)) shapes.push({ embedders: n, threads: Math.floor(cores / n) });
  }
  const alone = { embedders: 1, threads: cores };
  const [first = alone, ...others] = [...shapes, alone];
  return [first, ...others];
}

/**
 * One for each core, so that the largest photos find all of them, and as many as memory has room for
 * beside the embedders: one that has nothing to do costs nothing else.
 */
export function decodersFor(room: Room, embedders: number): number {
  let decoders = Math.min(room.cores, mostProcesses);
  while (decoders > 1 && !fits(room, embedders, decoders)) decoders -= 1;
  return decoders;
}

function fits(room: Room, embedders: number, decoders: number): boolean {
  const needed = embedders * room.embedderBytes + decoders * decoderBytes;
  return needed <= room.memory * shareOfMemory;
}
