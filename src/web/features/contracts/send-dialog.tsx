import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { linkContract, sendContracts } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { contractNouns, inTwoWeeks } from './words.ts';

/** Offers drafts; afterwards says who was not reached by mail, with a link to copy, and what could not go out. */
export function SendDialog({ contractIds, onClose }: { contractIds: readonly string[]; onClose: () => void }) {
  const [outcome, setOutcome] = useState<OutputOf<typeof sendContracts> | null>(null);
  const send = useApiMutation(sendContracts, { invalidate: contractNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { expiresOn: inTwoWeeks(), message: '' },
    send: async (values) => setOutcome(await send.mutateAsync({ contractIds: [...contractIds], ...values })),
  });
  if (outcome !== null) return <Outcome outcome={outcome} onClose={onClose} />;
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Send ${formatPlural(contractIds.length, 'contract')}`}
      submitLabel="Send"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput
        type="date"
        label="Open until"
        description="The offer lapses at the end of this day"
        required
        {...form.getInputProps('expiresOn')}
      />
      <Textarea label="A word to go with it" autosize minRows={3} maxLength={2000} {...form.getInputProps('message')} />
    </FormDialog>
  );
}

function Outcome({ outcome, onClose }: { outcome: OutputOf<typeof sendContracts>; onClose: () => void }) {
  const { sent, mailed, withoutMail, refused } = outcome;
  return (
    <Modal opened onClose={onClose} title={`${formatPlural(sent, 'contract')} sent, ${mailed} by mail`} size="lg">
      <div className="form">
        {refused.length > 0 && (
          <section className="stack">
            <b>Not sent</b>
            <ul className="list">
              {refused.map((one) => (
                <li key={one.contractId}>
                  <b>{one.name === '' ? one.contractId : one.name}</b> <span className="ink-2">{one.message}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {withoutMail.length > 0 && (
          <section className="stack">
            <b>To send by hand</b>
            <p className="ink-2">{withoutMail[0]?.reason}</p>
            <ul className="ctr-links">
              {withoutMail.map((one) => (
                <li key={one.contractId}>
                  <span>{one.name}</span>
                  <LinkButton contractId={one.contractId} />
                </li>
              ))}
            </ul>
          </section>
        )}
        {refused.length + withoutMail.length === 0 && (
          <p className="ink-2">
            Each creator has a mail with a link of their own, and finds the contract in the portal.
          </p>
        )}
        <div className="acts">
          <Button variant="filled" onClick={onClose}>
            Done
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** Makes a personal link and shows it to be copied. */
export function LinkButton({ contractId }: { contractId: string }) {
  const [link, setLink] = useState<string | null>(null);
  const make = useApiMutation(linkContract, {
    invalidate: ['contracts'],
    onSuccess: (made) => setLink(made.link),
    onError: (error) => sayFailed('No link made', error),
  });
  if (link !== null) return <CopyField label="personal link" value={link} />;
  return (
    <Button loading={make.isPending} onClick={() => make.mutate({ contractId })}>
      Make a link
    </Button>
  );
}
