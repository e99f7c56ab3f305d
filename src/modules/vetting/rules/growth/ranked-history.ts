/** The newest values of a stream, kept in order, to say how rare a new one is. Equal values count as not lower. */
export interface RankedHistory {
  size(): number;
  /** Share of surprise in decades: 2 means that about 1 in 100 earlier values was as high. 0 without earlier values. */
  surpriseOf(value: number): number;
  /** Value below which the share `q` lies. */
  quantile(q: number): number;
  add(value: number): void;
}

/** Holds at most `sizeMax` values; the oldest leaves first. Values must be finite. */
export function createRankedHistory(sizeMax: number): RankedHistory {
  const inOrder: number[] = [];
  const byAge: number[] = [];
  let oldest = 0;
  const placeOf = (value: number) => {
    let low = 0;
    let high = inOrder.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((inOrder[middle] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    size: () => inOrder.length,
    surpriseOf: (value) => {
      const n = inOrder.length;
      return n === 0 ? 0 : Math.log10((n + 1) / (n - placeOf(value) + 1));
    },
    quantile: (q) => inOrder[Math.min(inOrder.length - 1, Math.floor(q * inOrder.length))] ?? 0,
    add: (value) => {
      inOrder.splice(placeOf(value), 0, value);
      if (byAge.length < sizeMax) {
        byAge.push(value);
        return;
      }
      inOrder.splice(placeOf(byAge[oldest] ?? 0), 1);
      byAge[oldest] = value;
      oldest = (oldest + 1) % sizeMax;
    },
  };
}
