import { Button, TagsInput } from '@mantine/core';
import { type BrandProfile, getBrandProfile, putBrandProfile } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import './vetting.css';

/** What the brand stands for and avoids: the yardstick of brand alignment in every report. */
export function BrandProfilePage() {
  const query = useApiQuery(getBrandProfile, {});
  const saved = query.data;
  return (
    <div className="page">
      <PageHeader
        title="What your brand stands for, and what it avoids"
        sub={
          saved === undefined || saved.updatedAt === null
            ? 'Not saved yet: brand alignment is left out of every report until it is.'
            : `Version ${saved.version}, saved ${formatWhen(saved.updatedAt)} by ${saved.updatedBy ?? 'nobody known'}`
        }
      />
      <QueryState query={query}>{(profile) => <ProfileForm key={profile.version} profile={profile} />}</QueryState>
    </div>
  );
}

const fields = [
  { name: 'niches', label: 'Niches', description: 'Topics your creators should be about: baking, slow mornings' },
  { name: 'keywords', label: 'Keywords', description: 'Words you hope to find in bios, captions and hashtags' },
  { name: 'noGoWords', label: 'No-go words', description: 'Words that must not appear; each post with one is a flag' },
  { name: 'competitors', label: 'Competitors', description: 'Names or handles; each post that names one is a flag' },
] as const;

function ProfileForm({ profile }: { profile: BrandProfile }) {
  const mayEdit = useCan('vetting:write');
  const put = useApiMutation(putBrandProfile, { invalidate: ['brandProfile', 'vetting'] });
  const { niches, keywords, noGoWords, competitors } = profile;
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { niches, keywords, noGoWords, competitors },
    send: async (values) => {
      await put.mutateAsync(values);
      sayDone('Saved: every report is checked against it when next opened');
    },
  });
  return (
    <form className="form vt-brand" onSubmit={onSubmit}>
      {failure && <FormAlert>{failure}</FormAlert>}
      {fields.map((field) => (
        <TagsInput
          key={field.name}
          label={field.label}
          description={field.description}
          placeholder="Type a word and press Enter"
          splitChars={[',', ';']}
          maxTags={200}
          acceptValueOnBlur
          disabled={!mayEdit}
          {...form.getInputProps(field.name)}
        />
      ))}
      <div className="acts">
        <Button type="submit" variant="filled" loading={isBusy} disabled={!mayEdit}>
          Save brand profile
        </Button>
      </div>
    </form>
  );
}
