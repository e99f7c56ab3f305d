import { SegmentedControl } from '@mantine/core';
import { flagTreatmentSchema, type VerdictRules, type VettingRules } from '#modules/vetting/api.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';

interface Props {
  flags: VettingRules['flags'];
  verdict: VerdictRules;
  isReadOnly: boolean;
  onChange: (next: VerdictRules) => void;
}

const choices = [
  { value: 'reject', label: 'Reject' },
  { value: 'review', label: 'Review' },
  { value: 'note', label: 'Only note' },
];

/** What each flag does to the verdict. */
export function FlagRules({ flags, verdict, isReadOnly, onChange }: Props) {
  return (
    <Section title="Flags" note="red ones reject, amber ones ask for a person, unless you say otherwise">
      <ul className="list vt-flag-rules">
        {flags.map((flag) => (
          <li key={flag.name}>
            <span>
              {flag.title} {flag.severity === 'red' && <Tag tone="bad">red</Tag>}
            </span>
            <SegmentedControl
              size="xs"
              aria-label={`${flag.title}: what it does`}
              disabled={isReadOnly}
              data={choices}
              value={verdict.flags[flag.name] ?? (flag.severity === 'red' ? 'reject' : 'review')}
              onChange={(value) => {
                const treatment = flagTreatmentSchema.parse(value);
                onChange({ ...verdict, flags: { ...verdict.flags, [flag.name]: treatment } });
              }}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
