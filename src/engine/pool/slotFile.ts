// Bytes that pass from one worker process to another without passing through this one.
//
// [Note: Pixels in slots] A decoded photo is 150 kB. Sent over IPC it would be copied eight times, and
// this process, which everybody waits for, would do half of that. So a decoder writes it to a slot of
// a file in memory (on Linux; elsewhere a temporary one, gone before the system writes it to disk), an
// embedder reads it there, and only the slot's number is sent. See docs/decisions/0016-pixels-in-slots.md.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGone } from './presence.ts';

/** `length` bytes of the file at `path`, from `offset`. */
export interface Slot {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

const prefix = 'ocelli-slots-';

export class SlotFile {
  private readonly path: string;
  private readonly descriptor: number;
  private readonly free: Slot[];

  private constructor(path: string, slots: number, length: number) {
    this.path = path;
    // Nobody but this user reads it, and nobody's file is taken for it.
    this.descriptor = openSync(path, 'wx+', 0o600);
    ftruncateSync(this.descriptor, slots * length);
    this.free = Array.from({ length: slots }, (_, i) => ({ path, offset: i * length, length }));
  }

  /** Undefined where no such file can be made: then bytes are sent. */
  static create(slots: number, length: number): SlotFile | undefined {
    for (const folder of process.platform === 'linux' ? ['/dev/shm', tmpdir()] : [tmpdir()]) {
      try {
        removeAbandoned(folder);
        const name = `${prefix}${process.pid}-${randomBytes(6).toString('hex')}`;
        return new SlotFile(join(folder, name), slots, length);
      } catch {
        // The next folder, or none.
      }
    }
    return undefined;
  }

  /** A slot that nobody uses. Undefined where there is none: nobody waits, those bytes are sent. */
  take(): Slot | undefined {
    return this.free.pop();
  }

  giveBack(slot: Slot): void {
    this.free.push(slot);
  }

  close(): void {
    closeSync(this.descriptor);
    rmSync(this.path, { force: true });
  }
}

/** The one file that this worker process has open: there is one for each run. */
let opened: { readonly path: string; readonly descriptor: number } | undefined;

function descriptorOf(path: string): number {
  if (opened?.path !== path) {
    if (opened) closeSync(opened.descriptor);
    opened = undefined;
    opened = { path, descriptor: openSync(path, 'r+') };
  }
  return opened.descriptor;
}

/** Whether it was written: where memory is short it is not, and the bytes must be sent. */
export function writeSlot({ path, offset, length }: Slot, bytes: Uint8Array): boolean {
  if (bytes.length !== length) return false;
  try {
    return writeSync(descriptorOf(path), bytes, 0, length, offset) === length;
  } catch {
    return false;
  }
}

/**
 * @param into what is written over and returned, where it has the length of the slot
 * @throws a system error, or an error where the file is shorter than it should be
 */
export function readSlot({ path, offset, length }: Slot, into?: Uint8Array): Uint8Array {
  const bytes = into?.length === length ? into : new Uint8Array(length);
  const read = readSync(descriptorOf(path), bytes, 0, length, offset);
  if (read !== length) throw new Error(`Expected ${length} bytes in a slot but received ${read}`);
  return bytes;
}

/** Files of processes that were killed. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = Number(/^ocelli-slots-(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || !isGone(pid)) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // another user's
    }
  }
}
