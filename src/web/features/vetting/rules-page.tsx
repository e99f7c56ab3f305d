import { Button, NumberInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import {
  getVettingRules,
  type OwnWeight,
  previewVettingRules,
  putVettingRules,
  type VerdictRules,
  type VettingRules,
} from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { FlagRules } from './flag-rules.tsx';
import { LimitRules } from './limit-rules.tsx';
import { RulesPreviewSection } from './rules-preview.tsx';
import './vetting.css';
import { WeightTable } from './weight-table.tsx';

/** How much each signal counts and what makes the verdict; what a change would do is shown before it is saved. */
export function RulesPage() {
  const query = useApiQuery(getVettingRules, {});
  return <QueryState query={query}>{(rules) => <RulesForm key={rules.version} rules={rules} />}</QueryState>;
}

export interface RulesDraft {
  weights: OwnWeight[];
  verdict: VerdictRules;
}

const draftOf = (rules: VettingRules): RulesDraft => ({
  weights: rules.weights.map(({ signal, min, max, unknown }) => ({ signal, min, max, unknown })),
  verdict: rules.verdict,
});

function RulesForm({ rules }: { rules: VettingRules }) {
  const mayEdit = useCan('vetting:write');
  const [draft, setDraft] = useState(() => draftOf(rules));
  const [note, setNote] = useState('');
  const preview = useApiMutation(previewVettingRules, {});
  const save = useApiMutation(putVettingRules, {
    invalidate: ['vettingRules', 'vetting', 'vettingRuns'],
    onSuccess: (saved) =>
      sayDone(
        saved.runId === null
          ? `Version ${saved.version} is saved`
          : `Version ${saved.version} is saved: everybody is scored again`,
      ),
  });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(rules));
  const change = (next: Partial<RulesDraft>) => {
    setDraft({ ...draft, ...next });
    preview.reset();
  };
  const toDefaults = () =>
    change({
      weights: rules.weights.map(({ signal, defaults }) => ({ signal, ...defaults })),
      verdict: rules.verdictDefaults,
    });
  const failure = save.error ?? preview.error;
  return (
    <div className="stack vt-rules">
      <p className="ink-2">
        {rules.version === 0
          ? 'The default points and rules are in use.'
          : `Version ${rules.version}, saved ${formatWhen(rules.savedAt ?? '')} by ${rules.savedBy ?? 'somebody'}${rules.note === '' ? '' : `: ${rules.note}`}.`}{' '}
        Every report names the version it was made by.
      </p>
      {failure !== null && <FormAlert>{failure.message}</FormAlert>}
      <WeightTable
        rules={rules}
        weights={draft.weights}
        isReadOnly={!mayEdit}
        onChange={(weights) => change({ weights })}
      />
      <VerdictLines verdict={draft.verdict} isReadOnly={!mayEdit} onChange={(verdict) => change({ verdict })} />
      <FlagRules
        flags={rules.flags}
        verdict={draft.verdict}
        isReadOnly={!mayEdit}
        onChange={(verdict) => change({ verdict })}
      />
      <LimitRules
        rules={rules}
        verdict={draft.verdict}
        isReadOnly={!mayEdit}
        onChange={(verdict) => change({ verdict })}
      />
      {preview.data !== undefined && <RulesPreviewSection preview={preview.data} />}
      {mayEdit && (
        <div className="vt-save">
          <Textarea
            label="Why, for the trail"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={500}
            autosize
            minRows={1}
          />
          <div className="acts">
            <Button variant="subtle" color="gray" onClick={toDefaults}>
              Back to the default
            </Button>
            <Button loading={preview.isPending} disabled={!isChanged} onClick={() => preview.mutate(draft)}>
              Show what changes
            </Button>
            <Button
              variant="filled"
              loading={save.isPending}
              disabled={!isChanged}
              onClick={() => save.mutate({ ...draft, baseVersion: rules.version, note })}
            >
              Save as version {rules.version + 1}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

interface LinesProps {
  verdict: VerdictRules;
  isReadOnly: boolean;
  onChange: (next: VerdictRules) => void;
}

const lines = [
  { name: 'pass', label: 'Pass from', description: 'Score of 100', min: 0, max: 100, times: 1 },
  { name: 'reject', label: 'Reject below', description: 'Best possible score', min: 0, max: 100, times: 1 },
  {
    name: 'confidenceForPass',
    label: 'Confidence for a pass',
    description: 'Part of the weight that must be known, %',
    min: 0,
    max: 100,
    times: 100,
  },
  {
    name: 'staleAfterDays',
    label: 'Data are old after',
    description: 'Days since the newest figure',
    min: 7,
    max: 3650,
    times: 1,
  },
] as const;

function VerdictLines({ verdict, isReadOnly, onChange }: LinesProps) {
  return (
    <Section title="Verdict" note="the first rule that holds decides: flags, your limits, then the score">
      <div className="vt-lines">
        {lines.map(({ name, times, ...field }) => (
          <NumberInput
            key={name}
            {...field}
            value={Math.round(verdict[name] * times)}
            disabled={isReadOnly}
            onChange={(value) => onChange({ ...verdict, [name]: Number(value) / times })}
          />
        ))}
      </div>
    </Section>
  );
}
