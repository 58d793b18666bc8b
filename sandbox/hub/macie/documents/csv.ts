import type { Bytes, Take } from './unit';

// An unclosed quote would otherwise swallow the rest of the file into memory.
const longestCell = 256 * 1024;

/** Streams cells by RFC 4180: quotes may hold separators, line ends and doubled quotes. */
export async function readCsv(bytes: Bytes, separator: string, take: Take): Promise<void> {
  const decoder = new TextDecoder();
  const header: string[] = [];
  let row = 1;
  let column = 1;
  let cell = '';
  let quoted = false;
  let afterQuote = false;
  const endCell = (): void => {
    const columnName = row === 1 ? cell : header[column - 1];
    if (row === 1) header.push(cell);
    const place = { kind: 'cell' as const, column, columnName, row };
    if (cell !== '') take({ text: cell, name: columnName, place });
    cell = '';
    column += 1;
    afterQuote = false;
  };
  const endRow = (): void => {
    endCell();
    row += 1;
    column = 1;
  };
  const put = (character: string): void => {
    if (quoted) {
      if (character === '"') {
        quoted = false;
        afterQuote = true;
      } else if (cell.length < longestCell) cell += character;
    } else if (character === '"' && afterQuote) {
      cell += '"';
      quoted = true;
      afterQuote = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === separator) endCell();
    else if (character === '\n') endRow();
    else if (character !== '\r' && cell.length < longestCell) cell += character;
  };
  for await (const chunk of bytes) {
    for (const character of decoder.decode(chunk, { stream: true })) put(character);
  }
  if (cell !== '' || column > 1) endRow();
}
