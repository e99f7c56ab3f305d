import { Figure } from '#web/ui/figure.tsx';
import type { FigureMeaning } from '#web/ui/figure-meaning.ts';
import { formatShare } from '#web/ui/format-number.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';

interface Props {
  title: string;
  share: { share: number; low: number; high: number };
  coverage: number;
  meaning: FigureMeaning;
  isEstimated?: boolean;
  target?: number;
}

/** A share with its interval: words, mark, figure, ends. */
export function ShareRow({
  title,
  share: { share, low, high },
  coverage,
  meaning,
  isEstimated = false,
  target,
}: Props) {
  const interval = `${formatShare(low)} to ${formatShare(high)}`;
  return (
    <li className="vt-share">
      <span>{title}</span>
      <RangeMark
        label={`${title}: ${formatShare(share)}, ${interval}`}
        value={share}
        low={low}
        high={high}
        scale={[0, 1]}
        look={isEstimated ? 'soft' : 'plain'}
        {...(target !== undefined && { target })}
      />
      <Figure
        label={title}
        value={formatShare(share)}
        isEstimated={isEstimated}
        meaning={{ ...meaning, interval: `${interval}, ${Math.round(coverage * 100)} %` }}
      />
      <span className="meta">{interval}</span>
    </li>
  );
}
