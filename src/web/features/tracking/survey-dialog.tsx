import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type Survey, setSurvey } from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';

const choicesMax = 20;

/** The choices as they are sent. */
export function choiceInputs(survey: Survey) {
  return survey.choices.map(({ label, asks, creator, campaignId }) => ({
    label,
    asks,
    personId: creator?.personId ?? null,
    campaignId,
  }));
}

/** Changes what customers are asked. */
export function SurveyDialog({ survey, onClose }: { survey: Survey; onClose: () => void }) {
  const change = useApiMutation(setSurvey, { invalidate: ['survey'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      question: survey.question,
      thanks: survey.thanks,
      choices: choiceInputs(survey).map((choice) => ({ ...choice, asks: choice.asks ?? '' })),
    },
    send: async (values) => {
      await change.mutateAsync({
        isOpen: survey.isOpen,
        question: values.question,
        thanks: values.thanks,
        choices: values.choices.map((choice) => ({ ...choice, asks: choice.asks.trim() === '' ? null : choice.asks })),
      });
      sayDone('Changed');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="What customers are asked"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Question" required {...form.getInputProps('question')} />
      <fieldset className="trk-set">
        <legend>Choices</legend>
        {form.values.choices.map((choice, at) => (
          // Choices have no name of their own: a place is what they are.
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is edited by place.
          <div className="trk-line" key={at}>
            <TextInput label={`Choice ${at + 1}`} {...form.getInputProps(`choices.${at}.label`)} />
            <TextInput
              label="Then asks"
              placeholder={choice.personId === null ? 'Nothing more' : 'Names a creator'}
              {...form.getInputProps(`choices.${at}.asks`)}
            />
            <ActionIcon
              aria-label={`Remove choice ${at + 1}`}
              disabled={form.values.choices.length === 1}
              onClick={() => form.removeListItem('choices', at)}
            >
              <IconX size={16} stroke={1.6} />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            disabled={form.values.choices.length >= choicesMax}
            onClick={() => form.insertListItem('choices', { label: '', asks: '', personId: null, campaignId: null })}
          >
            Add a choice
          </Button>
        </div>
      </fieldset>
      <TextInput label="Shown after the answer" required {...form.getInputProps('thanks')} />
    </FormDialog>
  );
}
