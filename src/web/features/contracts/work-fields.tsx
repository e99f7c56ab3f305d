import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { platformNames, platforms } from '#kernel/platform.ts';
import { MoneyInput } from '#web/ui/money-input.tsx';
import { Section } from '#web/ui/section.tsx';
import { CountInput, DayInput, type FieldsProps, Rows } from './field-parts.tsx';

/** What is made, when, and how drafts are dealt with. */
export function WorkFields({ terms, currency, onChange }: FieldsProps) {
  const { product } = terms;
  return (
    <>
      <Section title="When">
        <div className="ctr-row">
          <DayInput label="Starts on" value={terms.startsOn} onChange={(startsOn) => onChange({ startsOn })} />
          <DayInput label="Ends on" value={terms.endsOn} onChange={(endsOn) => onChange({ endsOn })} />
          <CountInput
            label="Notice to cancel, days"
            description="Empty: only for cause"
            max={365}
            value={terms.cancelDays}
            onChange={(cancelDays) => onChange({ cancelDays })}
          />
        </div>
      </Section>
      <Section title="Deliverables">
        <Rows
          rows={terms.deliverables}
          addLabel="Add a deliverable"
          removeLabel="Remove deliverable"
          fresh={() => ({
            platform: 'instagram' as const,
            format: 'post',
            count: 1,
            title: '',
            draftDueOn: null,
            dueOn: null,
            staysDays: null,
          })}
          onChange={(deliverables) => onChange({ deliverables })}
        >
          {(row, change) => (
            <>
              <Select
                label="Platform"
                allowDeselect={false}
                data={platforms.map((value) => ({ value, label: platformNames[value] }))}
                value={row.platform}
                onChange={(value) => change({ platform: platforms.find((one) => one === value) ?? row.platform })}
              />
              <TextInput
                label="Format"
                required
                maxLength={40}
                value={row.format}
                onChange={(event) => change({ format: event.currentTarget.value })}
              />
              <CountInput
                label="How many"
                min={1}
                max={100}
                value={row.count}
                onChange={(count) => change({ count: count ?? 1 })}
              />
              <TextInput
                label="Title"
                maxLength={180}
                value={row.title}
                onChange={(event) => change({ title: event.currentTarget.value })}
              />
              <DayInput label="Draft by" value={row.draftDueOn} onChange={(draftDueOn) => change({ draftDueOn })} />
              <DayInput label="Live by" value={row.dueOn} onChange={(dueOn) => change({ dueOn })} />
              <CountInput
                label="Stays up, days"
                min={1}
                max={3650}
                value={row.staysDays}
                onChange={(staysDays) => change({ staysDays })}
              />
            </>
          )}
        </Rows>
      </Section>
      <Section title="Drafts and goods">
        <div className="ctr-row">
          <CountInput
            label="Rounds of changes"
            max={20}
            value={terms.revisionsMax}
            onChange={(revisionsMax) => onChange({ revisionsMax })}
          />
          <CountInput
            label="Approved without an answer after, business days"
            min={1}
            max={60}
            value={terms.autoApproveAfterBusinessDays}
            onChange={(autoApproveAfterBusinessDays) => onChange({ autoApproveAfterBusinessDays })}
          />
        </div>
        <Checkbox
          label="Goods are given"
          checked={product !== null}
          onChange={(event) =>
            onChange({
              product: event.currentTarget.checked ? { description: 'the product', value: null, mayKeep: true } : null,
            })
          }
        />
        {product !== null && (
          <div className="ctr-row">
            <TextInput
              label="Which goods"
              required
              maxLength={300}
              value={product.description}
              onChange={(event) => onChange({ product: { ...product, description: event.currentTarget.value } })}
            />
            <MoneyInput
              label="Worth"
              currency={currency}
              value={product.value}
              onChange={(value) => onChange({ product: { ...product, value } })}
            />
            <Checkbox
              label="The creator keeps them"
              checked={product.mayKeep}
              onChange={(event) => onChange({ product: { ...product, mayKeep: event.currentTarget.checked } })}
            />
          </div>
        )}
      </Section>
      <Section title="Words">
        <Textarea
          label="How advertising is labelled"
          autosize
          minRows={2}
          maxLength={2000}
          value={terms.disclosure}
          onChange={(event) => onChange({ disclosure: event.currentTarget.value })}
        />
        <Textarea
          label="Also agreed"
          autosize
          minRows={2}
          maxLength={4000}
          value={terms.other}
          onChange={(event) => onChange({ other: event.currentTarget.value })}
        />
        <Checkbox
          label="Either side may end it for harmful conduct"
          checked={terms.morality}
          onChange={(event) => onChange({ morality: event.currentTarget.checked })}
        />
      </Section>
    </>
  );
}
