import { ActionIcon, Button, MultiSelect, NumberInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import {
  creatorIncidentKinds,
  getIncidentRules,
  type IncidentRule,
  incidentWords,
  saveIncidentRules,
} from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import './relationships.css';

/** What this workspace does not tolerate: so many strikes of a kind, and a creator is flagged. */
export function RulesPage() {
  const query = useApiQuery(getIncidentRules, {});
  return (
    <QueryState query={query}>
      {({ rules, savedBy, savedAt }) => (
        <Section
          title="Zero tolerance"
          note={savedBy === null || savedAt === null ? 'as it comes' : `${savedBy}, ${formatWhen(savedAt)}`}
        >
          <Rules key={savedAt ?? 'first'} start={rules} />
        </Section>
      )}
    </QueryState>
  );
}

function Rules({ start }: { start: readonly IncidentRule[] }) {
  const mayWrite = useCan('campaigns:write');
  const [rules, setRules] = useState<readonly IncidentRule[]>(start);
  const save = useApiMutation(saveIncidentRules, {
    invalidate: ['incidentRules', 'doNotWork', 'relationships'],
    onSuccess: ({ flagged, lifted }) =>
      sayDone(`Saved: ${formatPlural(flagged, 'creator')} flagged, ${formatPlural(lifted, 'flag')} lifted`),
    onError: (error) => sayFailed('Not saved', error),
  });
  const change = (index: number, to: Partial<IncidentRule>) =>
    setRules(rules.map((rule, at) => (at === index ? { ...rule, ...to } : rule)));
  const rows = rules.map((rule, index) => ({ rule, index, key: `rule-${index}` }));
  return (
    <form
      className="rel-rules"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ rules: [...rules] });
      }}
    >
      <p className="ink-2">
        Only incidents that were decided and upheld count. A creator who breaks a rule cannot be put on a campaign until
        somebody lifts the flag with a reason; the same strikes do not set it again.
      </p>
      {rows.length === 0 && <p className="meta">No rules: nobody is flagged but by a person.</p>}
      {rows.map(({ rule, index, key }) => (
        <div key={key} className="rel-rule">
          <MultiSelect
            label="Any of"
            data={creatorIncidentKinds.map((kind) => ({ value: kind, label: incidentWords[kind] }))}
            value={rule.kinds}
            onChange={(kinds) => change(index, { kinds: creatorIncidentKinds.filter((kind) => kinds.includes(kind)) })}
          />
          <NumberInput
            label="Strikes"
            min={1}
            max={20}
            value={rule.count}
            onChange={(count) => change(index, { count: typeof count === 'number' ? count : 1 })}
          />
          <NumberInput
            label="Within days"
            placeholder="ever"
            min={1}
            max={3650}
            value={rule.withinDays ?? ''}
            onChange={(days) => change(index, { withinDays: typeof days === 'number' ? days : null })}
          />
          <ActionIcon
            aria-label={`Remove rule ${index + 1}`}
            onClick={() => setRules(rules.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {mayWrite && (
        <div className="row">
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setRules([...rules, { kinds: ['late'], count: 3, withinDays: 365 }])}
          >
            Add a rule
          </Button>
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save the rules
          </Button>
        </div>
      )}
    </form>
  );
}
