import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { eraseCreators, type Person, suppress } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useGo } from '#web/shell/use-go.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { nameOf } from './name-of.ts';

interface Props {
  open: 'erase' | 'suppress' | null;
  onClose: () => void;
  person: Person;
}

const touched = ['creators', 'vetting', 'discovery', 'lists', 'roster', 'suppressions'];

/** The two ways to let a creator go: erased here, or erased everywhere and never brought back. */
export function RemoveCreatorDialogs({ open, onClose, person }: Props) {
  const [reason, setReason] = useState('');
  const go = useGo();
  const erase = useApiMutation(eraseCreators, { invalidate: touched });
  const object = useApiMutation(suppress, { invalidate: touched });
  const leave = (text: string) => {
    sayDone(text);
    go('/creators', { replace: true });
  };
  return (
    <>
      <ConfirmDialog
        isOpen={open === 'erase'}
        onClose={onClose}
        title={`Erase ${nameOf(person)}?`}
        confirmLabel="Erase"
        isDangerous
        onConfirm={async () => {
          await erase.mutateAsync({ personIds: [person.id] });
          leave(`${nameOf(person)} is erased`);
        }}
      >
        Everything known of this creator in this workspace goes: profiles, posts, history, reports and verdicts. It
        cannot be undone. A later import may bring the creator back.
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={open === 'suppress'}
        onClose={onClose}
        title={`Keep the objection of ${nameOf(person)}?`}
        confirmLabel="Erase and never bring back"
        isDangerous
        onConfirm={async () => {
          const answer = await object.mutateAsync({
            personId: person.id,
            ...(reason.trim() !== '' && { reason: reason.trim() }),
          });
          leave(`Kept: ${answer.added} handles and addresses never come back`);
        }}
      >
        <p>
          The creator is erased in every workspace of this installation, and no import brings any of the handles or
          addresses back. Only salted hashes of them are kept.
        </p>
        <TextInput
          label="Reason"
          placeholder="asked not to be kept"
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  );
}
