import { Button, Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  addPlacement,
  type ContentChannel,
  type ContentPlacement,
  contentChannels,
  endPlacement,
} from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import type { WholeAsset } from './whole-asset.ts';
import { channelWords } from './words.ts';

/** Where a piece runs, and whether a right covers it there. */
export function PlacementsSection({ asset, canWrite }: { asset: WholeAsset; canWrite: boolean }) {
  const [isAdding, setAdding] = useState(false);
  const end = useApiMutation(endPlacement, {
    invalidate: ['contentAssets'],
    onSuccess: () => sayDone('It runs there no more'),
    onError: (error) => sayFailed('Not ended', error),
  });
  return (
    <Section title="Where it runs">
      {asset.placementsList.length === 0 && <p className="meta">Nowhere, as far as it is written down.</p>}
      <ul className="ct-lines">
        {asset.placementsList.map((run) => (
          <li key={run.id}>
            <div>
              <span>
                {channelWords[run.channel]}: {run.place}
              </span>
              <span className="meta block">{sayRun(run)}</span>
              {run.uncovered !== null && run.state !== 'over' && (
                <Status tone={run.reason === null ? 'bad' : 'warn'}>
                  {run.uncovered} {run.reason === null ? '' : `Runs all the same: ${run.reason}`}
                </Status>
              )}
            </div>
            {canWrite && run.state !== 'over' && (
              <Button
                size="compact-md"
                variant="subtle"
                color="gray"
                loading={end.isPending}
                aria-label={`Say that it runs no more on ${run.place}`}
                onClick={() => end.mutate({ placementId: run.id })}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {canWrite && (
        <div className="acts">
          <Button onClick={() => setAdding(true)}>Add a place</Button>
        </div>
      )}
      {isAdding && <AddPlace assetId={asset.id} onClose={() => setAdding(false)} />}
    </Section>
  );
}

function sayRun(run: ContentPlacement): string {
  const until = run.endsOn === null ? 'until it is stopped' : `to ${formatDate(run.endsOn, 'UTC')}`;
  const state = { planned: 'planned', running: 'running', over: 'over' }[run.state];
  return `${state}, ${run.paid ? 'paid' : 'organic'}, ${run.territory}, from ${formatDate(run.startsOn, 'UTC')}, ${until}`;
}

function AddPlace({ assetId, onClose }: { assetId: string; onClose: () => void }) {
  const add = useApiMutation(addPlacement, { invalidate: ['contentAssets'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      channel: 'brand_social' as ContentChannel,
      place: '',
      paid: false,
      territory: 'worldwide',
      startsOn: '',
      endsOn: '',
      reason: '',
    },
    send: async ({ startsOn, endsOn, reason, ...values }) => {
      await add.mutateAsync({
        ...values,
        assetId,
        endsOn: endsOn === '' ? null : endsOn,
        ...(startsOn === '' ? {} : { startsOn }),
        ...(reason === '' ? {} : { reason }),
      });
      onClose();
    },
  });
  const isUncovered = form.errors.reason !== undefined || form.values.reason !== '';
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Where it runs"
      submitLabel="Add the place"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="Channel"
        data={contentChannels.map((value) => ({ value, label: channelWords[value] }))}
        allowDeselect={false}
        {...form.getInputProps('channel')}
      />
      <TextInput
        label="Place"
        description="A page, an account, a campaign in an ad manager"
        required
        {...form.getInputProps('place')}
      />
      <Checkbox label="Paid advertising" {...form.getInputProps('paid', { type: 'checkbox' })} />
      <TextInput label="Territory" required {...form.getInputProps('territory')} />
      <div className="row row-3">
        <TextInput
          className="grow"
          type="date"
          label="From"
          description="Today when empty"
          {...form.getInputProps('startsOn')}
        />
        <TextInput
          className="grow"
          type="date"
          label="Last day"
          description="Until it is stopped when empty"
          {...form.getInputProps('endsOn')}
        />
      </div>
      {isUncovered && (
        <Textarea label="Why it may run all the same" autosize minRows={2} {...form.getInputProps('reason')} />
      )}
    </FormDialog>
  );
}
