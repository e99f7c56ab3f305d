import { Button, Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  type Campaign,
  changeSteps,
  type Enrolment,
  type EnrolmentStep,
  type Happening,
  happenings,
  happeningWords,
  listSteps,
  tellHappening,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { Checklist } from '#web/ui/checklist.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { campaignNouns } from './use-campaign.ts';

interface Props {
  campaign: Campaign;
  enrolment: Enrolment;
  mayWrite: boolean;
}

const looks = { passed: 'met', here: 'warn', open: 'open', skipped: 'open', not_theirs: 'open' } as const;

/** The stages as this creator passes them: skip one with a reason, add one only for them, say what happened outside. */
export function EnrolmentSteps({ campaign, enrolment, mayWrite }: Props) {
  const [skipping, setSkipping] = useState<EnrolmentStep | null>(null);
  const query = useApiQuery(listSteps, { enrolmentId: enrolment.id });
  const change = useApiMutation(changeSteps, {
    invalidate: campaignNouns,
    onSuccess: ({ refused: [refused] }) => (refused ? sayFailed(refused.message, null) : sayDone('Saved')),
    onError: (error) => sayFailed('Not changed', error),
  });
  const tell = useApiMutation(tellHappening, {
    invalidate: campaignNouns,
    onSuccess: (now) => {
      const label = campaign.stages.find((stage) => stage.name === now.stage)?.label ?? now.stage;
      sayDone(now.isMoved ? `Moved to ${label}` : `Noted; stays in ${label}`);
    },
    onError: (error) => sayFailed('Not noted', error),
  });
  const set = (step: EnrolmentStep, state: 'skipped' | 'extra' | 'open', reason?: string) =>
    change.mutate({
      campaignId: campaign.id,
      enrolmentIds: [enrolment.id],
      changes: [{ stage: step.stage, state, ...(reason === undefined ? {} : { reason }) }],
    });
  return (
    <section>
      <div className="spread">
        <h3 className="meta">Stages for this creator</h3>
        {mayWrite && (
          <Happened
            onTell={(happening) => tell.mutate({ enrolmentId: enrolment.id, happening })}
            isBusy={tell.isPending}
          />
        )}
      </div>
      <QueryState query={query}>
        {({ steps }) => (
          <Checklist
            label="Stages for this creator"
            items={steps.map((step) => ({
              id: step.stage,
              state: looks[step.state],
              title: step.label,
              note: noteOf(step),
              action: mayWrite ? <StepAction step={step} onSet={set} onSkip={() => setSkipping(step)} /> : undefined,
            }))}
          />
        )}
      </QueryState>
      {skipping !== null && (
        <SkipStep
          label={skipping.label}
          onClose={() => setSkipping(null)}
          onSkip={(reason) => {
            set(skipping, 'skipped', reason);
            setSkipping(null);
          }}
        />
      )}
    </section>
  );
}

function noteOf(step: EnrolmentStep): string {
  switch (step.state) {
    case 'here':
      return 'stands here now';
    case 'passed':
      return 'passed';
    case 'open':
      return step.gate === 'in_order' ? 'has to be passed' : 'may be passed at any time';
    case 'skipped':
      return `left out${step.reason === null ? '' : `: ${step.reason}`}${step.by === null ? '' : ` (${step.by})`}`;
    case 'not_theirs':
      return 'only for those it is added for';
  }
}

interface ActionProps {
  step: EnrolmentStep;
  onSet: (step: EnrolmentStep, state: 'extra' | 'open') => void;
  onSkip: () => void;
}

function StepAction({ step, onSet, onSkip }: ActionProps) {
  const quiet = { size: 'compact-xs' as const, variant: 'subtle' as const, color: 'gray' };
  if (step.state === 'open')
    return (
      <Button {...quiet} aria-label={`Skip ${step.label}`} onClick={onSkip}>
        Skip
      </Button>
    );
  if (step.state === 'skipped')
    return (
      <Button {...quiet} aria-label={`Take ${step.label} back in`} onClick={() => onSet(step, 'open')}>
        Take back in
      </Button>
    );
  if (step.state === 'not_theirs')
    return (
      <Button {...quiet} aria-label={`Add ${step.label}`} onClick={() => onSet(step, 'extra')}>
        Add
      </Button>
    );
  return null;
}

function Happened({ onTell, isBusy }: { onTell: (happening: Happening) => void; isBusy: boolean }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="compact-xs" loading={isBusy}>
          Say what happened
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {happenings.map((happening) => (
          <Menu.Item key={happening} onClick={() => onTell(happening)}>
            {happeningWords[happening]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SkipStep({
  label,
  onClose,
  onSkip,
}: {
  label: string;
  onClose: () => void;
  onSkip: (reason: string) => void;
}) {
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Leave out ${label}`}
      submitLabel="Leave out"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== '') onSkip(reason.trim());
      }}
    >
      <TextInput
        label="Why?"
        description="Stays beside the stage"
        maxLength={300}
        required
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
