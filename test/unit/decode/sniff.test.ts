// A file is what its first bytes say.
import { describe, expect, it } from 'vitest';
import { sniff } from '../../../src/engine/decode/sniff.ts';

const box = (brands: string) =>
  `\0\0\0${String.fromCharCode(8 + brands.length)}ftyp${brands}`.padEnd(200, '\0');

const examples: readonly [string, string | undefined, boolean][] = [
  ['\xff\xd8\xff\xe0', 'jpeg', true],
  ['\x89PNG\r\n\x1a\n', 'png', true],
  ['GIF89a', 'gif', true],
  ['RIFF\x10\0\0\0WEBPVP8 ', 'webp', true],
  ['RIFF\x10\0\0\0WAVEfmt ', undefined, false],
  ['II*\0\x08\0\0\0', 'tiff', true],
  ['MM\0*\0\0\0\x08', 'tiff', true],
  ['II*\0\x10\0\0\0CR\x02\0', 'raw', false],
  ['FUJIFILMCCD-RAW 0201', 'raw', false],
  [box('avif\0\0\0\0mif1miaf'), 'avif', true],
  [box('mif1\0\0\0\0mif1avif'), 'avif', true],
  [box('heic\0\0\0\0mif1heic'), 'heic', true],
  [box('mif1\0\0\0\0mif1heic'), 'heic', true],
  [box('mif1\0\0\0\0mif1miaf'), 'heic', true],
  [box('crx \0\0\0\x01crx isom'), 'raw', false],
  [box('isom\0\0\0\0isommp42'), undefined, false],
  ['\0\0\0\x0cJXL \r\n\x87\n', 'jxl', false],
  ['BM6\0\0\0', 'bmp', false],
  ['8BPS\0\x01', 'psd', false],
  ['<svg xmlns="http://www.w3.org/2000/svg">', 'svg', false],
  ['\xef\xbb\xbf<?xml version="1.0"?><!-- a drawing --><svg>', 'svg', false],
  ['<?xml version="1.0"?><html></html>', undefined, false],
  ['Dear diary', undefined, false],
  ['', undefined, false],
];

describe('sniffing', () => {
  it.each(examples)('%j is %s', (bytes, format, decodable) => {
    const found = sniff(Buffer.from(bytes, 'latin1'));
    expect(found?.format).toBe(format);
    expect(found?.decodable ?? false).toBe(decodable);
  });
});

/** A TIFF whose first directory has one entry: a 16-bit or 32-bit number. */
function tiff(tag: number, value: number, order: 'II' | 'MM'): Buffer {
  const bytes = Buffer.alloc(26);
  const big = order === 'MM';
  const write16 = (number: number, at: number) =>
    big ? bytes.writeUInt16BE(number, at) : bytes.writeUInt16LE(number, at);
  const write32 = (number: number, at: number) =>
    big ? bytes.writeUInt32BE(number, at) : bytes.writeUInt32LE(number, at);
  bytes.write(order, 'latin1');
  write16(42, 2);
  write32(8, 4);
  write16(1, 8);
  write16(tag, 10);
  write16(4, 12);
  write32(1, 14);
  write32(value, 18);
  return bytes;
}

describe('a TIFF', () => {
  it.each(['II', 'MM'] as const)('is told from RAW photos by its first directory (%s)', (order) => {
    expect(sniff(tiff(0xfe, 0, order))?.format).toBe('tiff');
    expect(sniff(tiff(0xfe, 1, order))?.format).toBe('raw');
    expect(sniff(tiff(0xc612, 0x01040000, order))?.format).toBe('raw');
    expect(sniff(tiff(0x106, 32_803, order))?.format).toBe('raw');
    expect(sniff(tiff(0x106, 2, order).subarray(0, 12))?.format).toBe('tiff');
  });
});
