import { Button, NumberInput, Select } from '@mantine/core';
import { limitsMax, type VerdictLimit, type VerdictRules, type VettingRules } from '#modules/vetting/api.ts';
import { Section } from '#web/ui/section.tsx';

interface Props {
  rules: VettingRules;
  verdict: VerdictRules;
  isReadOnly: boolean;
  onChange: (next: VerdictRules) => void;
}

/** Limits of one's own on the value of a signal. */
export function LimitRules({ rules, verdict, isReadOnly, onChange }: Props) {
  const { limits } = verdict;
  const set = (next: VerdictLimit[]) => onChange({ ...verdict, limits: next });
  const edit = (at: number, change: Partial<VerdictLimit>) =>
    set(limits.map((limit, i) => (i === at ? { ...limit, ...change } : limit)));
  const signals = rules.weights.map((row) => ({ value: row.signal, label: row.title }));
  const first = rules.weights[0];
  return (
    <Section title="Limits of your own" note="on the value of a signal; a value that is not known breaks none">
      <div className="stack">
        {limits.map((limit, at) => (
          // The place is the only identity a limit has while it is edited.
          // biome-ignore lint/suspicious/noArrayIndexKey: limits are only added at the end and taken out by a press
          <div key={at} className="vt-limit">
            <Select
              label="Signal"
              data={signals}
              value={limit.signal}
              allowDeselect={false}
              searchable
              disabled={isReadOnly}
              onChange={(signal) => signal !== null && edit(at, { signal })}
            />
            <Select
              label="Is"
              data={['above', 'below']}
              value={limit.when}
              allowDeselect={false}
              disabled={isReadOnly}
              onChange={(when) => edit(at, { when: when === 'above' ? 'above' : 'below' })}
            />
            <NumberInput
              label="Value"
              description="Shares as 0 to 1"
              value={limit.value}
              disabled={isReadOnly}
              onChange={(value) => edit(at, { value: Number(value) })}
            />
            <Select
              label="Then"
              data={['review', 'reject']}
              value={limit.verdict}
              allowDeselect={false}
              disabled={isReadOnly}
              onChange={(value) => edit(at, { verdict: value === 'reject' ? 'reject' : 'review' })}
            />
            {!isReadOnly && (
              <Button variant="subtle" color="gray" onClick={() => set(limits.filter((_, i) => i !== at))}>
                Take out
              </Button>
            )}
          </div>
        ))}
        {!isReadOnly && first !== undefined && (
          <div>
            <Button
              disabled={limits.length >= limitsMax}
              onClick={() => set([...limits, { signal: first.signal, when: 'below', value: 0, verdict: 'review' }])}
            >
              Add a limit
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}
