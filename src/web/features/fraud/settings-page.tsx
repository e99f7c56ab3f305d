import { Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import {
  type FraudPolicy,
  getFraudSettings,
  type Mode,
  modeSchema,
  modes,
  type RuleAbout,
  type RuleName,
  scopes,
  updateFraudSettings,
} from '#modules/fraud/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { fraudNouns, modeWords, scopeWords, severityTone, severityWords } from './words.ts';
import './fraud.css';

type Settings = OutputOf<typeof getFraudSettings>;

/** The rules with what each does, and the thresholds; saved as a version. */
export function FraudSettingsPage() {
  const query = useApiQuery(getFraudSettings, {});
  return (
    <QueryState query={query}>{(settings) => <Form key={settings.current.version} settings={settings} />}</QueryState>
  );
}

function Form({ settings }: { settings: Settings }) {
  const mayEdit = useCan('tracking:write');
  const [policy, setPolicy] = useState<FraudPolicy>(settings.current.policy);
  const [note, setNote] = useState('');
  const save = useApiMutation(updateFraudSettings, {
    invalidate: fraudNouns,
    onSuccess: (saved) => sayDone(`Version ${saved.version} is saved: everybody is judged again`),
  });
  const isChanged = JSON.stringify(policy) !== JSON.stringify(settings.current.policy);
  const change = (next: Partial<FraudPolicy>) => setPolicy({ ...policy, ...next });
  const setRule = (name: RuleName, next: { mode?: Mode; points?: number }) =>
    change({ rules: { ...policy.rules, [name]: { ...policy.rules[name], ...next } } });
  return (
    <div className="stack">
      <p className="ink-2">
        Watch shows a finding and lets the credit count; enforce holds the credit until somebody decides. Version{' '}
        {settings.current.version}, {settings.current.madeBy}
        {settings.current.madeAt === null ? '' : `, ${formatWhen(settings.current.madeAt)}`}.
      </p>
      {scopes.map((scope) => (
        <Section key={scope} title={scopeWords[scope]}>
          <ul className="frd-rules">
            {settings.rules
              .filter((rule) => rule.scope === scope)
              .map((rule) => (
                <RuleRow
                  key={rule.name}
                  rule={rule}
                  policy={policy}
                  mayEdit={mayEdit}
                  onChange={(next) => setRule(rule.name, next)}
                />
              ))}
          </ul>
        </Section>
      ))}
      <Thresholds policy={policy} mayEdit={mayEdit} onChange={change} />
      <Section title="Save">
        <TextInput
          label="Note"
          placeholder="Why it changes"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {save.error !== null && <FormAlert>{messageOf(save.error)}</FormAlert>}
        <div className="acts">
          <Button
            variant="subtle"
            color="gray"
            disabled={!isChanged}
            onClick={() => setPolicy(settings.current.policy)}
          >
            Discard
          </Button>
          <Button
            variant="filled"
            disabled={!mayEdit || !isChanged}
            loading={save.isPending}
            onClick={() => save.mutate({ policy, ...(note.trim() === '' ? {} : { note }) })}
          >
            Save as a version
          </Button>
        </div>
      </Section>
      <History settings={settings} />
    </div>
  );
}

interface RuleRowProps {
  rule: RuleAbout;
  policy: FraudPolicy;
  mayEdit: boolean;
  onChange: (next: { mode?: Mode; points?: number }) => void;
}

function RuleRow({ rule, policy, mayEdit, onChange }: RuleRowProps) {
  const own = policy.rules[rule.name];
  return (
    <li>
      <div>
        <div className="row">
          <b>{rule.title}</b>
          <Tag tone={severityTone(rule.severity)}>{severityWords[rule.severity]}</Tag>
        </div>
        <p className="meta">{rule.explains}</p>
        <p className="meta">Needs: {rule.needs}.</p>
      </div>
      <Select
        aria-label={`Mode of ${rule.title}`}
        disabled={!mayEdit}
        allowDeselect={false}
        data={modes.map((value) => ({ value, label: modeWords[value] }))}
        value={own?.mode ?? rule.defaultMode}
        onChange={(value) => {
          const mode = modeSchema.safeParse(value);
          if (mode.success) onChange({ mode: mode.data });
        }}
      />
      {rule.name === 'traffic-score' ? (
        <span className="meta">the sum</span>
      ) : (
        <NumberInput
          aria-label={`Points of ${rule.title}`}
          disabled={!mayEdit}
          min={0}
          max={100}
          allowDecimal={false}
          suffix=" points"
          value={own?.points ?? rule.defaultPoints}
          onChange={(value) => {
            if (typeof value === 'number') onChange({ points: value });
          }}
        />
      )}
    </li>
  );
}

const numbers = [
  { name: 'flagAt', label: 'Flag a creator from', suffix: ' points', max: 1000 },
  { name: 'windowDays', label: 'Days of traffic looked at', suffix: ' days', max: 90 },
  { name: 'fastSeconds', label: 'Too fast after a click', suffix: ' s', max: 600 },
  { name: 'hijackSeconds', label: 'A click this close to the order', suffix: ' s', max: 3600 },
  { name: 'refundPercent', label: 'Customers refunded', suffix: ' %', max: 100 },
  { name: 'refundCustomersMin', label: 'Of at least', suffix: ' customers', max: 1000 },
  { name: 'falseAlarmDays', label: 'One false spike of a code in', suffix: ' days', max: 3650 },
  { name: 'expireDays', label: 'Open groups expire after', suffix: ' days', max: 365 },
] as const;

interface ThresholdProps {
  policy: FraudPolicy;
  mayEdit: boolean;
  onChange: (next: Partial<FraudPolicy>) => void;
}

const linesOf = (text: string) => [
  ...new Set(
    text
      .split(/[\s,]+/)
      .map((one) => one.trim().toLowerCase())
      .filter((one) => one !== ''),
  ),
];

function Thresholds({ policy, mayEdit, onChange }: ThresholdProps) {
  return (
    <Section title="Thresholds">
      <div className="frd-numbers">
        {numbers.map(({ name, label, suffix, max }) => (
          <NumberInput
            key={name}
            label={label}
            disabled={!mayEdit}
            min={1}
            max={max}
            allowDecimal={false}
            suffix={suffix}
            value={policy[name]}
            onChange={(value) => {
              if (typeof value === 'number') onChange({ ...policy, [name]: value });
            }}
          />
        ))}
      </div>
      <Checkbox
        label="When a click at the checkout overwrites an earlier creator, the earlier one keeps the credit"
        disabled={!mayEdit}
        checked={policy.keepsEarlier}
        onChange={(event) => onChange({ keepsEarlier: event.currentTarget.checked })}
      />
      <div className="frd-numbers">
        {(
          [
            ['bannedReferrers', 'Banned places', 'Hosts, one a line'],
            ['couponHosts', 'More coupon sites', 'Hosts, one a line'],
            ['watchedAdParams', 'Watched advertisements', 'Names of parameters'],
          ] as const
        ).map(([name, label, description]) => (
          <Textarea
            key={name}
            label={label}
            description={description}
            disabled={!mayEdit}
            autosize
            minRows={3}
            defaultValue={policy[name].join('\n')}
            onBlur={(event) => onChange({ ...policy, [name]: linesOf(event.currentTarget.value) })}
          />
        ))}
      </div>
    </Section>
  );
}

function History({ settings }: { settings: Settings }) {
  if (settings.history.length === 0) return null;
  return (
    <Section title="Versions" note="newest first; none is ever edited">
      <ul className="frd-unknown">
        {settings.history.map((one) => (
          <li key={one.version}>
            <b>Version {one.version}</b>
            <span className="meta">
              {one.madeBy}
              {one.madeAt === null ? '' : `, ${formatWhen(one.madeAt)}`}
              {one.note === null ? '' : `: ${one.note}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
