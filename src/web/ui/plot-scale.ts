export interface Scale {
  low: number;
  high: number;
  ticks: number[];
}

/** Round ticks (1, 2, 5 times a power of ten) around the values; about `wanted` of them. */
export function niceScale(values: readonly number[], options: { fromZero: boolean; wanted?: number }): Scale {
  const wanted = options.wanted ?? 3;
  const given = values.length > 0 ? values : [0, 1];
  const smallest = options.fromZero ? Math.min(0, ...given) : Math.min(...given);
  const largest = Math.max(...given, options.fromZero ? 0 : Number.NEGATIVE_INFINITY);
  const spread = largest - smallest || Math.abs(largest) || 1;
  const rough = spread / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  const low = Math.floor(smallest / step) * step;
  const high = Math.max(Math.ceil(largest / step) * step, low + step);
  const count = Math.round((high - low) / step);
  return { low, high, ticks: Array.from({ length: count + 1 }, (_, index) => low + index * step) };
}
