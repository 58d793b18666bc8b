import type { Bytes, Take } from './unit';

const longestLine = 256 * 1024;
// The farthest a custom identifier's keyword may stand from its match.
const reach = 300;

/** Lines of a stream without its line ends; a longer line is cut so that memory stays bounded. */
export async function* linesOf(bytes: Bytes): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > longestLine) {
      yield rest;
      rest = '';
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** Anything that is text and nothing better: TXT, HTML, XML, logs, source code. */
export async function readText(bytes: Bytes, take: Take): Promise<void> {
  let line = 0;
  let above = '';
  for await (const text of linesOf(bytes)) {
    line += 1;
    take({ text, above, place: { kind: 'line', line } });
    above = text.slice(-reach);
  }
}
