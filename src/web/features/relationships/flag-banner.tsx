import { Button, Textarea } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useState } from 'react';
import { liftFlag, type Relationship, type setFlag } from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** Says not to work with a creator, why, and lets a person overrule it with a reason. */
export function FlagBanner({ relationship }: { relationship: Relationship }) {
  const { flag, personId, name } = relationship;
  const { timeZone } = useWorkspace();
  const mayWrite = useCan('campaigns:write');
  const [isLifting, setLifting] = useState(false);
  if (flag === null) return null;
  return (
    <div className="rel-flag" role="alert">
      <IconBan size={20} stroke={1.6} aria-hidden />
      <div>
        <b>Do not work with {name}</b>
        <p>{flag.reason}</p>
        <span className="meta">
          {flag.source === 'rule' ? 'By a rule of the workspace' : `By ${flag.setBy}`},{' '}
          {formatDate(flag.setAt, timeZone)}. They cannot be put on a campaign.
        </span>
      </div>
      {mayWrite && <Button onClick={() => setLifting(true)}>Lift it</Button>}
      {isLifting && (
        <ReasonDialog
          title={`Work with ${name} again?`}
          text="The strikes stay on record. They do not set the flag a second time; a new one may."
          submitLabel="Lift the flag"
          endpoint={liftFlag}
          personId={personId}
          onClose={() => setLifting(false)}
        />
      )}
    </div>
  );
}

interface DialogProps {
  title: string;
  text: string;
  submitLabel: string;
  endpoint: typeof liftFlag | typeof setFlag;
  personId: string;
  onClose: () => void;
}

/** Sets or lifts the flag with the reason that stays. */
export function ReasonDialog({ title, text, submitLabel, endpoint, personId, onClose }: DialogProps) {
  const send = useApiMutation(endpoint, { invalidate: ['relationships', 'doNotWork', 'creators', 'search'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '' },
    send: ({ reason }) =>
      send.mutateAsync({ personId, reason }).then(() => {
        sayDone('Noted');
        onClose();
      }),
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={title}
      submitLabel={submitLabel}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">{text}</p>
      <Textarea label="Why" required autosize minRows={2} {...form.getInputProps('reason')} />
    </FormDialog>
  );
}
