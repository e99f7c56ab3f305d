/**
 * What a hit shows and no query tests (biography, address, provenance, facts as they were given), kept out of the index's memory.
 * A segment holds only a number for each creator; the texts of a page are read by it, for the hits of that page alone.
 */
export interface DisplayStore {
  /** Keeps a text and answers the number it is read by, a whole number below 2^32. The same text may be kept twice. */
  put(text: string): number;
  /** The text kept under a number; null when it is not there (the store was lost): the hit then shows what the index itself knows. */
  read(ref: number): string | null;
  /** The text under a number is shown no more: its creator changed or is gone. */
  drop(ref: number): void;
}

/** Keeps the texts in memory: for tests and for small indexes. */
export class MemoryDisplayStore implements DisplayStore {
  private readonly texts: (string | null)[] = [];

  put(text: string): number {
    this.texts.push(text);
    return this.texts.length - 1;
  }

  read(ref: number): string | null {
    return this.texts[ref] ?? null;
  }

  drop(ref: number): void {
    this.texts[ref] = null;
  }
}
