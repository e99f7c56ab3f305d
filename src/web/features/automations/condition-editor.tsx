import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type AutomationCatalogue, type Condition, conditionsMax, type Operator } from '#modules/automations/api.ts';
import { Section } from '#web/ui/section.tsx';

const words: Record<Operator, string> = {
  is: 'is',
  is_not: 'is not',
  contains: 'contains',
  at_least: 'is at least',
  at_most: 'is at most',
  is_known: 'is known',
  is_unknown: 'is not known',
};

interface Props {
  known: AutomationCatalogue;
  conditions: Condition[];
  messageAt: (field: string) => string | undefined;
  onChange: (conditions: Condition[]) => void;
}

/** What must hold, all of it, when it is due. */
export function ConditionEditor({ known, conditions, messageAt, onChange }: Props) {
  const put = (at: number, next: Partial<Condition>) =>
    onChange(conditions.map((one, i) => (i === at ? { ...one, ...next } : one)));
  const add = () => onChange([...conditions, { field: 'campaign.name', op: 'is', value: '' }]);
  return (
    <Section
      title="If"
      note={conditions.length === 0 ? 'always' : 'all of these hold; what is not known holds for nothing'}
      end={
        conditions.length < conditionsMax && (
          <Button size="compact-sm" variant="default" onClick={add}>
            Add a condition
          </Button>
        )
      }
    >
      <div className="stack">
        {conditions.map((condition, at) => {
          const field = known.conditionFields.find((one) => one.field === condition.field);
          const needsValue = condition.op !== 'is_known' && condition.op !== 'is_unknown';
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no id, and its place is what it is edited by.
            <div className="au-part au-fields" key={at}>
              <Select
                label="What"
                data={known.conditionFields.map((one) => ({ value: one.field, label: one.title }))}
                searchable
                allowDeselect={false}
                value={condition.field}
                error={messageAt(`conditions.${at}`)}
                onChange={(next) => {
                  const chosen = known.conditionFields.find((one) => one.field === next);
                  if (chosen !== undefined) put(at, { field: chosen.field, op: chosen.ops[0] ?? 'is' });
                }}
              />
              <Select
                label="How"
                data={(field?.ops ?? []).map((op) => ({ value: op, label: words[op] }))}
                allowDeselect={false}
                value={condition.op}
                onChange={(next) => put(at, { op: field?.ops.find((op) => op === next) ?? condition.op })}
              />
              {needsValue && (
                <TextInput
                  label="Value"
                  value={condition.value}
                  onChange={(event) => put(at, { value: event.currentTarget.value })}
                />
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label="Take the condition out"
                onClick={() => onChange(conditions.filter((_, i) => i !== at))}
              >
                <IconX size={16} stroke={1.6} />
              </ActionIcon>
            </div>
          );
        })}
      </div>
    </Section>
  );
}
