import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Dots per metre of a picture with two dots to a point, so that nobody shows it at double size. */
const dotsPerMetre = 5669;

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
};

/**
 * A PNG file of 8-bit RGB.
 * @param pixels three bytes a pixel, row by row from the top
 */
export const png = (width: number, height: number, pixels: Uint8Array): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Bit depth 8, colour type RGB; compression, filter and interlace have one value or none.
  header.set([8, 2, 0, 0, 0], 8);
  const density = Buffer.alloc(9);
  density.writeUInt32BE(dotsPerMetre, 0);
  density.writeUInt32BE(dotsPerMetre, 4);
  density[8] = 1;
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('pHYs', density),
    chunk('IDAT', deflateSync(rows(width, height, pixels), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

/** Each row as its difference to the row above (filter 2): most rows of a chart are like their neighbours. */
const rows = (width: number, height: number, pixels: Uint8Array): Buffer => {
  const length = 3 * width;
  const out = Buffer.alloc((length + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const [to, from] = [y * (length + 1), y * length];
    out[to] = 2;
    for (let i = 0; i < length; i += 1)
      out[to + 1 + i] = pixels[from + i]! - (y === 0 ? 0 : pixels[from - length + i]!);
  }
  return out;
};
