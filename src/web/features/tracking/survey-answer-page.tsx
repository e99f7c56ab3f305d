import { Button, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useId, useState } from 'react';
import { z } from 'zod';
import { answerSurveyPage, readSurveyPage } from '#modules/attribution/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useNoIndex } from '#web/shell/guest-gate.tsx';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

const search = z.object({ order: z.coerce.string().optional() });

/** What a customer sees behind the link on a shop's thank-you page: one question, no account. */
export function SurveyAnswerPage() {
  const token = useParam('surveyToken');
  const [{ order }] = useSearchState(search);
  useNoIndex();
  const query = useApiQuery(readSurveyPage, { token }, { retry: false });
  const answer = useApiMutation(answerSurveyPage, {});
  const [key] = useState(() => crypto.randomUUID());
  const [choice, setChoice] = useState<number | null>(null);
  const [text, setText] = useState('');
  const titleId = useId();
  if (query.data === undefined)
    return (
      <OutsideFrame>
        <h1 className="vh">A question</h1>
        {query.error === null ? (
          <SkeletonLines />
        ) : query.error.kind === 'not_found' ? (
          <EmptyState title="Nothing is asked here now">
            The link has ended, or the shop takes no more answers.
          </EmptyState>
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </OutsideFrame>
    );
  const survey = query.data;
  if (answer.isSuccess)
    return (
      <OutsideFrame>
        <EmptyState title={survey.thanks} isPage>
          You can close this page.
        </EmptyState>
      </OutsideFrame>
    );
  const asks = choice === null ? null : (survey.choices[choice]?.asks ?? null);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (choice === null) return;
    const named = order === undefined || order === '' || order === 'ORDER-ID' ? {} : { order };
    answer.mutate({
      token,
      choice,
      key,
      ...named,
      ...(asks === null || text.trim() === '' ? {} : { text: text.trim() }),
    });
  };
  return (
    <OutsideFrame>
      <form className="stack" onSubmit={onSubmit}>
        <p className="meta">{survey.brand}</p>
        <h1 id={titleId}>{survey.question}</h1>
        {answer.error !== null && <FormAlert>{answer.error.message}</FormAlert>}
        <Radio.Group
          aria-labelledby={titleId}
          value={choice === null ? '' : String(choice)}
          onChange={(value) => setChoice(Number(value))}
        >
          <div className="stack">
            {survey.choices.map(({ label }, at) => (
              <Radio key={label} value={String(at)} label={label} />
            ))}
          </div>
        </Radio.Group>
        {asks !== null && (
          <TextInput
            label={asks}
            value={text}
            maxLength={500}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <div>
          <Button type="submit" variant="filled" disabled={choice === null} loading={answer.isPending}>
            Send
          </Button>
        </div>
      </form>
    </OutsideFrame>
  );
}
