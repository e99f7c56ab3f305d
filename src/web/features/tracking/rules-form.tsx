import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import {
  type getAttributionSettings,
  type Policy,
  shareModelSchema,
  shareModels,
  tryPolicy,
  updateAttributionSettings,
} from '#modules/attribution/api.ts';
import { listCampaigns } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { modelName, modelWords } from './rule-words.ts';
import { trackingNouns } from './words.ts';

type Settings = OutputOf<typeof getAttributionSettings>;

interface Props {
  settings: Settings;
  campaignId: string | undefined;
  canWrite: boolean;
  onScope: (campaignId: string | undefined) => void;
  onRun: (runId: string) => void;
}

const orders: { value: string; label: string; kinds: Policy['precedence']; isTogether: boolean }[] = [
  { value: 'code', label: 'A code beats a link', kinds: ['code', 'link'], isTogether: false },
  { value: 'link', label: 'A link beats a code', kinds: ['link', 'code'], isTogether: false },
  { value: 'together', label: 'Codes and links in one path', kinds: ['code', 'link'], isTogether: true },
  { value: 'only-code', label: 'Codes only', kinds: ['code'], isTogether: false },
  { value: 'only-link', label: 'Links only', kinds: ['link'], isTogether: false },
];

/** The rules as a form: try them first, then apply. */
export function RulesForm({ settings, campaignId, canWrite, onScope, onRun }: Props) {
  const campaigns = useApiQuery(listCampaigns, {});
  const own = settings.campaigns.find((one) => one.campaign?.id === campaignId);
  const start = own?.policy ?? settings.workspace.policy;
  const [policy, setPolicy] = useState<Policy | null>(start);
  const [note, setNote] = useState('');
  const test = useApiMutation(tryPolicy, {
    invalidate: ['attribution'],
    onSuccess: (run) => onRun(run.id),
    onError: (error) => sayFailed('Not tried', error),
  });
  const save = useApiMutation(updateAttributionSettings, {
    invalidate: ['attribution', ...trackingNouns],
    onSuccess: ({ run, version }) => {
      sayDone(run === null ? 'Nothing changed.' : `Version ${version.version} holds. All orders are decided anew.`);
      if (run !== null) onRun(run.id);
    },
  });
  if (policy === null) return null;
  const scope = campaignId === undefined ? {} : { campaignId };
  const change = (part: Partial<Policy>) => setPolicy({ ...policy, ...part });
  const details = save.error?.details ?? test.error?.details ?? [];
  return (
    <Section
      title="Rules"
      note={own === undefined && campaignId !== undefined ? 'follows the workspace until you apply' : undefined}
    >
      <div className="stack">
        <Select
          label="For"
          data={[
            { value: '', label: 'The whole workspace' },
            ...(campaigns.data?.rows ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
          value={campaignId ?? ''}
          allowDeselect={false}
          onChange={(value) => onScope(value === null || value === '' ? undefined : value)}
          description="A campaign's rules hold where all touches are its own; between campaigns the workspace's decide."
        />
        <fieldset className="trk-fields" disabled={!canWrite}>
          <ModelFields policy={policy} change={change} />
          <OrderFields policy={policy} change={change} />
          <WindowFields policy={policy} change={change} />
          <TextInput
            label="Note"
            description="Why, for those who read the versions"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={500}
          />
        </fieldset>
        {details.length > 0 && <FormAlert>{details.map((detail) => detail.message).join(' ')}</FormAlert>}
        {save.error !== null && details.length === 0 && <FormAlert>{save.error.message}</FormAlert>}
        {canWrite && (
          <div className="row">
            <Button onClick={() => test.mutate({ ...scope, policy })} loading={test.isPending}>
              See who gains and loses
            </Button>
            <Button
              variant="filled"
              onClick={() => save.mutate({ ...scope, policy, ...(note === '' ? {} : { note }) })}
              loading={save.isPending}
            >
              Apply
            </Button>
            {own !== undefined && (
              <Button variant="subtle" color="gray" onClick={() => save.mutate({ ...scope, policy: null })}>
                Follow the workspace again
              </Button>
            )}
          </div>
        )}
      </div>
    </Section>
  );
}

interface Fields {
  policy: Policy;
  change: (part: Partial<Policy>) => void;
}

function ModelFields({ policy, change }: Fields) {
  const { terms } = policy;
  const percent = (
    label: string,
    field: 'firstPercent' | 'lastPercent' | 'firstBonusPercent' | 'lastBonusPercent' | 'minimumPercent',
  ) => (
    <NumberInput
      label={label}
      suffix=" %"
      min={0}
      max={100}
      allowDecimal={false}
      value={terms[field]}
      onChange={(value) => change({ terms: { ...terms, [field]: Number(value) } })}
    />
  );
  return (
    <>
      <Select
        label="Model"
        data={shareModels.map((model) => ({ value: model, label: modelName(model) }))}
        value={policy.model}
        allowDeselect={false}
        description={modelWords[policy.model].means}
        onChange={(value) => change({ model: shareModelSchema.catch('last').parse(value) })}
      />
      {policy.model === 'position' && (
        <div className="trk-two">
          {percent('First', 'firstPercent')}
          {percent('Last', 'lastPercent')}
        </div>
      )}
      {policy.model === 'split' && (
        <div className="trk-two">
          {percent('Bonus of the first', 'firstBonusPercent')}
          {percent('Bonus of the last', 'lastBonusPercent')}
          {percent('Least even part', 'minimumPercent')}
        </div>
      )}
      {policy.model === 'time_decay' && (
        <NumberInput
          label="Half-life"
          suffix=" days"
          min={0.01}
          max={365}
          value={terms.halfLifeDays}
          onChange={(value) => change({ terms: { ...terms, halfLifeDays: Number(value) } })}
        />
      )}
    </>
  );
}

function OrderFields({ policy, change }: Fields) {
  const kinds = policy.precedence.filter((kind) => kind !== 'customer');
  const current =
    orders.find((one) => one.isTogether === policy.isTogether && one.kinds.join() === kinds.join()) ?? orders[0];
  const isBound = policy.precedence.includes('customer');
  const withCustomer = (next: Policy['precedence'], bound: boolean): Policy['precedence'] =>
    bound ? ['customer', ...next] : next;
  return (
    <>
      <Select
        label="When both were used"
        data={orders.map(({ value, label }) => ({ value, label }))}
        value={current?.value ?? 'code'}
        allowDeselect={false}
        onChange={(value) => {
          const next = orders.find((one) => one.value === value);
          if (next !== undefined)
            change({ precedence: withCustomer(next.kinds, isBound), isTogether: next.isTogether });
        }}
      />
      <Switch
        label="Customers stay with the creator of their first order"
        description="Needs a customer in the orders: their address, kept as a hash only."
        checked={isBound}
        onChange={(event) => change({ precedence: withCustomer(kinds, event.currentTarget.checked) })}
      />
      {isBound && (
        <NumberInput
          label="Stays for"
          suffix=" days"
          placeholder="for good"
          min={1}
          max={3650}
          allowDecimal={false}
          value={policy.boundDays ?? ''}
          onChange={(value) => change({ boundDays: value === '' ? null : Number(value) })}
        />
      )}
    </>
  );
}

function WindowFields({ policy, change }: Fields) {
  const { windows } = policy;
  const days = (
    label: string,
    of: { field: 'firstDays' | 'repeatDays' | 'codeGraceDays' | 'seenDays'; min: number },
  ) => (
    <NumberInput
      label={label}
      suffix=" days"
      min={of.min}
      max={365}
      allowDecimal={false}
      value={windows[of.field]}
      onChange={(value) => change({ windows: { ...windows, [of.field]: Number(value) } })}
    />
  );
  return (
    <div className="trk-two">
      {days('Click before a first order', { field: 'firstDays', min: 1 })}
      {days('Click before a repeat order', { field: 'repeatDays', min: 1 })}
      {days('Code after its end', { field: 'codeGraceDays', min: 0 })}
      {days('Shown as seen, not paid', { field: 'seenDays', min: 0 })}
    </div>
  );
}
