import { Checkbox, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { platformNames, platforms } from '#kernel/platform.ts';
import { rightsChannels } from '#modules/contracts/api.ts';
import { Section } from '#web/ui/section.tsx';
import { CountInput, DayInput, type FieldsProps, Rows } from './field-parts.tsx';
import { channelNames } from './words.ts';

const starts = [
  { value: 'live', label: 'the post is live' },
  { value: 'signed', label: 'both signed' },
  { value: 'date', label: 'a day' },
] as const;

/** What the brand may do with the content, and what the creator keeps from doing. */
export function RightsFields({ terms, onChange }: FieldsProps) {
  const { exclusivity, whitelisting } = terms;
  return (
    <>
      <Section title="Usage rights">
        <Rows
          rows={terms.usageRights}
          addLabel="Add a right"
          removeLabel="Remove right"
          fresh={() => ({
            channels: ['brand_social' as const],
            paid: false,
            territory: 'worldwide',
            startsAt: 'live' as const,
            from: null,
            days: 90,
            exclusive: false,
            mayEdit: false,
            pieces: [],
          })}
          onChange={(usageRights) => onChange({ usageRights })}
        >
          {(row, change) => (
            <>
              <MultiSelect
                label="Channels"
                required
                data={rightsChannels.map((value) => ({ value, label: channelNames[value] }))}
                value={row.channels}
                onChange={(values) => change({ channels: rightsChannels.filter((one) => values.includes(one)) })}
              />
              <TextInput
                label="Where"
                required
                maxLength={120}
                value={row.territory}
                onChange={(event) => change({ territory: event.currentTarget.value })}
              />
              <Select
                label="From when"
                allowDeselect={false}
                data={[...starts]}
                value={row.startsAt}
                onChange={(value) => change({ startsAt: starts.find((one) => one.value === value)?.value ?? 'live' })}
              />
              {row.startsAt === 'date' && (
                <DayInput label="Day" value={row.from} onChange={(from) => change({ from })} />
              )}
              <CountInput
                label="Days"
                description="Empty: without end"
                min={1}
                max={36_500}
                value={row.days}
                onChange={(days) => change({ days })}
              />
              <Checkbox
                label="Paid advertising too"
                checked={row.paid}
                onChange={(event) => change({ paid: event.currentTarget.checked })}
              />
              <Checkbox
                label="Exclusive"
                checked={row.exclusive}
                onChange={(event) => change({ exclusive: event.currentTarget.checked })}
              />
              <Checkbox
                label="May be edited"
                checked={row.mayEdit}
                onChange={(event) => change({ mayEdit: event.currentTarget.checked })}
              />
            </>
          )}
        </Rows>
      </Section>
      <Section title="Exclusivity and access">
        <Checkbox
          label="The creator advertises for no competitor"
          checked={exclusivity !== null}
          onChange={(event) =>
            onChange({
              exclusivity: event.currentTarget.checked
                ? { category: 'the same kind of product', competitors: [], daysBefore: 0, days: 30 }
                : null,
            })
          }
        />
        {exclusivity !== null && (
          <div className="ctr-row">
            <TextInput
              label="Category"
              required
              maxLength={120}
              value={exclusivity.category}
              onChange={(event) => onChange({ exclusivity: { ...exclusivity, category: event.currentTarget.value } })}
            />
            <TagsInput
              label="Competitors by name"
              value={exclusivity.competitors}
              maxTags={50}
              onChange={(competitors) => onChange({ exclusivity: { ...exclusivity, competitors } })}
            />
            <CountInput
              label="Days before the first post"
              max={3650}
              value={exclusivity.daysBefore}
              onChange={(days) => onChange({ exclusivity: { ...exclusivity, daysBefore: days ?? 0 } })}
            />
            <CountInput
              label="Days after the last post"
              min={1}
              max={3650}
              value={exclusivity.days}
              onChange={(days) => onChange({ exclusivity: { ...exclusivity, days: days ?? 1 } })}
            />
          </div>
        )}
        <Checkbox
          label="The brand may advertise from the creator’s account"
          checked={whitelisting !== null}
          onChange={(event) =>
            onChange({ whitelisting: event.currentTarget.checked ? { platforms: ['instagram'], days: 30 } : null })
          }
        />
        {whitelisting !== null && (
          <div className="ctr-row">
            <MultiSelect
              label="On"
              required
              data={platforms.map((value) => ({ value, label: platformNames[value] }))}
              value={whitelisting.platforms}
              onChange={(values) =>
                onChange({
                  whitelisting: { ...whitelisting, platforms: platforms.filter((one) => values.includes(one)) },
                })
              }
            />
            <CountInput
              label="Days"
              min={1}
              max={365}
              value={whitelisting.days}
              onChange={(days) => onChange({ whitelisting: { ...whitelisting, days: days ?? 1 } })}
            />
          </div>
        )}
      </Section>
    </>
  );
}
