import { inflateRawSync } from 'node:zlib';
import { Unread } from './unit';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const stored = 0;
const deflated = 8;

export interface ZipEntry {
  name: string;
  size: number;
  /** Undefined where the entry is encrypted or packed in another way. */
  read: (() => Buffer) | undefined;
}

function directoryEnd(zip: Buffer): number {
  // The record is 22 bytes and may be followed by a comment of up to 65,535.
  const first = Math.max(0, zip.length - 22 - 0xffff);
  for (let at = zip.length - 22; at >= first; at -= 1) {
    if (zip.readUInt32LE(at) === endOfDirectory) return at;
  }
  throw new Unread('MALFORMED_FILE');
}

// Sizes come from the directory: the local headers may hold zeros where the archive was streamed.
function entryAt(zip: Buffer, at: number): { entry: ZipEntry; next: number } {
  if (zip.readUInt32LE(at) !== directoryEntry) throw new Unread('MALFORMED_FILE');
  const encrypted = (zip.readUInt16LE(at + 8) & 1) === 1;
  const method = zip.readUInt16LE(at + 10);
  const packed = zip.readUInt32LE(at + 20);
  const size = zip.readUInt32LE(at + 24);
  const nameLength = zip.readUInt16LE(at + 28);
  const rest = zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  const local = zip.readUInt32LE(at + 42);
  const nameEnd = at + 46 + nameLength;
  const read = (): Buffer => {
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const body = zip.subarray(start, start + packed);
    return method === stored ? body : inflateRawSync(body, { maxOutputLength: size + 1 });
  };
  const readable = !encrypted && (method === stored || method === deflated);
  const name = zip.toString('utf8', at + 46, nameEnd);
  return { entry: { name, size, read: readable ? read : undefined }, next: nameEnd + rest };
}

/** Files of an archive by its central directory; no ZIP64, no encryption. */
export function* zipEntries(zip: Buffer): Generator<ZipEntry> {
  const end = directoryEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    const { entry, next } = entryAt(zip, at);
    if (!entry.name.endsWith('/')) yield entry;
    at = next;
  }
}
