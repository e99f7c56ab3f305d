/** One performance measurement: it uses folders and ports of its own and ends within 10 minutes by default. */
export interface Bench {
  name: string;
  run(options: BenchOptions): Promise<BenchResult>;
}

export interface BenchOptions {
  /** Length of a round where rounds are timed; the bench has its own default. */
  seconds: number | null;
  /** Number of rows, links or the like; the bench has its own default. */
  size: number | null;
  /** A line for the person who waits, on standard error. */
  tell(line: string): void;
}

export interface BenchResult {
  /** What was really used: sizes, rounds, versions. */
  params: Record<string, number | string>;
  /** Medians over at least 5 rounds unless the key says otherwise. */
  figures: Record<string, number>;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Quantile by linear interpolation between order statistics (type 7); NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  return low === undefined || high === undefined ? Number.NaN : low + (high - low) * (at - Math.floor(at));
}
