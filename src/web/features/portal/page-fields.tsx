import { Checkbox, ColorInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { listCampaigns } from '#modules/campaigns/api.ts';
import { listLists } from '#modules/discovery/api.ts';
import type { ApplicationPage } from '#modules/portal/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';

export type Draft = Omit<
  ApplicationPage,
  'id' | 'address' | 'hasLogo' | 'waiting' | 'createdBy' | 'createdAt' | 'updatedAt' | 'funnel'
>;

interface Props {
  draft: Draft;
  errors: Record<string, string>;
  set: (patch: Partial<Draft>) => void;
}

/** Words, address and where approved creators go. */
export function GeneralFields({ draft, errors, set }: Props) {
  const text = (field: 'title' | 'slug' | 'category') => ({
    value: draft[field] ?? '',
    error: errors[field],
    onChange: (event: { currentTarget: { value: string } }) => set({ [field]: event.currentTarget.value }),
  });
  return (
    <div className="prt-form">
      <div className="two">
        <TextInput label="Title" required maxLength={120} {...text('title')} />
        <TextInput label="Last part of the address" required maxLength={63} {...text('slug')} />
      </div>
      <Textarea
        label="Introduction"
        maxLength={5000}
        value={draft.intro}
        error={errors.intro}
        onChange={(event) => set({ intro: event.currentTarget.value })}
      />
      <div className="two">
        <Select
          label="Who may apply"
          data={[
            { value: 'open', label: 'Anybody' },
            { value: 'invite', label: 'Only who has the whole link' },
          ]}
          value={draft.access}
          onChange={(value) => set({ access: value === 'invite' ? 'invite' : 'open' })}
        />
        <TextInput
          label="Open until"
          type="date"
          value={draft.closesOn ?? ''}
          error={errors.closesOn}
          onChange={(event) => set({ closesOn: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        />
        <ColorInput
          label="Colour of the brand"
          format="hex"
          withEyeDropper={false}
          value={draft.accent ?? ''}
          error={errors.accent}
          onChange={(accent) => set({ accent: accent === '' ? null : accent.toLowerCase() })}
        />
        <TextInput label="Category" maxLength={60} placeholder="Food" {...text('category')} />
      </div>
      <Checkbox
        label="List it among the open programs of this installation, for anybody to see"
        checked={draft.isListed}
        onChange={(event) => set({ isListed: event.currentTarget.checked })}
      />
      <Targets draft={draft} errors={errors} set={set} />
      <Textarea
        label="What applicants agree to"
        description="Left empty, they agree that you may keep what they send to decide on it."
        maxLength={5000}
        value={draft.consent}
        onChange={(event) => set({ consent: event.currentTarget.value })}
      />
    </div>
  );
}

function Targets({ draft, errors, set }: Props) {
  const campaigns = useApiQuery(listCampaigns, { limit: 200 });
  const lists = useApiQuery(listLists, {});
  return (
    <div className="two">
      <Select
        label="Approved creators go on the campaign"
        placeholder="None"
        clearable
        searchable
        data={campaigns.data?.rows.map((row) => ({ value: row.id, label: row.name })) ?? []}
        value={draft.campaignId}
        error={errors.campaignId}
        onChange={(campaignId) => set({ campaignId })}
      />
      <Select
        label="and on the list"
        placeholder="None"
        clearable
        searchable
        data={lists.data?.rows.map((row) => ({ value: row.id, label: row.name })) ?? []}
        value={draft.listId}
        error={errors.listId}
        onChange={(listId) => set({ listId })}
      />
      <TagsInput label="and get the tags" maxTags={10} value={draft.tags} onChange={(tags) => set({ tags })} />
    </div>
  );
}
