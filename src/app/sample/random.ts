/** A seeded source of chance: the same seed gives the same sample, to the byte. */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Standard normal. */
  normal(): number;
  /** Whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** One value by weight. */
  weighted<Value>(values: readonly (readonly [Value, number])[]): Value;
  /** True with this probability. */
  chance(probability: number): boolean;
}

/** mulberry32: small, quick and good enough for drawing a sample. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(unit() * values.length)];
    if (value === undefined) throw new Error('Nothing to pick from.');
    return value;
  };
  return {
    unit,
    // Box and Muller; 1 - unit() keeps the logarithm off zero.
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    whole: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    pick,
    weighted: (values) => {
      let left = unit() * values.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of values) {
        left -= weight;
        if (left < 0) return value;
      }
      return pick(values)[0];
    },
    chance: (probability) => unit() < probability,
  };
}

/**
 * Value at a share in (0, 1) of a distribution known at 5 %, 10 %, ... 95 %: log-linear between the points, and beyond them
 * by the slope of the last two, but never below `floor`.
 */
export function atShare(quantiles: readonly number[], share: number, floor: number): number {
  const log = (at: number) => Math.log((quantiles[Math.min(Math.max(at, 0), quantiles.length - 1)] ?? 0) + 1);
  const place = share / 0.05 - 1;
  const low = Math.min(Math.max(Math.floor(place), 0), quantiles.length - 2);
  const value = Math.exp(log(low) + (log(low + 1) - log(low)) * (place - low)) - 1;
  return Math.max(floor, value);
}

/** Share of a standard normal below z (Abramowitz and Stegun 26.2.17, error under 1e-7), kept inside (0, 1). */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const tail = ((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) * t;
  const above = tail * Math.exp((-z * z) / 2) * 0.3989422804;
  return Math.min(0.9995, Math.max(0.0005, z >= 0 ? 1 - above : above));
}
