import { badFile, columnsMax, recordCharsMax } from './file-error.ts';

export interface TableRow {
  /** Number of the record in the file, from 1, as a spreadsheet counts its rows. */
  row: number;
  cells: string[];
}

/**
 * Parts text that comes in pieces into records (RFC 4180: quotes, doubled quotes, line ends inside quotes; CR, LF or CRLF between records).
 * Our own because it must say the row of a fault, hold bounds and be fast: a scan for the next mark instead of a step per character.
 */
export class DelimitedParser {
  readonly #delimiter: string;
  #text = '';
  #row = 0;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Takes a piece and gives the records that are complete. Errors: bad_file for a record or a width beyond the bounds. */
  push(piece: string): TableRow[] {
    this.#text = this.#text === '' ? piece : this.#text + piece;
    return this.#take(false);
  }

  /** Gives the last record, which need not end in a line end. Error: bad_file for a quote that is never closed. */
  end(): TableRow[] {
    return this.#take(true);
  }

  #take(isEnd: boolean): TableRow[] {
    const rows: TableRow[] = [];
    const text = this.#text;
    let at = 0;
    while (at < text.length) {
      const record = this.#record(text, at, isEnd);
      if (record === null) break;
      at = record.next;
      this.#row += 1;
      const isBlank = record.cells.length === 1 && record.cells[0]?.trim() === '';
      if (!isBlank) rows.push({ row: this.#row, cells: record.cells });
    }
    this.#text = at === 0 ? text : text.slice(at);
    if (this.#text.length > recordCharsMax)
      throw badFile(
        `Row ${this.#row + 1} is longer than ${recordCharsMax.toLocaleString('en')} characters. A quotation mark before it may not be closed, or this is not a table.`,
        this.#row + 1,
      );
    return rows;
  }

  /** One record from `from`, or null when the text ends before it does. */
  #record(text: string, from: number, isEnd: boolean): { cells: string[]; next: number } | null {
    const cells: string[] = [];
    let at = from;
    for (;;) {
      if (cells.length >= columnsMax)
        throw badFile(
          `Row ${this.#row + 1} has more than ${columnsMax.toLocaleString('en')} cells. Is the delimiter right?`,
          this.#row + 1,
        );
      const cell = text.charCodeAt(at) === 34 ? this.#quoted(text, at, isEnd) : plainCell(text, at, this.#delimiter);
      if (cell === null) return null;
      cells.push(cell.value);
      at = cell.next;
      if (at >= text.length) return isEnd ? { cells, next: at } : null;
      if (text[at] === this.#delimiter) {
        at += 1;
        if (at < text.length) continue;
        if (!isEnd) return null;
        cells.push('');
        return { cells, next: at };
      }
      const end = lineEnd(text, at, isEnd);
      return end === null ? null : { cells, next: end };
    }
  }

  #quoted(text: string, from: number, isEnd: boolean): { value: string; next: number } | null {
    let at = from + 1;
    let value = '';
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote < 0) {
        if (!isEnd) return null;
        throw badFile(`Row ${this.#row + 1} opens a quotation mark that is never closed.`, this.#row + 1);
      }
      value += text.slice(at, quote);
      if (quote + 1 >= text.length && !isEnd) return null;
      if (text.charCodeAt(quote + 1) !== 34) {
        // What stands between the closing quote and the next mark belongs to the cell: some exports write "5" cm.
        const rest = plainCell(text, quote + 1, this.#delimiter);
        return { value: value + rest.value.trimEnd(), next: rest.next };
      }
      value += '"';
      at = quote + 2;
    }
  }
}

function plainCell(text: string, from: number, delimiter: string): { value: string; next: number } {
  const mark = delimiter.charCodeAt(0);
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === mark || code === 10 || code === 13) break;
  }
  return { value: text.slice(from, at), next: at };
}

function lineEnd(text: string, at: number, isEnd: boolean): number | null {
  if (text.charCodeAt(at) === 10) return at + 1;
  if (at + 1 >= text.length) return isEnd ? at + 1 : null;
  return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}

/** Records of text that comes in pieces, one array a piece. */
export async function* readDelimited(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<TableRow[]> {
  const parser = new DelimitedParser(delimiter);
  for await (const piece of pieces) {
    const rows = parser.push(piece);
    if (rows.length > 0) yield rows;
  }
  const rest = parser.end();
  if (rest.length > 0) yield rest;
}

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The delimiter that parts the first records most evenly into most cells. */
export function detectDelimiter(head: string, isWhole: boolean): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const widths = widthsOf(head, delimiter, isWhole);
    const [first = 1] = widths;
    if (first < 2) continue;
    const even = widths.filter((width) => width === first).length / widths.length;
    const score = even * even * Math.min(first, 50);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function widthsOf(head: string, delimiter: Delimiter, isWhole: boolean): number[] {
  try {
    const parser = new DelimitedParser(delimiter);
    const rows = parser.push(head);
    if (isWhole) rows.push(...parser.end());
    return rows.slice(0, 50).map((row) => row.cells.length);
  } catch {
    return [];
  }
}
