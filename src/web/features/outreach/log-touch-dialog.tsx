import { Select, Textarea } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { channels, logTouch } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { channelWords, outcomeWords } from './words.ts';

type Channel = (typeof channels)[number];
type Outcome = 'reached' | 'no_answer' | 'interested' | 'declined' | 'call_back' | 'other';
const outcomes: Outcome[] = ['reached', 'no_answer', 'interested', 'declined', 'call_back', 'other'];

interface Values extends Record<string, unknown> {
  channel: Channel;
  direction: 'in' | 'out';
  outcome: Outcome | null;
  note: string;
  at: string | null;
}

/** Notes what happened outside of mail. */
export function LogTouchDialog({ personId, onClose }: { personId: string; onClose: () => void }) {
  const log = useApiMutation(logTouch, { invalidate: ['threads', 'creators'] });
  const { form, onSubmit, isBusy, failure } = useApiForm<Values>({
    initialValues: { channel: 'dm', direction: 'out', outcome: null, note: '', at: null },
    send: async ({ at, ...values }) => {
      await log.mutateAsync({ personId, ...values, ...(at === null ? {} : { at: new Date(at).toISOString() }) });
      sayDone('Noted');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Note a call or message"
      submitLabel="Keep the note"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Select
        label="Where"
        allowDeselect={false}
        data={channels.map((value) => ({ value, label: channelWords[value] }))}
        {...form.getInputProps('channel')}
      />
      <Select
        label="Who began"
        allowDeselect={false}
        data={[
          { value: 'out', label: 'We did' },
          { value: 'in', label: 'The creator did' },
        ]}
        {...form.getInputProps('direction')}
      />
      <Textarea label="What was said" required autosize minRows={3} maxRows={12} {...form.getInputProps('note')} />
      <Select
        label="Outcome"
        clearable
        data={outcomes.map((value) => ({ value, label: outcomeWords[value] ?? value }))}
        {...form.getInputProps('outcome')}
      />
      <DateTimePicker label="When" placeholder="Now" clearable {...form.getInputProps('at')} />
    </FormDialog>
  );
}
