import type { ReactNode } from 'react';

export interface FunnelStep {
  id: string;
  label: string;
  count: number | null;
  /** "402,000", or a <Figure>. */
  value: ReactNode;
  /** Rate from the step before: "5.3 % of reached". */
  rate?: string;
  /** What is usual: "4.1 to 6.0 %". */
  usual?: string;
}

/** Steps from seen to bought: bars from zero, each with its number and the rate from the step before. */
export function FunnelBars({ label, steps }: { label: string; steps: readonly FunnelStep[] }) {
  const top = Math.max(1, ...steps.map((step) => step.count ?? 0));
  return (
    <ol className="funnel" aria-label={label}>
      {steps.map((step) => {
        const share = ((step.count ?? 0) / top) * 100;
        return (
          <li key={step.id}>
            <span className="ink-2">{step.label}</span>
            <div className="funnel-bar">
              <i style={{ width: `${share}%` }} aria-hidden="true" />
              <span>
                <b>{step.value}</b> {step.rate && <span className="meta">{step.rate}</span>}
              </span>
            </div>
            <span className="meta num">{step.usual}</span>
          </li>
        );
      })}
    </ol>
  );
}
