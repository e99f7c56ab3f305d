/** A vector with few entries, by term. */
export type Sparse = ReadonlyMap<string, number>;

/** Sum of products over the terms both have. */
export function dot(a: Sparse, b: Sparse): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, value] of small) sum += value * (large.get(term) ?? 0);
  return sum;
}

/** The same direction with length 1; empty stays empty. */
export function toUnit(vector: Sparse): Map<string, number> {
  let square = 0;
  for (const value of vector.values()) square += value * value;
  const length = Math.sqrt(square) || 1;
  return new Map([...vector].map(([term, value]) => [term, value / length]));
}

/** Sum of vectors, each times its weight, to length 1. */
export function centroid(vectors: readonly { vector: Sparse; weight: number }[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const { vector, weight } of vectors)
    for (const [term, value] of vector) sum.set(term, (sum.get(term) ?? 0) + value * weight);
  return toUnit(sum);
}

/** In how many documents each term stands. */
export function documentCounts(documents: readonly Iterable<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const document of documents) for (const term of new Set(document)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** ln((N + 1) / (n + 1)): the rarer the more. */
export function rarity(counts: ReadonlyMap<string, number>, documents: number): (term: string) => number {
  return (term) => Math.log((documents + 1) / ((counts.get(term) ?? 0) + 1));
}

/** (1 + ln times) * rarity to length 1; terms of no rarity are dropped. */
export function weighted(times: Sparse, rarityOf: (term: string) => number): Map<string, number> {
  const entries: [string, number][] = [];
  for (const [term, count] of times) {
    const value = rarityOf(term);
    if (value > 0) entries.push([term, (1 + Math.log(count)) * value]);
  }
  return toUnit(new Map(entries));
}

export function countTerms(terms: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  let squareA = 0;
  let squareB = 0;
  for (let i = 0; i < a.length; i += 1) {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    sum += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA === 0 || squareB === 0 ? 0 : sum / Math.sqrt(squareA * squareB);
}
