import { textOf } from '../../paths';
import { linesOf } from './text';
import { buffered, Unread, type Bytes, type Take } from './unit';

const largest = 16 * 1024 * 1024;
const deepest = 256;

function step(path: string, name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}['${name}']`;
}

// A stack of its own instead of recursion: hostile nesting must end in a reason code, not in a crash.
function walk(value: unknown, path: string, name: string, recordIndex: number, take: Take): void {
  const pending = [{ value, path, name, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { depth } = next;
    if (depth > deepest) throw new Unread('JSON_NESTING_LEVEL_OVER_LIMIT', true);
    if (typeof next.value !== 'object' || next.value === null) {
      const place = { kind: 'record' as const, jsonPath: next.path, recordIndex };
      take({ text: textOf(next.value), name: next.name, place });
      continue;
    }
    const isArray = Array.isArray(next.value);
    const children = Object.entries(next.value).map(([key, child]: [string, unknown]) => ({
      value: child,
      path: isArray ? `${next.path}[${key}]` : step(next.path, key),
      name: isArray ? next.name : key,
      depth: depth + 1,
    }));
    // The stack gives back the last first, and occurrences should follow the document.
    pending.push(...children.toReversed());
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unread('MALFORMED_OR_FILE_SIZE_EXCEEDS_LIMIT');
  }
}

export async function readJson(bytes: Bytes, take: Take): Promise<void> {
  const whole = await buffered(bytes, largest, 'MALFORMED_OR_FILE_SIZE_EXCEEDS_LIMIT');
  walk(parsed(whole.toString('utf8')), '$', '', 0, take);
}

/** One record a line; a broken line ends the reading, as the rest cannot be trusted to be records. */
export async function readJsonLines(bytes: Bytes, take: Take): Promise<void> {
  let index = 0;
  for await (const line of linesOf(bytes)) {
    if (line.trim() !== '') walk(parsed(line), '$', '', index, take);
    index += 1;
  }
}
