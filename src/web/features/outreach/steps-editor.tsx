import { ActionIcon, Button, Menu, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { listMailTemplates, mergeFields, mergeFieldWords, type Step } from '#modules/outreach/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';

interface Props {
  steps: readonly Step[];
  onChange: (steps: Step[]) => void;
  /** Faults by field path, such as `steps.0.body`. */
  errors?: Record<string, string>;
}

const stepsMax = 8;

/** Mails one after another, with the days between them. */
export function StepsEditor({ steps, onChange, errors = {} }: Props) {
  const change = (at: number, patch: Partial<Step>) =>
    onChange(steps.map((step, index) => (index === at ? { ...step, ...patch } : step)));
  return (
    <div className="form">
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place in the sequence.
        <section className="out-step" key={at} aria-label={`Mail ${at + 1}`}>
          <div className="out-step-head">
            <b>{at === 0 ? 'First mail' : `Mail ${at + 1}`}</b>
            {at > 0 && (
              <ActionIcon
                aria-label={`Remove mail ${at + 1}`}
                onClick={() => onChange(steps.filter((_, index) => index !== at))}
              >
                <IconTrash size={16} stroke={1.6} />
              </ActionIcon>
            )}
          </div>
          {at > 0 && (
            <NumberInput
              label="Sending days after the mail before, when no answer came"
              min={0}
              max={60}
              value={step.waitDays}
              onChange={(days) => change(at, { waitDays: Number(days) || 0 })}
            />
          )}
          <MailFields
            step={step}
            mayAnswer={at > 0}
            onChange={(patch) => change(at, patch)}
            errors={{ subject: errors[`steps.${at}.subject`], body: errors[`steps.${at}.body`] }}
          />
        </section>
      ))}
      {steps.length < stepsMax && (
        <Button onClick={() => onChange([...steps, { waitDays: 3, subject: null, body: '' }])}>
          Add a mail for those who do not answer
        </Button>
      )}
    </div>
  );
}

interface MailProps {
  step: Step;
  mayAnswer: boolean;
  onChange: (patch: Partial<Step>) => void;
  errors: { subject: string | undefined; body: string | undefined };
}

/** Subject and text of one mail, with templates and fields at hand. */
export function MailFields({ step, mayAnswer, onChange, errors }: MailProps) {
  const templates = useApiQuery(listMailTemplates, {});
  const rows = templates.data?.rows ?? [];
  return (
    <>
      {rows.length > 0 && (
        <Select
          label="Template"
          placeholder="Write your own, or take one"
          data={rows.map((row) => ({ value: row.id, label: row.name }))}
          value={null}
          onChange={(id) => {
            const found = rows.find((row) => row.id === id);
            if (found) onChange({ subject: found.subject, body: found.body });
          }}
        />
      )}
      <TextInput
        label="Subject"
        required={!mayAnswer}
        placeholder={mayAnswer ? 'Empty answers in the same conversation' : ''}
        value={step.subject ?? ''}
        error={errors.subject}
        onChange={(event) => {
          const text = event.currentTarget.value;
          onChange({ subject: text === '' && mayAnswer ? null : text });
        }}
      />
      <Textarea
        label="Text"
        required
        autosize
        minRows={6}
        maxRows={20}
        value={step.body}
        error={errors.body}
        description="{{first_name}} stands for what is known of a creator; {{first_name|there}} says what to write when it is not."
        onChange={(event) => onChange({ body: event.currentTarget.value })}
      />
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="subtle" color="gray" style={{ justifySelf: 'start' }}>
            Insert a field
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {mergeFields.map((field) => (
            <Menu.Item key={field} onClick={() => onChange({ body: `${step.body}{{${field}}}` })}>
              {mergeFieldWords[field]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
