// Memory is given back only where nobody else's lies in it.
import { describe, expect, it } from 'vitest';
import { release } from '../../../src/engine/decode/release.ts';

const canRelease = 'transfer' in ArrayBuffer.prototype;

describe('releasing', () => {
  it.skipIf(!canRelease)('gives back memory that is all of a view', () => {
    const bytes = Buffer.allocUnsafeSlow(1000);
    release(bytes);
    expect(bytes.length).toBe(0);
    expect(bytes.buffer.byteLength).toBe(0);
  });

  it('leaves memory alone that others share', () => {
    const bytes = new Uint8Array(1000).fill(7);
    release(bytes.subarray(10));
    const small = Buffer.from('some text'); // Node keeps many of these in one piece.
    release(small);
    expect(bytes[0]).toBe(7);
    expect(small.toString()).toBe('some text');
  });

  it('can be told of the same memory twice', () => {
    const bytes = new Uint8Array(1000);
    release(bytes);
    expect(() => release(bytes)).not.toThrow();
  });
});
