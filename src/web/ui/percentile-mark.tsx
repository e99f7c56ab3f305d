import { formatRank } from '#web/ui/format-number.ts';
import { markStyle } from '#web/ui/mark-style.ts';

interface Props {
  /** 0 to 100 among the peers. */
  percentile: number;
  /** Who the peers are: "312 home bakers". */
  peers: string;
  /** Amber instead of accent: only when it is a reason to look. */
  isLow?: boolean;
}

/** The middle half of the peers, their median, and where this one stands. */
export function PercentileMark({ percentile, peers, isLow = false }: Props) {
  const label = `${formatRank(Math.round(percentile))} percentile of ${peers}`;
  return (
    <div
      className={isLow ? 'pctl low' : 'pctl'}
      style={markStyle({ v: percentile })}
      role="img"
      aria-label={label}
      title={label}
    >
      <u />
      <s />
      <i />
    </div>
  );
}
