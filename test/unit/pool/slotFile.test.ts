// Slots: bytes from one process to another by way of a file, and nothing lost where there is none.
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSlot, type Slot, SlotFile, writeSlot } from '../../../src/engine/pool/slotFile.ts';

function create(slots: number, length: number): SlotFile {
  const file = SlotFile.create(slots, length);
  if (!file) throw new Error('no slots can be made here');
  return file;
}

function takeAll(file: SlotFile): Slot[] {
  const slots: Slot[] = [];
  for (let slot = file.take(); slot; slot = file.take()) slots.push(slot);
  return slots;
}

const bytes = (value: number) => new Uint8Array(1000).fill(value);

describe('a slot file', () => {
  it('gives back from each slot what was written to it', () => {
    const file = create(4, 1000);
    const slots = takeAll(file);
    expect(slots).toHaveLength(4);
    expect(slots.map((slot, i) => writeSlot(slot, bytes(i)))).toEqual([true, true, true, true]);
    slots.forEach((slot, i) => void expect(readSlot(slot)).toEqual(bytes(i)));
    file.close();
  });

  it('reads into what is at hand, where that is as long', () => {
    const file = create(1, 1000);
    const [slot] = takeAll(file);
    if (!slot) throw new Error('Expected a slot');
    writeSlot(slot, bytes(7));
    const [fits, short] = [bytes(0), new Uint8Array(999)];
    expect(readSlot(slot, fits)).toBe(fits);
    expect(fits).toEqual(bytes(7));
    expect(readSlot(slot, short)).toEqual(bytes(7));
    expect(short).toEqual(new Uint8Array(999));
    file.close();
  });

  it('gives each slot to one at a time, and lets nobody wait', () => {
    const file = create(1, 1000);
    const [slot] = takeAll(file);
    if (!slot) throw new Error('Expected a slot');
    expect(file.take()).toBeUndefined();
    file.giveBack(slot);
    expect(file.take()).toEqual(slot);
    file.close();
  });

  it('can be read by this user alone, and is gone when it is closed', () => {
    const file = create(1, 1000);
    const path = takeAll(file)[0]?.path ?? '';
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
    file.close();
    expect(existsSync(path)).toBe(false);
  });

  it('takes nothing that does not fit, and says so', () => {
    const file = create(1, 1000);
    const [slot] = takeAll(file);
    if (!slot) throw new Error('Expected a slot');
    expect(writeSlot(slot, new Uint8Array(999))).toBe(false);
    expect(writeSlot({ ...slot, path: join(tmpdir(), 'nowhere', 'at-all') }, bytes(1))).toBe(false);
    file.close();
  });

  it('clears away what a process left that was killed, and nothing else', () => {
    const file = create(1, 1000);
    const folder = join(takeAll(file)[0]?.path ?? '', '..');
    // No process has the number that is the largest there can be.
    const abandoned = join(folder, 'ocelli-slots-4194305-00');
    writeFileSync(abandoned, 'left');
    const second = create(1, 1000);
    const names = readdirSync(folder).filter((name) => name.startsWith('ocelli-slots-'));
    expect(names.filter((name) => name.includes(`-${process.pid}-`))).toHaveLength(2);
    expect(existsSync(abandoned)).toBe(false);
    file.close();
    second.close();
  });
});
