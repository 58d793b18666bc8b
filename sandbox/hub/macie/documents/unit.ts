/** Where a unit of text stands, in one of the shapes Macie reports occurrences in. */
export type Place =
  | { kind: 'line'; line: number }
  | { kind: 'cell'; column: number; columnName: string | undefined; row: number }
  | { kind: 'record'; jsonPath: string; recordIndex: number };

/** The smallest piece that is searched: a line, a cell or a JSON value. */
export interface Unit {
  text: string;
  /** The column's or field's name: a keyword in it always counts. */
  name?: string | undefined;
  /** The end of the line above, for keywords that stand there. */
  above?: string;
  /** Absent inside archives, as in Macie's findings. */
  place?: Place;
}

export type Take = (unit: Unit) => void;
export type Bytes = AsyncIterable<Uint8Array>;

/** Reading stopped short; `partial` when some of the object was searched. */
export class Unread extends Error {
  readonly reason: string;
  readonly partial: boolean;

  constructor(reason: string, partial = false) {
    super(reason);
    this.reason = reason;
    this.partial = partial;
  }
}

/** For formats that can only be read whole; `reason` is the outcome where the limit is passed. */
export async function buffered(bytes: Bytes, limit: number, reason: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limit) throw new Unread(reason);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
