import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type Appeal, answerAppeal, decisionVerdictSchema, listAppeals } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { pointTitle } from './decide-dialog.tsx';

const outcomeWords = { accepted: 'Accepted', partly: 'Accepted in part', declined: 'Declined' } as const;

/** What the creator says against the report, and what was answered. Nothing is drawn while nothing was said. */
export function AppealsSection({ personId }: { personId: string }) {
  const query = useApiQuery(listAppeals, { personId, limit: 50 });
  const [answered, setAnswered] = useState<Appeal | null>(null);
  const mayAnswer = useCan('vetting:write');
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title="The creator's side" note="said by the link you sent; answers are read there too">
      <ul className="list vt-appeals">
        {rows.map((appeal) => (
          <li key={appeal.id}>
            <div>
              <b>On {pointTitle(appeal.point)}</b>
              <p>“{appeal.body}”</p>
              <span className="meta">
                {appeal.authorName}, {formatWhen(appeal.madeAt)}
              </span>
              {appeal.answer !== null && appeal.outcome !== null && (
                <p>
                  <Tag tone={appeal.outcome === 'declined' ? 'plain' : 'good'}>{outcomeWords[appeal.outcome]}</Tag>{' '}
                  {appeal.answer} <span className="meta">{appeal.answeredBy}</span>
                </p>
              )}
            </div>
            <Button size="xs" disabled={!mayAnswer} onClick={() => setAnswered(appeal)}>
              {appeal.outcome === null ? 'Answer' : 'Answer again'}
            </Button>
          </li>
        ))}
      </ul>
      {answered !== null && <AnswerDialog key={answered.id} appeal={answered} onClose={() => setAnswered(null)} />}
    </Section>
  );
}

function AnswerDialog({ appeal, onClose }: { appeal: Appeal; onClose: () => void }) {
  const send = useApiMutation(answerAppeal, { invalidate: ['vettingAppeals', 'vetting', 'creators', 'discovery'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { outcome: '', answer: '', verdict: '' },
    validate: {
      outcome: (value) => (value === '' ? 'Choose one of the three' : null),
      answer: (value) => (value.trim() === '' ? 'Say why, in a word or two' : null),
    },
    send: async ({ outcome, answer, verdict }) => {
      const of = outcome === 'accepted' || outcome === 'partly' ? outcome : 'declined';
      const stated = decisionVerdictSchema.safeParse(verdict);
      await send.mutateAsync({
        appealId: appeal.id,
        outcome: of,
        answer,
        ...(stated.success && { verdict: stated.data }),
      });
      sayDone('Answer kept; the creator reads it by the same link');
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`Answer ${appeal.authorName}`}
      submitLabel="Keep answer"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p>“{appeal.body}”</p>
      <Select
        label="Outcome"
        data={Object.entries(outcomeWords).map(([value, label]) => ({ value, label }))}
        {...form.getInputProps('outcome')}
      />
      <Textarea label="Answer" required autosize minRows={3} maxLength={5000} {...form.getInputProps('answer')} />
      <Select
        label={`Your verdict on ${pointTitle(appeal.point)}`}
        description="The machine's verdict stays beside it; the answer becomes the reason"
        data={[
          { value: '', label: 'Leave as it is' },
          { value: 'pass', label: 'Pass' },
          { value: 'review', label: 'Review' },
          { value: 'reject', label: 'Reject' },
        ]}
        allowDeselect={false}
        {...form.getInputProps('verdict')}
      />
    </FormDialog>
  );
}
