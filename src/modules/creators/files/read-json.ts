import { badFile, jsonDepthMax, recordCharsMax } from './file-error.ts';

export type JsonItem = { row: number; value: Record<string, unknown> } | { row: number; problem: string; text: string };

// A whole answer of an interface may come as one object, so the first one may be longer than a row.
const envelopeCharsMax = 16_000_000;

/** Objects of NDJSON, one a line; a line that is none is a problem of that row. */
export async function* readLines(pieces: AsyncIterable<string>): AsyncGenerator<JsonItem[]> {
  let rest = '';
  let row = 0;
  const toItem = (line: string): JsonItem[] => {
    row += 1;
    const text = line.trim();
    return text === '' ? [] : [parseItem(text, row)];
  };
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > recordCharsMax)
      throw badFile(
        `Line ${row + lines.length + 1} is longer than ${recordCharsMax.toLocaleString('en')} characters.`,
        row + lines.length + 1,
      );
    const items = lines.flatMap(toItem);
    if (items.length > 0) yield items;
  }
  const last = toItem(rest);
  if (last.length > 0) yield last;
}

/** Elements of a JSON array, or of the first array of objects inside an enclosing object; a lone object is one row. */
export async function* readArray(pieces: AsyncIterable<string>): AsyncGenerator<JsonItem[]> {
  const splitter = new ElementSplitter();
  let row = 0;
  for await (const piece of pieces) {
    const items = splitter.push(piece).flatMap((text) => {
      row += 1;
      const item = parseItem(text, row);
      return 'value' in item && splitter.isLone ? unwrap(item.value) : [item];
    });
    if (items.length > 0) yield items;
  }
  splitter.end();
}

function parseItem(text: string, row: number): JsonItem {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      row,
      text: text.slice(0, 2000),
      problem: `is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { row, text: text.slice(0, 2000), problem: 'is not a JSON object' };
  return { row, value: value as Record<string, unknown> };
}

/** An answer such as {"data": [...]}: its array of objects; an object that is itself a row stays one. */
function unwrap(value: Record<string, unknown>): JsonItem[] {
  const list = [value, ...Object.values(value).filter(isObject)]
    .flatMap((level) => Object.values(level))
    .find((inner) => Array.isArray(inner) && inner.length > 0 && inner.every(isObject));
  const namesAccount = Object.keys(value).some((key) => /^(user_?name|handle|profile)$/i.test(key));
  if (!Array.isArray(list) || namesAccount) return [{ row: 1, value }];
  return list.map((inner, at) => ({ row: at + 1, value: inner as Record<string, unknown> }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Cuts the elements of the outermost array out of a text that comes in pieces, without parsing them. */
class ElementSplitter {
  isLone = false;
  #text = '';
  #at = 0;
  #depth = 0;
  #start = -1;
  #isInString = false;
  #isBegun = false;
  #isClosed = false;
  #count = 0;

  push(piece: string): string[] {
    this.#text += piece;
    const found: string[] = [];
    for (; this.#at < this.#text.length; this.#at += 1) {
      const element = this.#step(this.#text.charCodeAt(this.#at));
      if (element !== null) found.push(element);
    }
    const keep = this.#start < 0 ? this.#at : this.#start;
    this.#text = this.#text.slice(keep);
    this.#at -= keep;
    if (this.#start >= 0) this.#start = 0;
    const max = this.isLone ? envelopeCharsMax : recordCharsMax;
    if (this.#text.length > max)
      throw badFile(
        `Element ${this.#count + 1} is longer than ${max.toLocaleString('en')} characters. Give an array of rows, or one JSON object a line.`,
        this.#count + 1,
      );
    return found;
  }

  end(): void {
    if (!this.#isBegun) throw badFile('The file holds no JSON.');
    if (this.#start >= 0 || this.#depth > 0 || !this.#isClosed)
      throw badFile(`The JSON ends in the middle of element ${this.#count + 1}. The file is cut off.`, this.#count + 1);
  }

  #step(code: number): string | null {
    if (this.#isInString) {
      if (code === 92) this.#at += 1;
      else if (code === 34) this.#isInString = false;
      return null;
    }
    if (code === 34) {
      this.#isInString = true;
      if (this.#depth === 0 && this.#isBegun) this.#begin();
      return null;
    }
    if (code === 123 || code === 91) return this.#open(code);
    if (code === 125 || code === 93) return this.#close(code);
    if (this.#start < 0 && this.#depth === 0 && this.#isBegun && !this.isLone && !isSpace(code) && code !== 44)
      this.#begin();
    if (code === 44 && this.#depth === 0 && this.#start >= 0) return this.#cut(this.#at);
    return null;
  }

  #begin(): void {
    if (this.#start < 0) this.#start = this.#at;
  }

  #open(code: number): null {
    if (!this.#isBegun) {
      this.#isBegun = true;
      if (code === 91) return null;
      this.isLone = true;
    }
    if (this.#isClosed)
      throw badFile('After the end of the JSON there is more. Give one array, or one JSON object a line.');
    this.#begin();
    this.#depth += 1;
    if (this.#depth > jsonDepthMax)
      throw badFile(`Element ${this.#count + 1} is nested more than ${jsonDepthMax} deep.`, this.#count + 1);
    return null;
  }

  #close(code: number): string | null {
    if (this.#depth === 0) {
      // The end of the outermost array.
      this.#isClosed = true;
      return this.#start >= 0 && code === 93 ? this.#cut(this.#at) : null;
    }
    this.#depth -= 1;
    if (this.#depth > 0) return null;
    if (this.isLone) this.#isClosed = true;
    return this.#cut(this.#at + 1);
  }

  #cut(to: number): string {
    const element = this.#text.slice(this.#start, to);
    this.#start = -1;
    this.#count += 1;
    return element;
  }
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}
