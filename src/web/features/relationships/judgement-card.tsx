import { Button, Select, Textarea } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useState } from 'react';
import { decideTiers, type Judgement, type Tier } from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { FactRows } from './tier-facts.tsx';
import { sayDay } from './words.ts';

export const ambassadorNouns = ['ambassadors', 'work', 'today', 'relationships'];

interface Props {
  judgements: readonly Judgement[];
  tiers: readonly Tier[];
}

/** What the rules propose and a person has not decided yet. */
export function JudgementCards({ judgements, tiers }: Props) {
  const mayWrite = useCan('campaigns:write');
  const decide = useDecide();
  const [overruled, setOverruled] = useState<Judgement | null>(null);
  const [first] = judgements;
  const confirm = (ids: string[]) =>
    first !== undefined &&
    decide.mutate({ campaignId: first.campaignId, judgementIds: ids, decision: { kind: 'confirm' } });
  return (
    <Section
      title={`${formatPlural(judgements.length, 'move')} to decide`}
      note={first === undefined ? '' : `judged on ${sayDay(first.judgedOn)}`}
      end={
        mayWrite &&
        judgements.length > 1 && (
          <Button
            size="xs"
            variant="filled"
            loading={decide.isPending}
            onClick={() => confirm(judgements.map((judgement) => judgement.id))}
          >
            Confirm all {judgements.length}
          </Button>
        )
      }
    >
      <ul className="amb-cards">
        {judgements.map((judgement) => (
          <li key={judgement.id} className="amb-card">
            <JudgementHead judgement={judgement} />
            <p className="ink-2">{judgement.evidence.summary}.</p>
            <details>
              <summary>What this rests on</summary>
              <FactRows evidence={judgement.evidence} />
            </details>
            {mayWrite && (
              <div className="row">
                <Button
                  variant={judgements.length === 1 ? 'filled' : 'default'}
                  loading={decide.isPending}
                  onClick={() => confirm([judgement.id])}
                >
                  {judgement.outcome === 'up' ? `Raise to ${judgement.to.name}` : `Move to ${judgement.to.name}`}
                </Button>
                <Button variant="subtle" color="gray" onClick={() => setOverruled(judgement)}>
                  Overrule
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {overruled !== null && <OverruleDialog judgement={overruled} tiers={tiers} onClose={() => setOverruled(null)} />}
    </Section>
  );
}

function JudgementHead({ judgement }: { judgement: Judgement }) {
  const isUp = judgement.outcome === 'up';
  return (
    <div className="who">
      <Avatar id={judgement.person.id} name={judgement.person.name} size={32} />
      <div className="grow">
        <b>{judgement.person.name}</b>
        <span className="meta">
          {sayDay(judgement.evidence.from)} to {sayDay(judgement.evidence.until)}
        </span>
      </div>
      <Tag tone={isUp ? 'good' : 'warn'} icon={isUp ? IconArrowUp : IconArrowDown}>
        {judgement.from.name} to {judgement.to.name}
      </Tag>
    </div>
  );
}

function useDecide() {
  return useApiMutation(decideTiers, {
    invalidate: ambassadorNouns,
    onSuccess: ({ decided, mailed, refused }) => {
      const [problem] = refused;
      if (problem !== undefined && decided.length === 0) sayFailed('Not decided', new Error(problem.message));
      else sayDone(`${formatPlural(decided.length, 'move')} decided, ${formatPlural(mailed, 'mail')} sent`);
    },
    onError: (error) => sayFailed('Not decided', error),
  });
}

function OverruleDialog({
  judgement,
  tiers,
  onClose,
}: {
  judgement: Judgement;
  tiers: readonly Tier[];
  onClose: () => void;
}) {
  const decide = useDecide();
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { tierId: judgement.from.id, reason: '' },
    send: async ({ tierId, reason }) => {
      const { campaignId, id } = judgement;
      await decide.mutateAsync({ campaignId, judgementIds: [id], decision: { kind: 'overrule', tierId, reason } });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Overrule: ${judgement.person.name}`}
      submitLabel="Overrule"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="Tier they stand in from now on"
        data={tiers
          .filter((tier) => tier.id !== judgement.to.id)
          .map((tier) => ({
            value: tier.id,
            label: tier.id === judgement.from.id ? `${tier.name}, as before` : tier.name,
          }))}
        allowDeselect={false}
        {...form.getInputProps('tierId')}
      />
      <Textarea
        label="Why"
        description="Stays in the history beside what the rules said"
        required
        autosize
        minRows={2}
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}
