import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { listCampaigns } from '#modules/campaigns/api.ts';
import { createRosterCodes, createRosterLinks, previewRosterCodes } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { readInstant, trackingNouns } from './words.ts';

/** Gives each creator of a campaign a link and a code; who has one keeps it. */
export function RosterDialog({ campaignId, onClose }: { campaignId: string | null; onClose: () => void }) {
  const campaigns = useApiQuery(listCampaigns, { limit: 200 }, { enabled: campaignId === null });
  const links = useApiMutation(createRosterLinks, { invalidate: trackingNouns });
  const codes = useApiMutation(createRosterCodes, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      campaignId: campaignId ?? '',
      withLinks: true,
      withCodes: true,
      destination: '',
      percent: 10 as number | string,
      pattern: '{NAME}{VALUE}',
      endsAt: '',
    },
    validate: {
      campaignId: (value) => (value === '' ? 'Choose a campaign' : null),
      percent: (value, values) =>
        values.withCodes && !(Number(value) > 0 && Number(value) <= 100) ? 'Between 0 and 100' : null,
    },
    send: async (values) => {
      const of = { campaignId: values.campaignId };
      const done: string[] = [];
      if (values.withLinks) {
        const made = await links.mutateAsync({
          ...of,
          ...(values.destination.trim() === '' ? {} : { destination: values.destination }),
        });
        done.push(formatPlural(made.created, 'link'));
      }
      if (values.withCodes) {
        const made = await codes.mutateAsync({
          ...of,
          pattern: values.pattern,
          kind: 'percent',
          percent: Number(values.percent),
          endsAt: readInstant(values.endsAt),
        });
        done.push(formatPlural(made.created, 'code'));
      }
      sayDone(`Made ${done.join(' and ')}`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="A link and a code for each creator"
      submitLabel="Make them"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      {campaignId === null && (
        <Select
          label="Campaign"
          required
          searchable
          data={(campaigns.data?.rows ?? []).map((campaign) => ({ value: campaign.id, label: campaign.name }))}
          {...form.getInputProps('campaignId')}
        />
      )}
      <Checkbox label="Short links" {...form.getInputProps('withLinks', { type: 'checkbox' })} />
      {form.values.withLinks && (
        <TextInput
          label="Lead to"
          description="The campaign's landing page when left empty"
          placeholder="https://shop.example/spring"
          {...form.getInputProps('destination')}
        />
      )}
      <Checkbox label="Discount codes" {...form.getInputProps('withCodes', { type: 'checkbox' })} />
      {form.values.withCodes && (
        <>
          <div className="trk-two">
            <NumberInput label="Discount, percent" min={0} max={100} {...form.getInputProps('percent')} />
            <TextInput
              label="Pattern"
              description="{NAME} {HANDLE} {PERCENT} {RANDOM} {RANDOM6}"
              {...form.getInputProps('pattern')}
            />
          </div>
          <TextInput label="Codes end" type="datetime-local" {...form.getInputProps('endsAt')} />
          <CodesPreview
            campaignId={form.values.campaignId}
            pattern={form.values.pattern}
            percent={Number(form.values.percent)}
          />
          <p className="meta">
            They are made in the connected shops that take every new code; for others load them by Export.
          </p>
        </>
      )}
    </FormDialog>
  );
}

const shownMax = 6;

/** What the pattern would give, before anything is made. */
function CodesPreview({ campaignId, pattern, percent }: { campaignId: string; pattern: string; percent: number }) {
  const isAskable = campaignId !== '' && percent > 0 && percent <= 100;
  const query = useApiQuery(
    previewRosterCodes,
    { campaignId, pattern, percent },
    { enabled: isAskable, keepPrevious: true, retry: false },
  );
  if (!isAskable) return null;
  if (query.error !== null) return <p className="bad">{query.error.message}</p>;
  if (query.data === undefined) return <p className="meta">Looking which codes are free</p>;
  const { codes, existing } = query.data;
  return (
    <div role="status">
      <p className="meta">
        {formatPlural(codes.length, 'code')} to make, such as these; random letters are drawn anew
        {existing > 0 && `. ${formatPlural(existing, 'creator')} keep the one they have`}
      </p>
      <ul className="trk-codes">
        {codes.slice(0, shownMax).map((one) => (
          <li key={one.enrolmentId}>
            <b className="clip">{one.code}</b>
            <span className="clip meta">{one.creator?.name ?? 'no creator'}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
