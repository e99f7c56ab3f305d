import { Button } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { type FormEvent, useState } from 'react';
import { type Submission, scheduleDraft } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { draftNouns } from './words.ts';

/** When an approved draft goes live; the check of the post looks whether it did on that day. */
export function ScheduleDialog({ draft, onClose }: { draft: Submission; onClose: () => void }) {
  const [at, setAt] = useState<string | null>(draft.scheduledFor === null ? null : toLocal(draft.scheduledFor));
  const schedule = useApiMutation(scheduleDraft, {
    invalidate: draftNouns,
    onSuccess: (after) => {
      sayDone(after.scheduledFor === null ? 'No time any more' : 'Scheduled');
      onClose();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (at !== null) schedule.mutate({ submissionId: draft.id, at: new Date(at.replace(' ', 'T')).toISOString() });
  };
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="When does it go live?"
      submitLabel="Schedule"
      onSubmit={onSubmit}
      isBusy={schedule.isPending}
      failure={schedule.error?.message ?? null}
    >
      <DateTimePicker
        label="Day and time"
        description="By the clock of this device"
        value={at}
        onChange={setAt}
        required
        clearable={false}
      />
      {draft.scheduledFor !== null && (
        <div>
          <Button variant="subtle" color="gray" onClick={() => schedule.mutate({ submissionId: draft.id, at: null })}>
            Take the time back
          </Button>
        </div>
      )}
    </FormDialog>
  );
}

function toLocal(instant: string): string {
  const at = new Date(instant);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:00`;
}
