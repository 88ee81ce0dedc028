// PNG files made from nothing but zlib: small ones that differ, and ones too large to decode.
import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** An 8-bit RGB picture of random-looking blocks; another seed is another picture. */
export function drawPng(seed: number, side = 48): Buffer {
  const row = 1 + side * 3;
  const rows = Buffer.alloc(row * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const block = Math.imul((x >> 3) * 73 + (y >> 3) * 179 + seed * 2654435761, 0x9e3779b1) >>> 0;
      rows.writeUIntBE(block & 0xffffff, y * row + 1 + x * 3, 3);
    }
  }
  return toPng(side, side, 8, 2, deflateSync(rows));
}

/** Black, one bit a pixel: 30,000 × 30,000 of these are a file of a few hundred kilobytes. */
export function blackPng(width: number, height: number): Buffer {
  return toPng(width, height, 1, 0, deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height)));
}

function toPng(width: number, height: number, bits: number, colours: number, data: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([bits, colours, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
