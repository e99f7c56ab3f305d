/** Folds case and Unicode form, so that "Beauty" and "beauty" are one value. */
export function foldValue(value: string): string {
  return value.normalize('NFC').trim().toLowerCase();
}

/** Keeps values apart as they are written, for ids. */
export function exactValue(value: string): string {
  return value;
}

const spellingsMax = 4096;

/** Values of one field by code, from 1; shared by all segments of an index, so codes never change. The first spelling seen is shown. */
export class Dictionary {
  private codes = new Map<string, number>();
  /** Codes by spelling, for the first spellings met: folding one takes longer than finding it. */
  private spellings = new Map<string, number>();
  private shown: string[] = [''];
  private keys: string[] = [''];
  private readonly keyOf: (value: string) => string;

  constructor(keyOf: (value: string) => string = foldValue) {
    this.keyOf = keyOf;
  }

  add(value: string): number {
    const known = this.spellings.get(value);
    if (known !== undefined) return known;
    const code = this.addKey(value);
    if (this.spellings.size < spellingsMax) this.spellings.set(value, code);
    return code;
  }

  private addKey(value: string): number {
    const key = this.keyOf(value);
    const found = this.codes.get(key);
    if (found !== undefined) return found;
    const code = this.shown.length;
    this.codes.set(key, code);
    this.shown.push(value.trim());
    this.keys.push(key);
    return code;
  }

  /** The code of a value; 0 when it was never seen. */
  codeOf(value: string): number {
    return this.spellings.get(value) ?? this.codes.get(this.keyOf(value)) ?? 0;
  }

  valueOf(code: number): string {
    return this.shown[code] ?? '';
  }

  /** The value as values are compared: without regard to case. */
  keyAt(code: number): string {
    return this.keys[code] ?? '';
  }

  /** One more than the largest code. */
  get size(): number {
    return this.shown.length;
  }

  values(): string[] {
    return this.shown.slice(1);
  }
}
