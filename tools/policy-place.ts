import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';

export type Path = readonly PropertyKey[];

/** A YAML text as a value, with the line on which each of its parts stands. */
export interface Placed {
  value: unknown;
  /** The deepest part of this path that is there; lines count from 1. */
  lineOf: (path: Path) => number;
}

export const placed = (text: string): Placed | { fault: string } => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    const line = error.linePos?.[0].line ?? 1;
    return { fault: `line ${line}: this is not YAML: ${error.message.split('\n')[0]}` };
  }
  const startOf = (node: Node | null): number => node?.range?.[0] ?? 0;
  const offsetOf = (node: Node | null, path: Path, from: number): number => {
    const there = isAlias(node) ? (node.resolve(document) ?? null) : node;
    const [key, ...rest] = path;
    if (isMap<Node, Node | null>(there)) {
      const pair = there.items.find((each) => isScalar(each.key) && each.key.value === key);
      return pair ? offsetOf(pair.value, rest, startOf(pair.key)) : from;
    }
    if (!isSeq<Node>(there) || typeof key !== 'number') return from;
    const item = there.items[key];
    return item ? offsetOf(item, rest, startOf(item)) : from;
  };
  return {
    value: document.toJS() as unknown,
    lineOf: (path) => lines.linePos(offsetOf(document.contents, path, 0)).line,
  };
};

/** `rules[2].when.control[0]` */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key),
    '',
  ) || 'the file';
