/** Folds case and Unicode form, so that "Beauty" and "beauty" are one value. */
export function foldValue(value: string): string {
  return value.normalize('NFC').trim().toLowerCase();
}

/** Keeps values apart as they are written, for ids. */
export function exactValue(value: string): string {
  return value;
}

/** Values of one field by code, from 1; shared by all segments of an index, so codes never change. The first spelling seen is shown. */
export class Dictionary {
  private codes = new Map<string, number>();
  private shown: string[] = [''];
  private readonly keyOf: (value: string) => string;

  constructor(keyOf: (value: string) => string = foldValue) {
    this.keyOf = keyOf;
  }

  add(value: string): number {
    const key = this.keyOf(value);
    const found = this.codes.get(key);
    if (found !== undefined) return found;
    const code = this.shown.length;
    this.codes.set(key, code);
    this.shown.push(value.trim());
    return code;
  }

  /** The code of a value; 0 when it was never seen. */
  codeOf(value: string): number {
    return this.codes.get(this.keyOf(value)) ?? 0;
  }

  valueOf(code: number): string {
    return this.shown[code] ?? '';
  }

  /** One more than the largest code. */
  get size(): number {
    return this.shown.length;
  }

  values(): string[] {
    return this.shown.slice(1);
  }
}

const resortAt = 2000;

/** Words by id, from 1, with the ways to find those that begin with something. 0 stands for a gap that no phrase crosses. */
export class TermDictionary {
  private ids = new Map<string, number>();
  private terms: string[] = [''];
  private sorted: string[] = [];
  private sortedUpTo = 1;

  add(term: string): number {
    const found = this.ids.get(term);
    if (found !== undefined) return found;
    const id = this.terms.length;
    this.ids.set(term, id);
    this.terms.push(term);
    return id;
  }

  idOf(term: string): number {
    return this.ids.get(term) ?? 0;
  }

  termOf(id: number): string {
    return this.terms[id] ?? '';
  }

  get size(): number {
    return this.terms.length;
  }

  idsWithPrefix(prefix: string): number[] {
    if (this.terms.length - this.sortedUpTo > resortAt + this.sortedUpTo / 8) {
      this.sorted = this.terms.slice(1).sort(byCodeUnit);
      this.sortedUpTo = this.terms.length;
    }
    const ids: number[] = [];
    for (let at = lowerBound(this.sorted, prefix); at < this.sorted.length; at += 1) {
      const term = this.sorted[at] ?? '';
      if (!term.startsWith(prefix)) break;
      ids.push(this.idOf(term));
    }
    for (let id = this.sortedUpTo; id < this.terms.length; id += 1) {
      if (this.terms[id]?.startsWith(prefix)) ids.push(id);
    }
    return ids;
  }

  /** All words, the first of them at id 1. */
  words(): readonly string[] {
    return this.terms;
  }
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lowerBound(sorted: readonly string[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
