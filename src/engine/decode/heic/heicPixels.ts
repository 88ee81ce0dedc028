// HEIC → pixels, by libheif and libde265 as WebAssembly, as nothing in sharp's libvips decodes HEVC.
// In a thread, because memory of WebAssembly never shrinks (80 MB after 12 megapixels) but ends with
// its thread. It waits a moment for the next photo: to start one takes as long as a megapixel or two.
// See docs/decisions/0025.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { besideModule } from '../../../shared/besideModule.ts';
import type { HeicAnswer, HeicJob } from './heicThread.ts';
import type { Pixels } from './shrunk.ts';

const idleMs = 2000;
/** What 16 megapixels take; after larger ones the thread ends at once. */
const mostHeldBytes = 128 * 2 ** 20;

let compiled: Promise<WebAssembly.Module> | undefined;
let idle: { readonly thread: Worker; readonly timer: NodeJS.Timeout } | undefined;

/**
 * @param shrink squares of so many pixels become one.
 * @throws Error with what libheif says of the file, or that it is not there
 */
export async function heicPixels(content: Buffer, shrink: number): Promise<Pixels> {
  const thread = takeIdle() ?? (await start());
  const { pixels, error, heldBytes } = await ask(thread, content, shrink);
  if (heldBytes > mostHeldBytes || idle) void thread.terminate();
  else keep(thread);
  if (!pixels) throw new Error(error);
  return pixels;
}

async function ask(thread: Worker, content: Buffer, shrink: number): Promise<HeicAnswer> {
  // Its own copy goes to the thread: that of the file is wanted again.
  const bytes = new Uint8Array(content);
  const listening = new AbortController();
  const { signal } = listening;
  const answer = once(thread, 'message', { signal });
  const end = once(thread, 'exit', { signal }).then(() => {
    throw new Error('its decoder has ended');
  });
  thread.postMessage({ content: bytes, shrink } satisfies HeicJob, [bytes.buffer]);
  try {
    const [message] = await Promise.race([answer, end]);
    return message as HeicAnswer;
  } finally {
    listening.abort();
  }
}

async function start(): Promise<Worker> {
  // Once for all threads of the process, which go on with what has been made faster meanwhile.
  compiled ??= compile().catch((cause: unknown) => {
    compiled = undefined;
    throw new Error(`HEIC is not supported here: ${cause}`, { cause });
  });
  return new Worker(besideModule(import.meta.url, 'heicThread'), { workerData: await compiled });
}

async function compile(): Promise<WebAssembly.Module> {
  const { resolve } = createRequire(import.meta.url);
  return WebAssembly.compile(await readFile(resolve('libheif-js/libheif-wasm/libheif.wasm')));
}

/** Keeps no process alive. */
function keep(thread: Worker): void {
  thread.unref();
  const timer = setTimeout(() => void takeIdle()?.terminate(), idleMs).unref();
  idle = { thread, timer };
}

function takeIdle(): Worker | undefined {
  const thread = idle?.thread;
  clearTimeout(idle?.timer);
  idle = undefined;
  thread?.ref();
  return thread;
}
