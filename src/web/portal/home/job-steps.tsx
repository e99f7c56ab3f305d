import type { JobStep } from '#modules/portal/api.ts';
import { words } from './words.ts';

/** Where a job stands, from left to right. */
export function JobSteps({ steps }: { steps: readonly JobStep[] }) {
  return (
    <ol
      className="ph-steps"
      aria-label={words.campaigns.steps}
      style={{ gridTemplateColumns: `repeat(${steps.length}, 1fr)` }}
    >
      {steps.map((step) => (
        <li key={step.label} className={step.state} aria-current={step.state === 'current' ? 'step' : undefined}>
          <i aria-hidden="true" />
          {step.label}
          {step.state === 'done' && <span className="vh"> done</span>}
        </li>
      ))}
    </ol>
  );
}
