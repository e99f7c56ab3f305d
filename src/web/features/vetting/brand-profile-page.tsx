import { Button, NumberInput, TagsInput, Textarea, TextInput } from '@mantine/core';
import { type BrandProfile, getBrandProfile, putBrandProfile } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { audienceFaults, audienceText, readAudienceText } from './audience-text.ts';
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

interface WordField {
  name: 'handles' | 'values' | 'niches' | 'keywords' | 'noGoWords' | 'competitors';
  label: string;
  description: string;
}

const matched: WordField[] = [
  { name: 'handles', label: 'Your accounts', description: 'So that creators who mention you already are told' },
  { name: 'values', label: 'Values', description: 'What the brand stands for: repair, slow food, women in sport' },
  { name: 'niches', label: 'Niches', description: 'Topics your creators should be about: baking, slow mornings' },
  { name: 'keywords', label: 'Keywords', description: 'Words you hope to find in bios, captions and hashtags' },
];
const avoided: WordField[] = [
  { name: 'noGoWords', label: 'No-go words', description: 'Words that must not appear; each post with one is a flag' },
  { name: 'competitors', label: 'Competitors', description: 'Names or handles; each post that names one is a flag' },
];

type FormValues = Record<WordField['name'], string[]> & {
  brief: string;
  competitorDays: number;
  audience: string;
  from: string;
  to: string;
};

function daysFault(to: string, { from }: FormValues): string | null {
  if ((to === '') !== (from === '')) return 'Give both days, or neither';
  return to < from ? 'The last day lies before the first' : null;
}

function ProfileForm({ profile }: { profile: BrandProfile }) {
  const mayEdit = useCan('vetting:write');
  const put = useApiMutation(putBrandProfile, { invalidate: ['brandProfile', 'vetting'] });
  const { niches, keywords, noGoWords, competitors, brief, values, handles, competitorDays, exclusivity } = profile;
  const initialValues: FormValues = {
    ...{ niches, keywords, noGoWords, competitors, brief, values, handles, competitorDays },
    audience: audienceText(profile.audience),
    from: exclusivity?.from ?? '',
    to: exclusivity?.to ?? '',
  };
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues,
    validate: {
      audience: audienceFaults,
      to: daysFault,
    },
    send: async ({ audience, from, to, ...rest }) => {
      await put.mutateAsync({
        ...rest,
        audience: readAudienceText(audience),
        exclusivity: from === '' ? null : { from, to },
      });
      sayDone('Saved: every report is checked against it when next opened');
    },
  });
  const words = (field: WordField) => (
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
  );
  return (
    <form className="form vt-brand" onSubmit={onSubmit}>
      {failure && <FormAlert>{failure}</FormAlert>}
      <Textarea
        label="Brief"
        description="What the brand is and whom it looks for. Creators' texts and topics are matched with it; it is read in English."
        autosize
        minRows={4}
        maxRows={14}
        maxLength={20_000}
        disabled={!mayEdit}
        {...form.getInputProps('brief')}
      />
      {matched.map(words)}
      <Textarea
        label="Audience you want"
        description="One a line: country DE 60. Shares in per cent; country, state, city, age, gender, language or interest."
        autosize
        minRows={2}
        disabled={!mayEdit}
        {...form.getInputProps('audience')}
      />
      {avoided.map(words)}
      <NumberInput
        label="Days without a competitor"
        description="A post for a competitor within so many days before today, or before the exclusive days, is a conflict"
        min={1}
        max={1095}
        allowDecimal={false}
        disabled={!mayEdit}
        {...form.getInputProps('competitorDays')}
      />
      <div className="row">
        <TextInput type="date" label="Exclusive from" disabled={!mayEdit} {...form.getInputProps('from')} />
        <TextInput type="date" label="Exclusive to" disabled={!mayEdit} {...form.getInputProps('to')} />
      </div>
      <p className="meta">
        Words that no brand wants are looked for in any case: <AppLink to="/brand-safety">brand safety</AppLink>.
      </p>
      <div className="acts">
        <Button type="submit" variant="filled" loading={isBusy} disabled={!mayEdit}>
          Save brand profile
        </Button>
      </div>
    </form>
  );
}
