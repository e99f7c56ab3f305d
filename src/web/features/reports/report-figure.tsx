import type { ReactNode } from 'react';
import type { MoneyFigure, Figure as ReportedFigure } from '#modules/reports/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { meaningOf, sayFigure } from './say-figure.ts';

interface Props {
  label: string;
  of: ReportedFigure | MoneyFigure;
  unit?: string;
}

/** A figure of the report, with formula, source, sample and date behind it. */
export function ReportFigure({ label, of, unit }: Props) {
  return (
    <Figure
      label={label}
      value={sayFigure(of)}
      meaning={meaningOf(of)}
      missing="not known"
      {...(unit !== undefined && { unit })}
    />
  );
}

/** The same as a card; below it the reason when there is no figure, or what makes it a bound. */
export function FigureCard({ label, of, unit, note }: Props & { note?: ReactNode }) {
  return (
    <StatCard label={label} note={of.reason ?? note ?? of.note ?? of.n}>
      <ReportFigure label={label} of={of} {...(unit !== undefined && { unit })} />
    </StatCard>
  );
}
