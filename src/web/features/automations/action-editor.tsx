import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { type ActionUse, type AutomationCatalogue, actionsMax } from '#modules/automations/api.ts';
import { listCampaigns } from '#modules/campaigns/api.ts';
import { listTemplates } from '#modules/contracts/api.ts';
import { listLists } from '#modules/discovery/api.ts';
import { listSequences } from '#modules/outreach/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { Section } from '#web/ui/section.tsx';

interface Props {
  known: AutomationCatalogue;
  trigger: string;
  actions: ActionUse[];
  messageAt: (field: string) => string | undefined;
  onChange: (actions: ActionUse[]) => void;
}

type Field = AutomationCatalogue['actions'][number]['fields'][number];

/** What is done, one after the other; the first that fails stops the rest. */
export function ActionEditor({ known, trigger, actions, messageAt, onChange }: Props) {
  const gives = known.triggers.find((one) => one.event === trigger)?.gives ?? [];
  const canBe = (needs: readonly string[]) =>
    needs.every(
      (need) =>
        gives.includes(need) || (need === 'enrolment' && gives.includes('creator') && gives.includes('campaign')),
    );
  const possible = known.actions.filter((action) => canBe(action.needs));
  const groups = [...new Set(possible.map((one) => one.group))].map((group) => ({
    group,
    items: possible.filter((one) => one.group === group).map(({ id, title }) => ({ value: id, label: title })),
  }));
  const put = (at: number, next: ActionUse) => onChange(actions.map((one, i) => (i === at ? next : one)));
  return (
    <Section
      title="Then"
      note="in this order; the first that fails stops the rest"
      end={
        actions.length < actionsMax && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onChange([...actions, { action: 'task.add', settings: {} }])}
          >
            Add an action
          </Button>
        )
      }
    >
      <div className="stack">
        {actions.map((use, at) => {
          const about = known.actions.find((one) => one.id === use.action);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an action has no id, and its place is what it is edited by.
            <div className="au-part" key={at}>
              <div className="au-fields">
                <Select
                  label={`${at + 1}. Do`}
                  data={groups}
                  searchable
                  allowDeselect={false}
                  value={use.action}
                  error={messageAt(`actions.${at}.action`)}
                  onChange={(next) => put(at, { action: next ?? use.action, settings: {} })}
                />
                {actions.length > 1 && (
                  <Button variant="subtle" color="gray" onClick={() => onChange(actions.filter((_, i) => i !== at))}>
                    Take it out
                  </Button>
                )}
              </div>
              <div className="au-fields">
                {about?.fields.map((field) => (
                  <FieldInput
                    key={field.name}
                    field={field}
                    value={use.settings[field.name] ?? ''}
                    error={messageAt(`actions.${at}.settings.${field.name}`)}
                    onChange={(value) => put(at, { ...use, settings: { ...use.settings, [field.name]: value } })}
                  />
                ))}
              </div>
            </div>
          );
        })}
        <p className="meta">
          Texts may name{' '}
          {known.placeholders.map(({ name, title }) => `{{${name}}} (${title.toLowerCase()})`).join(', ')}.
        </p>
      </div>
    </Section>
  );
}

interface InputProps {
  field: Field;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

function FieldInput({ field, value, error, onChange }: InputProps) {
  const common = { label: field.label, required: field.isRequired, error };
  const typed = {
    ...common,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  switch (field.kind) {
    case 'longtext':
      return <Textarea {...typed} autosize minRows={2} />;
    case 'choice':
      return (
        <Select
          {...common}
          data={field.choices}
          value={value === '' ? null : value}
          onChange={(next) => onChange(next ?? '')}
        />
      );
    case 'list':
      return <ListInput {...{ field, value, error, onChange }} />;
    case 'campaign':
      return <CampaignInput {...{ field, value, error, onChange }} />;
    case 'template':
      return <TemplateInput {...{ field, value, error, onChange }} />;
    case 'sequence':
      return <SequenceInput {...{ field, value, error, onChange }} />;
    case 'tags':
      return <TextInput {...typed} placeholder="vip, spring" />;
    case 'days':
    case 'number':
      return <TextInput {...typed} inputMode="decimal" />;
    default:
      return <TextInput {...typed} />;
  }
}

interface Choices {
  value: string;
  label: string;
}

function ChoiceInput({ field, value, error, onChange, data }: InputProps & { data: Choices[] }) {
  return (
    <Select
      label={field.label}
      required={field.isRequired}
      clearable={!field.isRequired}
      error={error}
      data={data}
      searchable
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

const toChoices = (rows: readonly { id: string; name: string }[] | undefined): Choices[] =>
  (rows ?? []).map(({ id, name }) => ({ value: id, label: name }));

function ListInput(props: InputProps) {
  return <ChoiceInput {...props} data={toChoices(useApiQuery(listLists, {}).data?.rows)} />;
}

function CampaignInput(props: InputProps) {
  return <ChoiceInput {...props} data={toChoices(useApiQuery(listCampaigns, {}).data?.rows)} />;
}

function TemplateInput(props: InputProps) {
  return <ChoiceInput {...props} data={toChoices(useApiQuery(listTemplates, {}).data?.templates)} />;
}

function SequenceInput(props: InputProps) {
  return <ChoiceInput {...props} data={toChoices(useApiQuery(listSequences, {}).data?.rows)} />;
}
