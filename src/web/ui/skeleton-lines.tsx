const widths = [62, 88, 74, 92, 56, 81];

interface Props {
  count?: number;
  /** What loads, for screen readers. */
  label?: string;
}

/** Grey lines where text will stand; invisible for the first 150 ms. */
export function SkeletonLines({ count = 4, label = 'Loading' }: Props) {
  return (
    <div className="skel" role="status" aria-label={label}>
      {Array.from({ length: count }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no identity
        <i key={line} style={{ width: `${widths[line % widths.length]}%` }} />
      ))}
    </div>
  );
}
