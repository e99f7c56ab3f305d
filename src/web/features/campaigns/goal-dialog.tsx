import { Checkbox, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  addGoal,
  type Campaign,
  type Goal,
  type GoalMetric,
  type GoalValue,
  goalMetrics,
  updateGoal,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { metricOptions, readTarget, targetLabel, writeTarget } from './goal-fields.ts';
import { GoalWords } from './goal-words.tsx';
import { campaignNouns } from './use-campaign.ts';

interface Props {
  campaign: Campaign;
  /** Null for a new one. */
  goal: Goal | null;
  onClose: () => void;
}

/** Sets a goal that can be measured: by words that are read into the fields, or by the fields. */
export function GoalDialog({ campaign, goal, onClose }: Props) {
  const { currency } = campaign;
  const [metric, setMetric] = useState<GoalMetric | ''>(goal?.metric ?? '');
  const add = useApiMutation(addGoal, { invalidate: campaignNouns });
  const update = useApiMutation(updateGoal, { invalidate: campaignNouns });
  const value = (text: string) => (metric === '' ? undefined : readTarget(text, metric, currency));
  const check = (text: string) => {
    try {
      value(text);
      return null;
    } catch (error) {
      return messageOf(error);
    }
  };
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      metric: goal?.metric ?? '',
      target: goal === null ? '' : writeTarget(goal.target, goal.metric),
      baseline: goal?.baseline ? writeTarget(goal.baseline, goal.metric) : '',
      dueOn: goal?.dueOn ?? campaign.endsOn,
      source: '',
      isMain: goal?.isMain ?? campaign.goals.length === 0,
    },
    validate: { target: check, baseline: check },
    send: async ({ target, baseline, dueOn, source, isMain }) => {
      const fields = {
        campaignId: campaign.id,
        ...(value(target) === undefined ? {} : { target: value(target) }),
        baseline: value(baseline) ?? null,
        ...(dueOn === '' ? {} : { dueOn }),
        ...(source.trim() === '' ? {} : { source: source.trim() }),
      };
      if (goal === null) await add.mutateAsync({ ...fields, ...(metric === '' ? {} : { metric }), isMain });
      else await update.mutateAsync({ ...fields, goalId: goal.id, ...(isMain ? { isMain: true as const } : {}) });
      onClose();
    },
  });
  const take = (
    read: { metric: GoalMetric | null; target: GoalValue | null; dueOn: string | null },
    before: GoalValue | null,
  ) => {
    if (read.metric !== null) setMetric(read.metric);
    if (read.metric !== null && read.target !== null)
      form.setFieldValue('target', writeTarget(read.target, read.metric));
    if (read.dueOn !== null) form.setFieldValue('dueOn', read.dueOn);
    if (read.metric !== null && before !== null) form.setFieldValue('baseline', writeTarget(before, read.metric));
  };
  const facts = metric === '' ? null : goalMetrics[metric];
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={goal === null ? 'Add a goal' : `Edit ${goal.label}`}
      submitLabel={goal === null ? 'Add goal' : 'Save'}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      {goal === null && <GoalWords currency={currency} endsOn={campaign.endsOn} onRead={take} />}
      <Select
        label="What is counted"
        data={metricOptions}
        value={metric === '' ? null : metric}
        onChange={(next) => setMetric((next as GoalMetric | null) ?? '')}
        disabled={goal !== null}
        error={form.errors.metric}
        searchable
        required
      />
      {facts && (
        <p className="meta">
          {facts.formula}. Measured by {facts.source}.
        </p>
      )}
      <div className="camp-two">
        <TextInput
          label={targetLabel(metric, currency)}
          inputMode="decimal"
          required
          {...form.getInputProps('target')}
        />
        <TextInput label="By" type="date" required {...form.getInputProps('dueOn')} />
      </div>
      <TextInput
        label="Before the campaign"
        description="What the same span brought, if you know it; for comparison only"
        inputMode="decimal"
        {...form.getInputProps('baseline')}
      />
      <Checkbox
        label="Main goal of the campaign"
        disabled={goal?.isMain === true}
        {...form.getInputProps('isMain', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}
