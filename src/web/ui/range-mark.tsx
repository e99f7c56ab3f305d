import { markStyle, percentOn } from '#web/ui/mark-style.ts';

interface Props {
  /** Said to screen readers, with the numbers: "Return 2.4, interval 1.9 to 3.0". */
  label: string;
  value: number | null;
  low: number;
  high: number;
  /** Ends of the scale; the same for all rows of a table. */
  scale: readonly [number, number];
  /** A line to compare with: a goal, the peers' median, break-even. */
  target?: number;
  /** `bad` below what was hoped for, `soft` for estimates. */
  look?: 'plain' | 'bad' | 'soft';
}

/** A point with its interval on a scale. */
export function RangeMark({ label, value, low, high, scale: [from, to], target, look = 'plain' }: Props) {
  const places = {
    lo: percentOn(low, from, to),
    hi: percentOn(high, from, to),
    v: percentOn(value ?? low, from, to),
    at: percentOn(target ?? from, from, to),
  };
  return (
    <div className={`range look-${look}`} style={markStyle(places)} role="img" aria-label={label} title={label}>
      <u />
      {value !== null && <i />}
      {target !== undefined && <s />}
    </div>
  );
}
