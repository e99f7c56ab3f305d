import { Button, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import { addDays } from '#kernel/time.ts';
import {
  type CampaignModelEntry,
  campaignModelSchema,
  createCampaign,
  type GoalMetric,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import './campaigns.css';
import { type GoalDraft, metricOptions, targetLabel, toGoalInput, writeTarget } from './goal-fields.ts';
import { GoalWords } from './goal-words.tsx';
import { ModelChoice } from './model-choice.tsx';
import { useToday } from './use-today.ts';
import { readAmount } from './words.ts';

const currencies = Intl.supportedValuesOf('currency');
const campaignDays = 41;
const goalsProposed = 2;
let keys = 0;
const newGoal = (dueOn: string): GoalDraft => {
  keys += 1;
  return { key: `goal-${keys}`, metric: '', target: '', dueOn, baseline: null };
};

/** Plans a campaign on one page: what for, how, when, with how much. */
export function NewCampaignPage() {
  const today = useToday();
  const { currency: own } = useWorkspace();
  const go = useGo();
  const [values, setValues] = useState({
    name: '',
    modelId: 'sponsored',
    startsOn: today,
    endsOn: addDays(today, campaignDays - 1),
    budget: '',
    currency: own,
    landingUrl: '',
    note: '',
  });
  const [goals, setGoals] = useState<GoalDraft[]>(() => [newGoal(addDays(today, campaignDays - 1))]);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const create = useApiMutation(createCampaign, { invalidate: ['campaigns', 'reports'] });
  const set = (change: Partial<typeof values>) => setValues((before) => ({ ...before, ...change }));
  const field = (name: 'name' | 'startsOn' | 'endsOn' | 'budget' | 'landingUrl' | 'note') => ({
    value: values[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });

  // What the model is usually measured by, until a goal was typed.
  const choose = (model: CampaignModelEntry) => {
    set({ modelId: model.id });
    if (goals.some(isTouched)) return;
    const metrics = model.goals.slice(0, goalsProposed).map((goal) => goal.metric);
    const proposed = metrics.map((metric) => ({ ...newGoal(values.endsOn), metric }));
    setGoals(proposed.length === 0 ? [newGoal(values.endsOn)] : proposed);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setErrors({});
    setFailure(null);
    try {
      // A metric that was only proposed, with nothing typed beside another goal, is no goal.
      const typed = goals.filter((goal, index) => goal.target.trim() !== '' || (index === 0 && goal.metric !== ''));
      const made = await create.mutateAsync({
        name: values.name,
        ...toModelInput(values.modelId),
        startsOn: values.startsOn,
        endsOn: values.endsOn,
        currency: values.currency,
        budget: readField('budget', () => readAmount(values.budget, values.currency)),
        landingUrl: values.landingUrl.trim() === '' ? null : values.landingUrl.trim(),
        note: values.note.trim() === '' ? null : values.note.trim(),
        goals: typed.map((goal, index) => readField(`goals.${index}.target`, () => toGoalInput(goal, values.currency))),
      });
      go('/campaigns/$campaignId/roster', { params: { campaignId: made.id } });
    } catch (error) {
      setErrors(fieldErrors(error));
      setFailure(messageOf(error));
    }
  };

  return (
    <div className="page">
      <PageHeader
        title="New campaign"
        sub="Everything here can be changed later. It stays a draft until you go live."
      />
      <form className="camp-form" onSubmit={(event) => void submit(event)} noValidate>
        {failure && <FormAlert>{failure}</FormAlert>}
        <TextInput label="Name" required size="md" maxLength={120} {...field('name')} />
        <fieldset>
          <legend>How you work together</legend>
          <ModelChoice modelId={values.modelId} onChoose={choose} />
        </fieldset>
        <fieldset>
          <legend>When and with how much</legend>
          <div className="camp-two">
            <TextInput label="First day" type="date" required {...field('startsOn')} />
            <TextInput label="Last day" type="date" required {...field('endsOn')} />
            <TextInput
              label="Budget"
              placeholder="Not decided yet"
              inputMode="decimal"
              description="Fees, goods at cost and all other costs"
              {...field('budget')}
            />
            <Select
              label="Currency"
              description="All amounts of the campaign are in it"
              data={currencies}
              searchable
              allowDeselect={false}
              value={values.currency}
              error={errors.currency}
              onChange={(currency) => currency && set({ currency })}
            />
          </div>
        </fieldset>
        <fieldset>
          <legend>What it is to reach</legend>
          <GoalWords
            currency={values.currency}
            endsOn={values.endsOn}
            onRead={(read, baseline) =>
              setGoals((before) => {
                // Said once more with what was missing, it goes where it began.
                const place = before.findIndex(
                  (goal) => goal.metric === '' || (goal.metric === read.metric && goal.target === ''),
                );
                const into = place === -1 ? before.length : place;
                const draft = before[into] ?? newGoal(values.endsOn);
                const target =
                  read.metric !== null && read.target !== null ? writeTarget(read.target, read.metric) : draft.target;
                const filled = {
                  ...draft,
                  metric: read.metric ?? draft.metric,
                  target,
                  dueOn: read.dueOn ?? draft.dueOn,
                  baseline: baseline ?? draft.baseline,
                };
                const all =
                  into < before.length
                    ? before.map((goal, index) => (index === into ? filled : goal))
                    : [...before, filled];
                // What the model proposed and nobody filled in makes way for what was said.
                return all.filter((goal) => goal === filled || isTouched(goal));
              })
            }
          />
          {goals.map((goal, index) => (
            <GoalRow
              key={goal.key}
              goal={goal}
              currency={values.currency}
              isMain={index === 0}
              errorOf={(name) => errors[`goals.${index}.${name}`]}
              onChange={(change) =>
                setGoals((before) => before.map((one) => (one.key === goal.key ? { ...one, ...change } : one)))
              }
              onRemove={
                goals.length === 1 ? null : () => setGoals((before) => before.filter((one) => one.key !== goal.key))
              }
            />
          ))}
          <Button
            variant="subtle"
            color="gray"
            style={{ justifySelf: 'start' }}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setGoals((before) => [...before, newGoal(values.endsOn)])}
          >
            Add another goal
          </Button>
        </fieldset>
        <TextInput
          label="Landing page"
          description="Where links of this campaign lead, unless one says otherwise"
          placeholder="https://"
          inputMode="url"
          {...field('landingUrl')}
        />
        <div className="row">
          <Button type="submit" variant="filled" loading={create.isPending}>
            Create campaign
          </Button>
          <Button variant="subtle" color="gray" onClick={() => go('/campaigns')}>
            Cancel
          </Button>
        </div>
      </form>
    </div>
  );
}

interface RowProps {
  goal: GoalDraft;
  currency: string;
  isMain: boolean;
  errorOf: (name: 'metric' | 'target' | 'dueOn') => string | undefined;
  onChange: (change: Partial<GoalDraft>) => void;
  onRemove: (() => void) | null;
}

function GoalRow({ goal, currency, isMain, errorOf, onChange, onRemove }: RowProps) {
  return (
    <div className="camp-goalrow">
      <Select
        label={isMain ? 'Main goal' : 'Goal'}
        placeholder="What is counted"
        data={metricOptions}
        searchable
        value={goal.metric === '' ? null : goal.metric}
        error={errorOf('metric')}
        onChange={(metric) => onChange({ metric: (metric as GoalMetric | null) ?? '', baseline: null })}
      />
      <TextInput
        label={targetLabel(goal.metric, currency)}
        inputMode="decimal"
        value={goal.target}
        error={errorOf('target')}
        onChange={(event) => onChange({ target: event.currentTarget.value })}
      />
      <TextInput
        label="By"
        type="date"
        value={goal.dueOn}
        error={errorOf('dueOn')}
        onChange={(event) => onChange({ dueOn: event.currentTarget.value })}
      />
      {onRemove && (
        <Button variant="subtle" color="gray" aria-label="Remove this goal" onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </Button>
      )}
    </div>
  );
}

function isTouched(goal: GoalDraft): boolean {
  return goal.target.trim() !== '' || goal.baseline !== null;
}

function toModelInput(id: string) {
  const builtIn = campaignModelSchema.safeParse(id);
  return builtIn.success ? { model: builtIn.data } : { ownModelId: id };
}

/** A fault found while reading a field gets that field's name, as one of the server's would. */
function readField<Value>(name: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new AppError('invalid', 'campaigns.bad_field', messageOf(error), [
      { field: name, message: messageOf(error) },
    ]);
  }
}

function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof AppError)) return {};
  return Object.fromEntries(
    error.details.flatMap((detail) =>
      detail.field === undefined
        ? []
        : [[detail.field.replace(/\.(amountMinor|currency)$/, ''), detail.message] as const],
    ),
  );
}
