import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type Again, agains, type Relationship, saveOpinion } from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { againTones, againWords } from './words.ts';

/** Would we work with them again? Each person's newest word holds; what they said before stays readable. */
export function OpinionSection({ relationship }: { relationship: Relationship }) {
  const mayWrite = useCan('campaigns:write');
  const [isOpen, setOpen] = useState(false);
  const { opinions } = relationship;
  return (
    <Section title="Work with again?" note={opinions.length === 0 ? 'nobody said' : ''}>
      <ul className="list" aria-label="Would work with again">
        {opinions.map((opinion) => (
          <li key={opinion.id} className={opinion.holds ? 'rel-opinion' : 'rel-opinion rel-past'}>
            <Tag tone={opinion.holds ? againTones[opinion.again] : 'plain'}>{againWords[opinion.again]}</Tag>
            <div>
              <span>{opinion.reason}</span>
              <span className="meta block">
                {opinion.by}, {formatWhen(opinion.at)}
                {opinion.campaign === null ? '' : `, on ${opinion.campaign.name}`}
                {opinion.holds ? '' : '. Thought otherwise later'}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {mayWrite && <Button onClick={() => setOpen(true)}>Say what you think</Button>}
      {isOpen && <OpinionDialog relationship={relationship} onClose={() => setOpen(false)} />}
    </Section>
  );
}

function OpinionDialog({ relationship, onClose }: { relationship: Relationship; onClose: () => void }) {
  const [again, setAgain] = useState<Again>('yes');
  const save = useApiMutation(saveOpinion, { invalidate: ['relationships'] });
  const { form, onSubmit, isBusy, failure } = useApiForm<{ reason: string; campaignId: string }>({
    initialValues: { reason: '', campaignId: relationship.campaigns[0]?.campaign.id ?? '' },
    send: ({ reason, campaignId }) =>
      save
        .mutateAsync({
          personId: relationship.personId,
          again,
          reason,
          campaignId: campaignId === '' ? null : campaignId,
        })
        .then(() => {
          sayDone('Noted');
          onClose();
        }),
  });
  const campaigns = relationship.campaigns.map(({ campaign }) => ({ value: campaign.id, label: campaign.name }));
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Work with ${relationship.name} again?`}
      submitLabel="Keep it"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Segments
        label="Again"
        value={again}
        onChange={setAgain}
        options={agains.map((value) => ({ value, label: againWords[value] }))}
      />
      <Textarea label="Why" required autosize minRows={2} {...form.getInputProps('reason')} />
      {campaigns.length > 0 && (
        <Select
          label="On which campaign"
          data={[{ value: '', label: 'In general' }, ...campaigns]}
          allowDeselect={false}
          {...form.getInputProps('campaignId')}
        />
      )}
    </FormDialog>
  );
}
