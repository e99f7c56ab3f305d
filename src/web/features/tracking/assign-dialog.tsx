import { assignAnswer, type SurveyAnswer } from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { CreatorSelect } from './creator-select.tsx';

/** A person says whom an answer names, where the program read it wrong or not at all. */
export function AssignDialog({ answer, onClose }: { answer: SurveyAnswer; onClose: () => void }) {
  const assign = useApiMutation(assignAnswer, { invalidate: ['survey', 'orders', 'attribution'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { personId: answer.creator?.personId ?? null },
    send: async ({ personId }) => {
      const isSame = personId === answer.creator?.personId;
      const campaignId = isSame ? (answer.campaign?.id ?? null) : null;
      const after = await assign.mutateAsync({ answerId: answer.id, personId, campaignId });
      sayDone(after.creator === null ? 'It names nobody' : `It names ${after.creator.name}`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Whom does it name?"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p>
        <q>{answer.answer}</q>
      </p>
      <CreatorSelect
        label="Creator"
        description="Empty: it names nobody"
        known={answer.creator}
        value={form.values.personId}
        onChange={(personId) => form.setFieldValue('personId', personId)}
      />
    </FormDialog>
  );
}
