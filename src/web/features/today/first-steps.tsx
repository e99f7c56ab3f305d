import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { Step } from '#modules/today/api.ts';
import { useGo } from '#web/shell/use-go.ts';

/** The first three steps of a workspace; the next one is the one to press. */
export function FirstSteps({ steps }: { steps: readonly Step[] }) {
  const go = useGo();
  const next = steps.find((step) => !step.isDone)?.id;
  return (
    <ol className="today-steps" aria-label="First steps">
      {steps.map((step, index) => (
        <li key={step.id} className={step.isDone ? 'card pad done' : 'card pad'}>
          <span className={step.isDone ? 'today-step good' : 'today-step'}>
            {step.isDone ? <IconCheck size={16} stroke={2} aria-label="Done" /> : index + 1}
          </span>
          <h2>{step.title}</h2>
          <p className="ink-2">{step.text}</p>
          <Button variant={step.id === next ? 'filled' : 'default'} onClick={() => go(step.action.path)}>
            {step.action.label}
          </Button>
        </li>
      ))}
    </ol>
  );
}
