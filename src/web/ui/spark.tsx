interface Props {
  /** Oldest first; null is a gap. */
  values: readonly (number | null)[];
  /** What it shows and how it went: "Followers, 6 months: up 14 %". */
  label: string;
  /** `up` in the accent, `odd` in amber for a shape somebody should look at. */
  look?: 'plain' | 'up' | 'odd';
  width?: number;
  height?: number;
}

/** Runs of known values as path data; a missing value breaks the line. */
export function toPath(points: readonly ({ x: number; y: number } | null)[]): string {
  let isDrawing = false;
  return points
    .map((point) => {
      if (!point) {
        isDrawing = false;
        return '';
      }
      const command = isDrawing ? 'L' : 'M';
      isDrawing = true;
      return `${command}${point.x.toFixed(2)} ${point.y.toFixed(2)}`;
    })
    .join('');
}

export function Spark({ values, label, look = 'plain', width = 64, height = 20 }: Props) {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return <span className="meta">not enough data</span>;
  const low = Math.min(...known);
  const spread = Math.max(...known) - low || 1;
  const step = (width - 6) / Math.max(1, values.length - 1);
  const points = values.map((value, index) =>
    value === null ? null : { x: 2 + index * step, y: height - 3 - ((value - low) / spread) * (height - 6) },
  );
  const end = points.findLast((point) => point !== null);
  return (
    <svg
      className={look === 'plain' ? 'spark' : `spark ${look}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      <path d={toPath(points)} />
      {end && <circle cx={end.x} cy={end.y} r="2" />}
    </svg>
  );
}
