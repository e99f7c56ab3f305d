import { Button, Checkbox, Modal, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type Program, saveProgram, type Tier, type TierNeed, tiersMax } from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { MoneyInput } from '#web/ui/money-input.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ambassadorNouns } from './judgement-card.tsx';

interface Values extends Record<string, unknown> {
  isOn: boolean;
  windowMonths: number;
  judgeDay: number;
  tiers: Tier[];
}

/** Sets the tiers, when they are judged, and by how many months. */
export function ProgramDialog({ program, onClose }: { program: Program; onClose: () => void }) {
  const save = useApiMutation(saveProgram, { invalidate: ambassadorNouns });
  const { isOn, windowMonths, judgeDay, tiers, campaignId, currency } = program;
  const { form, onSubmit, isBusy, failure } = useApiForm<Values>({
    initialValues: { isOn, windowMonths, judgeDay, tiers },
    send: async (values) => {
      await save.mutateAsync({ campaignId, basedOn: program.version, ...values });
      sayDone('Tiers saved');
      onClose();
    },
  });
  const add = () =>
    form.insertListItem('tiers', {
      id: `tier-${Date.now().toString(36)}`,
      name: '',
      needs: [],
      gives: { codePercent: null, monthlyFee: null, gift: '' },
    } satisfies Tier);
  return (
    <Modal opened onClose={onClose} title="Tiers of this programme" size="xl">
      <form className="form" onSubmit={onSubmit} noValidate>
        {failure !== null && <FormAlert>{failure}</FormAlert>}
        <div className="rel-two">
          <NumberInput
            label="Judged on this day of the month"
            description="The last one where the month is shorter"
            min={1}
            max={31}
            allowDecimal={false}
            {...form.getInputProps('judgeDay')}
          />
          <NumberInput
            label="By the months before it"
            description="How far back figures count"
            min={1}
            max={12}
            allowDecimal={false}
            {...form.getInputProps('windowMonths')}
          />
        </div>
        <Checkbox label="Judge every month" {...form.getInputProps('isOn', { type: 'checkbox' })} />
        {form.values.tiers.map((tier, at) => (
          <TierFields
            key={tier.id}
            tier={tier}
            isFirst={at === 0}
            currency={currency}
            problems={problemsAt(form.errors, at)}
            onChange={(next) => form.setFieldValue(`tiers.${at}`, next)}
            onRemove={() => form.removeListItem('tiers', at)}
          />
        ))}
        {form.values.tiers.length < tiersMax && (
          <Button variant="subtle" color="gray" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            Add a tier above
          </Button>
        )}
        <div className="acts">
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="filled" loading={isBusy}>
            Save tiers
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function problemsAt(errors: Record<string, React.ReactNode>, at: number): React.ReactNode[] {
  return Object.entries(errors).flatMap(([field, message]) => (field.startsWith(`tiers.${at}.`) ? [message] : []));
}

interface FieldsProps {
  tier: Tier;
  isFirst: boolean;
  currency: string;
  problems: React.ReactNode[];
  onChange: (tier: Tier) => void;
  onRemove: () => void;
}

type CountMetric = Exclude<TierNeed['metric'], 'revenue'>;
const counts: readonly { metric: CountMetric; label: string }[] = [
  { metric: 'orders', label: 'Orders' },
  { metric: 'posts', label: 'Posts live' },
  { metric: 'on_time', label: 'Posts on time, %' },
  { metric: 'months', label: 'Months on board' },
];

function TierFields({ tier, isFirst, currency, problems, onChange, onRemove }: FieldsProps) {
  const without = (metric: TierNeed['metric']) => tier.needs.filter((need) => need.metric !== metric);
  const revenue = tier.needs.find((need) => need.metric === 'revenue');
  const { gives } = tier;
  return (
    <fieldset className="amb-fields">
      <legend>{tier.name === '' ? 'New tier' : tier.name}</legend>
      {problems.length > 0 && <FormAlert>{problems.map(String).join('. ')}</FormAlert>}
      <div className="amb-line">
        <TextInput
          label="Name"
          maxLength={40}
          value={tier.name}
          onChange={(event) => onChange({ ...tier, name: event.currentTarget.value })}
        />
        {!isFirst && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={onRemove}
            aria-label={`Remove ${tier.name === '' ? 'the new tier' : tier.name}`}
          >
            Remove
          </Button>
        )}
      </div>
      {isFirst ? (
        <p className="meta">Everybody begins here, so it asks for nothing.</p>
      ) : (
        <div className="amb-grid">
          {counts.map(({ metric, label }) => {
            const need = tier.needs.find((one) => one.metric === metric);
            return (
              <NumberInput
                key={metric}
                label={label}
                placeholder="not asked"
                min={1}
                max={metric === 'on_time' ? 100 : 1_000_000}
                allowDecimal={false}
                value={need === undefined || need.metric === 'revenue' ? '' : need.atLeast}
                onChange={(value) =>
                  onChange({
                    ...tier,
                    needs: value === '' ? without(metric) : [...without(metric), { metric, atLeast: Number(value) }],
                  })
                }
              />
            );
          })}
          <MoneyInput
            label="Revenue"
            currency={currency}
            value={revenue?.metric === 'revenue' ? revenue.atLeast : null}
            onChange={(atLeast) =>
              onChange({
                ...tier,
                needs: atLeast === null ? without('revenue') : [...without('revenue'), { metric: 'revenue', atLeast }],
              })
            }
          />
        </div>
      )}
      <div className="amb-grid">
        <NumberInput
          label="Gives a code of, %"
          placeholder="none"
          min={0.01}
          max={100}
          decimalScale={2}
          value={gives.codePercent ?? ''}
          onChange={(value) =>
            onChange({ ...tier, gives: { ...gives, codePercent: value === '' ? null : Number(value) } })
          }
        />
        <MoneyInput
          label="Gives a month"
          currency={currency}
          value={gives.monthlyFee}
          onChange={(monthlyFee) => onChange({ ...tier, gives: { ...gives, monthlyFee } })}
        />
        <TextInput
          label="Gives besides"
          placeholder="A gift, early access"
          maxLength={300}
          value={gives.gift}
          onChange={(event) => onChange({ ...tier, gives: { ...gives, gift: event.currentTarget.value } })}
        />
      </div>
    </fieldset>
  );
}
