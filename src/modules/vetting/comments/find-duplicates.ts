import { likeness, signatureBytes } from './signature.ts';

export interface Signed {
  id: string;
  signature: Uint8Array;
}

/** From this overlap of shingles on two texts count as the same. */
export const likenessFrom = 0.6;
const bandBytes = 4;
/** A text is held against so many of a bucket; a thousand copies of one text need not all be held against each other. */
const comparedMax = 8;

/**
 * Texts that say nearly the same, as id -> group; those that stand alone are in none. A group bears the least id of its members. The same texts
 * in any order give the same groups: candidates share four bytes of their signatures at one of 16 places, and what is alike is joined.
 */
export function findDuplicates(texts: readonly Signed[]): Map<string, string> {
  const sorted = texts
    .map((one) => ({ ...one, key: Buffer.from(one.signature).toString('latin1') }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id < b.id ? -1 : 1));
  const sets = new DisjointSets(sorted.length);
  for (let band = 0; band < signatureBytes; band += bandBytes) joinBand(sorted, sets, band);
  const leastId = new Map<number, string>();
  const sizes = new Map<number, number>();
  for (const [at, { id }] of sorted.entries()) {
    const root = sets.find(at);
    const known = leastId.get(root);
    if (known === undefined || id < known) leastId.set(root, id);
    sizes.set(root, (sizes.get(root) ?? 0) + 1);
  }
  const groups = new Map<string, string>();
  for (const [at, { id }] of sorted.entries()) {
    const root = sets.find(at);
    const group = leastId.get(root);
    if (group !== undefined && (sizes.get(root) ?? 0) > 1) groups.set(id, group);
  }
  return groups;
}

function joinBand(sorted: readonly (Signed & { key: string })[], sets: DisjointSets, band: number): void {
  const buckets = new Map<string, number[]>();
  for (const [at, { signature, key }] of sorted.entries()) {
    const part = key.slice(band, band + bandBytes);
    const bucket = buckets.get(part);
    if (bucket === undefined) {
      buckets.set(part, [at]);
      continue;
    }
    let isKnown = false;
    for (const other of bucket) {
      const theirs = sorted[other];
      if (theirs === undefined) continue;
      isKnown ||= theirs.key === key;
      if (sets.find(at) !== sets.find(other) && likeness(signature, theirs.signature) >= likenessFrom)
        sets.join(at, other);
    }
    if (!isKnown && bucket.length < comparedMax) bucket.push(at);
  }
}

class DisjointSets {
  readonly #parent: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_, at) => at);
  }

  find(at: number): number {
    let root = at;
    while (this.#parent[root] !== root) root = this.#parent[root] ?? root;
    let walk = at;
    while (this.#parent[walk] !== root) {
      const next = this.#parent[walk] ?? root;
      this.#parent[walk] = root;
      walk = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    const [low, high] = [this.find(a), this.find(b)].sort((one, other) => one - other);
    if (low !== undefined && high !== undefined) this.#parent[high] = low;
  }
}
