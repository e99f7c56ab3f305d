import { Checkbox, TagsInput } from '@mantine/core';
import { type Campaign, getReminders, type Reminder, setReminders } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { sayShortDay } from './words.ts';

interface Props {
  campaign: Campaign;
  onClose: () => void;
}

type Answer = {
  settings: { daysBefore: number[]; daysAfter: number[]; writesToCreators: boolean };
  mailIsOn: boolean;
  reminders: Reminder[];
};

/** When the campaign reminds of its deadlines, whom, and of what it did. */
export function RemindersDialog({ campaign, onClose }: Props) {
  const query = useApiQuery(getReminders, { campaignId: campaign.id });
  return (
    <QueryState query={query}>
      {(answer) => <Settings campaign={campaign} answer={answer} onClose={onClose} />}
    </QueryState>
  );
}

const daysText = (values: readonly string[]) =>
  values.every((value) => /^([1-9]|[1-5]\d|60)$/.test(value)) ? null : 'Whole days from 1 to 60';

function Settings({ campaign, answer, onClose }: Props & { answer: Answer }) {
  const save = useApiMutation(setReminders, { invalidate: ['reminders'], onSuccess: () => sayDone('Saved') });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      daysBefore: answer.settings.daysBefore.map(String),
      daysAfter: answer.settings.daysAfter.map(String),
      writesToCreators: answer.settings.writesToCreators,
    },
    validate: { daysBefore: daysText, daysAfter: daysText },
    send: async (values) => {
      await save.mutateAsync({
        campaignId: campaign.id,
        daysBefore: values.daysBefore.map(Number),
        daysAfter: values.daysAfter.map(Number),
        writesToCreators: values.writesToCreators,
      });
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Reminders"
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="ink-2">Answers, drafts, content and live windows are reminded of on their day, and:</p>
      <TagsInput label="Days before" maxTags={6} {...form.getInputProps('daysBefore')} />
      <TagsInput label="Days after, while it is open" maxTags={6} {...form.getInputProps('daysAfter')} />
      <Checkbox
        label="Write to the creators as well"
        description={
          answer.mailIsOn
            ? 'One mail a day at most, with a link into their portal'
            : 'Mail is not set up; reminders are shown to you, nothing is sent'
        }
        {...form.getInputProps('writesToCreators', { type: 'checkbox' })}
      />
      <section className="stack" style={{ gap: 4 }}>
        <h3 className="meta">Reminded so far</h3>
        {answer.reminders.length === 0 ? (
          <p className="ink-3">Nothing yet. The first look is each morning after six.</p>
        ) : (
          <ul className="camp-plainlist">
            {answer.reminders.slice(0, 50).map((one) => (
              <li key={one.id}>
                {one.person?.name ?? 'A creator'}: {one.title}
                <span className="meta">
                  {' '}
                  due {sayShortDay(one.dueOn)}, reminded {sayShortDay(one.day)}
                  {one.mail === 'written' ? ', mail written' : ''}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </FormDialog>
  );
}
