import type { CSSProperties } from 'react';

/** Position of a value on a scale as a percentage, kept on the scale. */
export function percentOn(value: number, low: number, high: number): number {
  const share = high === low ? 0 : (value - low) / (high - low);
  return Math.min(100, Math.max(0, share * 100));
}

/** The custom properties that the row marks are placed by. */
export function markStyle(places: Record<string, number>): CSSProperties {
  const entries = Object.entries(places).map(([name, percent]) => [`--${name}`, `${percent.toFixed(2)}%`]);
  return Object.fromEntries(entries);
}
