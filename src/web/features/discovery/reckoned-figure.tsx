import type { ReckonedJson } from '#modules/discovery/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatCount, formatShare } from '#web/ui/format-number.ts';

interface Props {
  label: string;
  figure: ReckonedJson | null;
  as: 'count' | 'share';
  formula: string;
  /** What it rests on: the answer's own note. */
  source: string;
  isExact?: boolean;
}

/** A figure that was counted or estimated, and says which; its interval stands in its popover. */
export function ReckonedFigure({ label, figure, as, formula, source, isExact = false }: Props) {
  const count = isExact ? formatCount : formatCompact;
  const format = (value: number) => (as === 'share' ? formatShare(value) : count(Math.round(value)));
  return (
    <Figure
      label={label}
      value={figure === null ? null : format(figure.value)}
      missing="not enough data"
      isEstimated={figure?.isEstimated ?? false}
      meaning={{
        formula,
        source,
        ...(figure?.isEstimated === true
          ? { interval: `95 % interval ${format(figure.low)} to ${format(figure.high)}` }
          : {}),
      }}
    />
  );
}
