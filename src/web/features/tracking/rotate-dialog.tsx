import { Checkbox, TextInput } from '@mantine/core';
import { type DiscountCode, rotateCode } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { readInstant, trackingNouns } from './words.ts';

interface Props {
  code: DiscountCode;
  onClose: () => void;
  onDone: (codeId: string) => void;
}

const told = {
  mailed: 'The creator is told by mail.',
  mail_off: 'Mail is off: tell the creator yourself.',
  no_address: 'No address is known: tell the creator yourself.',
  nobody: '',
  not_asked: '',
};

/** A new code for the same creator; the old one ends on a day, here and in the shops. */
export function RotateDialog({ code, onClose, onDone }: Props) {
  const rotate = useApiMutation(rotateCode, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { code: '', oldEndsAt: inAWeek(), reason: '', tellsCreator: code.creator !== null },
    validate: {
      oldEndsAt: (value) => (value === '' ? 'Say until when the old code holds' : null),
      reason: (value) => (value.trim().length < 3 ? 'Say why, for the history' : null),
    },
    send: async (values) => {
      const answer = await rotate.mutateAsync({
        codeId: code.id,
        ...(values.code.trim() === '' ? {} : { code: values.code }),
        oldEndsAt: readInstant(values.oldEndsAt) ?? new Date().toISOString(),
        reason: values.reason,
        tellsCreator: values.tellsCreator,
      });
      sayDone(`${answer.code.code} takes over from ${code.code}. ${told[answer.told]}`.trim());
      onClose();
      onDone(answer.code.id);
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Rotate ${code.code}`}
      submitLabel="Make the new code"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="meta">
        The new code has the same terms and the same creator. Until the old one ends both count; afterwards shops refuse
        it.
      </p>
      <TextInput label="Why" required placeholder="On a coupon site" {...form.getInputProps('reason')} />
      <TextInput label="Old code holds until" type="datetime-local" required {...form.getInputProps('oldEndsAt')} />
      <TextInput
        label="New code"
        description="Made from the creator's name with letters nobody guesses when left empty"
        {...form.getInputProps('code')}
      />
      {code.creator !== null && (
        <Checkbox
          label={`Write to ${code.creator.name}`}
          {...form.getInputProps('tellsCreator', { type: 'checkbox' })}
        />
      )}
    </FormDialog>
  );
}

function inAWeek(): string {
  const at = new Date(Date.now() + 7 * 86_400_000);
  at.setMinutes(0 - at.getTimezoneOffset(), 0, 0);
  return at.toISOString().slice(0, 16);
}
