import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { readCsv } from './csv';
import { readJson, readJsonLines } from './json';
import { readText } from './text';
import { buffered, Unread, type Bytes, type Take, type Unit } from './unit';
import { zipEntries } from './zip';

const largestZip = 64 * 1024 * 1024;
const mostExtracted = 256 * 1024 * 1024;
const mostFiles = 10_000;
const deepest = 10;

/** Shared by all files of one object: what may still be unpacked, and what was left out. */
interface Budget {
  bytes: number;
  files: number;
  leftOut: string | undefined;
}

export interface Outcome {
  code: 'COMPLETE' | 'PARTIAL' | 'SKIPPED';
  reason: string | null;
}

// By name alone; what the bytes are decides only whether they are text.
const mimeTypes: Record<string, string> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  jsonl: 'application/json',
  ndjson: 'application/json',
  gz: 'application/gzip',
  gzip: 'application/gzip',
  zip: 'application/zip',
  html: 'text/html',
  xml: 'application/xml',
};

const extension = (name: string): string => /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';

export function mimeTypeOf(name: string): string {
  return mimeTypes[extension(name)] ?? 'text/plain';
}

/** Lets a stream through unless its first bytes are no text. */
async function* textOnly(bytes: Bytes): Bytes {
  let first = true;
  for await (const chunk of bytes) {
    if (first && chunk.subarray(0, 4096).includes(0)) {
      throw new Unread('UNSUPPORTED_FILE_TYPE_EXCEPTION');
    }
    first = false;
    yield chunk;
  }
}

/** Inside an archive a line or row number means nothing to the reader of the finding. */
function unplaced({ text, name, above = '' }: Unit): Unit {
  return { text, name, above };
}

// Guards against archives that unpack to far more than they weigh.
async function* metered(bytes: Bytes, budget: Budget): Bytes {
  for await (const chunk of bytes) {
    budget.bytes -= chunk.length;
    if (budget.bytes < 0) throw new Unread('ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT', true);
    yield chunk;
  }
}

async function readGzip(name: string, bytes: Bytes, take: Take, budget: Budget, depth: number) {
  const unzipped = pipeline(Readable.from(bytes), createGunzip(), () => {
    // A broken source or archive surfaces where the stream is read.
  });
  const inner = name.replace(/\.(gz|gzip)$/i, '');
  await readFile(inner, metered(unzipped, budget), take, budget, depth + 1);
}

async function readZip(bytes: Bytes, take: Take, budget: Budget, depth: number) {
  const zip = await buffered(bytes, largestZip, 'ARCHIVE_EXCEEDS_SIZE_LIMIT');
  for (const entry of zipEntries(zip)) {
    budget.bytes -= entry.size;
    budget.files -= 1;
    if (budget.bytes < 0) throw new Unread('ARCHIVE_TOTAL_BYTES_EXTRACTED_OVER_LIMIT', true);
    if (budget.files < 0) throw new Unread('ARCHIVE_TOTAL_DOCUMENTS_PROCESSED_OVER_LIMIT', true);
    try {
      if (!entry.read) throw new Unread('ARCHIVE_CONTAINS_UNPROCESSED_FILES');
      const content = Readable.from([entry.read()]);
      await readFile(entry.name, content, take, budget, depth + 1);
    } catch {
      // One bad file leaves the rest of the archive readable.
      budget.leftOut = 'ARCHIVE_CONTAINS_UNPROCESSED_FILES';
    }
  }
}

async function readFile(
  name: string,
  bytes: Bytes,
  take: Take,
  budget: Budget,
  depth: number,
): Promise<void> {
  if (depth > deepest) throw new Unread('ARCHIVE_NESTING_LEVEL_OVER_LIMIT', true);
  const placed: Take = depth === 0 ? take : (unit) => take(unplaced(unit));
  switch (extension(name)) {
    case 'gz':
    case 'gzip':
      return readGzip(name, bytes, take, budget, depth);
    case 'zip':
      return readZip(bytes, take, budget, depth);
    case 'csv':
      return readCsv(textOnly(bytes), ',', placed);
    case 'tsv':
      return readCsv(textOnly(bytes), '\t', placed);
    case 'json':
      return readJson(textOnly(bytes), placed);
    case 'jsonl':
    case 'ndjson':
      return readJsonLines(textOnly(bytes), placed);
    default:
      return readText(textOnly(bytes), placed);
  }
}

/** Searches one object; every way it can fail is an outcome with Macie's reason code, never an exception. */
export async function readDocument(name: string, bytes: Bytes, take: Take): Promise<Outcome> {
  const budget: Budget = { bytes: mostExtracted, files: mostFiles, leftOut: undefined };
  try {
    await readFile(name, bytes, take, budget, 0);
  } catch (error) {
    if (error instanceof Unread) {
      return { code: error.partial ? 'PARTIAL' : 'SKIPPED', reason: error.reason };
    }
    return { code: 'SKIPPED', reason: 'UNABLE_TO_PARSE_FILE' };
  }
  return budget.leftOut
    ? { code: 'PARTIAL', reason: budget.leftOut }
    : { code: 'COMPLETE', reason: null };
}
