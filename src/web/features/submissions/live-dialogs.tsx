import { Checkbox, Select, Textarea, TextInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { type FormEvent, useState } from 'react';
import { acceptLivePost, enterSeenPost } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { draftNouns, liveWords } from './words.ts';

interface Props {
  submissionId: string;
  onClose: () => void;
}

/** What a person sees of a post no import can read; compared like one, with their name as the source. */
export function SeenDialog({ submissionId, onClose }: Props) {
  const [caption, setCaption] = useState('');
  const [handle, setHandle] = useState('');
  const [postedAt, setPosted] = useState<string | null>(null);
  const [label, setLabel] = useState<string>('unknown');
  const [isGone, setGone] = useState(false);
  const enter = useApiMutation(enterSeenPost, {
    invalidate: draftNouns,
    onSuccess: (live) => {
      sayDone(`Kept: ${liveWords[live.result].label}`);
      onClose();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    enter.mutate({
      submissionId,
      isGone,
      caption: isGone || caption === '' ? null : caption,
      handle: handle === '' ? null : handle,
      postedAt: postedAt === null ? null : new Date(postedAt.replace(' ', 'T')).toISOString(),
      isPaidLabel: label === 'unknown' ? null : label === 'on',
    });
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="What does the post show?"
      submitLabel="Compare"
      onSubmit={onSubmit}
      isBusy={enter.isPending}
      failure={enter.error?.message ?? null}
    >
      <Checkbox label="It is gone" checked={isGone} onChange={(event) => setGone(event.currentTarget.checked)} />
      {!isGone && (
        <>
          <Textarea
            label="Caption, copied from the post"
            autosize
            minRows={4}
            value={caption}
            onChange={(event) => setCaption(event.currentTarget.value)}
          />
          <TextInput
            label="Account"
            placeholder="@name"
            value={handle}
            onChange={(event) => setHandle(event.currentTarget.value)}
          />
          <DateTimePicker label="Posted" value={postedAt} onChange={setPosted} clearable />
          <Select
            label="The platform's own label for paid posts"
            data={[
              { value: 'unknown', label: 'Not looked at' },
              { value: 'on', label: 'It is on' },
              { value: 'off', label: 'It is off' },
            ]}
            value={label}
            onChange={(value) => setLabel(value ?? 'unknown')}
            allowDeselect={false}
          />
        </>
      )}
    </FormDialog>
  );
}

/** Overrules the check, with a reason that stays until the post shows something else. */
export function AcceptDialog({ submissionId, onClose }: Props) {
  const [reason, setReason] = useState('');
  const accept = useApiMutation(acceptLivePost, {
    invalidate: draftNouns,
    onSuccess: () => {
      sayDone('Kept with your reason');
      onClose();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    accept.mutate({ submissionId, reason });
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="The post is in order?"
      submitLabel="It is in order"
      onSubmit={onSubmit}
      isBusy={accept.isPending}
      failure={accept.error?.message ?? null}
    >
      <Textarea
        label="Why"
        required
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
