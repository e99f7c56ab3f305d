import { Button, Select, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  addComment,
  type DraftRound,
  type ReviewComment,
  resolveComment,
  type Submission,
} from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { type Pinning, remarksOf } from './review-media.tsx';
import { draftNouns, formatSecond } from './words.ts';

interface Props {
  draft: Submission;
  round: DraftRound;
  pinning: Pinning | null;
  onPinned: () => void;
}

/** Remarks on the round, numbered as the pins are, each with its answers. */
export function CommentsSection({ draft, round, pinning, onPinned }: Props) {
  const mayWrite = useCan('content:write');
  const roots = remarksOf(draft.comments, round.number);
  const open = roots.filter((one) => one.resolvedAt === null).length;
  return (
    <Section
      title="Remarks"
      note={roots.length === 0 ? 'none on this round' : `${open} open, ${roots.length - open} settled`}
    >
      <ul className="sub-remarks">
        {roots.map((comment, at) => (
          <Remark
            key={comment.id}
            draft={draft}
            comment={comment}
            number={at + 1}
            isEarlier={comment.round < round.number}
            answers={draft.comments.filter((one) => one.replyTo === comment.id)}
            mayWrite={mayWrite}
          />
        ))}
      </ul>
      {mayWrite && round.outcome !== 'draft' && (
        <RemarkForm draft={draft} round={round.number} pinning={pinning} onDone={onPinned} />
      )}
    </Section>
  );
}

interface RemarkProps {
  draft: Submission;
  comment: ReviewComment;
  number: number;
  /** Of a round before, and still open. */
  isEarlier: boolean;
  answers: ReviewComment[];
  mayWrite: boolean;
}

function Remark({ draft, comment, number, isEarlier, answers, mayWrite }: RemarkProps) {
  const [isAnswering, setAnswering] = useState(false);
  const settle = useApiMutation(resolveComment, {
    invalidate: draftNouns,
    onError: (error) => sayFailed('Not settled', error),
  });
  const isSettled = comment.resolvedAt !== null;
  return (
    <li id={comment.id} className="sub-remark">
      <span className={isSettled ? 'sub-number done' : 'sub-number'}>{number}</span>
      <div className="grow stack">
        <div className="spread">
          <div>
            <b>{comment.author.name}</b>{' '}
            <span className="meta">
              {[isEarlier ? `round ${comment.round}` : '', placeOf(comment), formatWhen(comment.createdAt)]
                .filter(Boolean)
                .join(', ')}
            </span>{' '}
            <Audience comment={comment} />
          </div>
          {mayWrite && (
            <Button
              size="compact-md"
              loading={settle.isPending}
              onClick={() => settle.mutate({ submissionId: draft.id, commentId: comment.id, isResolved: !isSettled })}
            >
              {isSettled ? 'Open again' : 'Settle'}
            </Button>
          )}
        </div>
        {comment.span !== null && <q className="meta">{comment.span.text}</q>}
        <p className="sub-words">{comment.body}</p>
        {answers.map((answer) => (
          <p key={answer.id} className="sub-answer">
            <b>{answer.author.name}</b> <span className="meta">{formatWhen(answer.createdAt)}</span>
            <span className="block sub-words">{answer.body}</span>
          </p>
        ))}
        {mayWrite &&
          (isAnswering ? (
            <RemarkForm
              draft={draft}
              round={comment.round}
              pinning={null}
              replyTo={comment}
              onDone={() => setAnswering(false)}
            />
          ) : (
            <div>
              <Button size="compact-md" variant="subtle" color="gray" onClick={() => setAnswering(true)}>
                Answer
              </Button>
            </div>
          ))}
      </div>
    </li>
  );
}

function placeOf({ second, place, span }: ReviewComment): string {
  if (second !== null) return formatSecond(second);
  if (place !== null) return 'on the picture';
  return span === null ? '' : 'in the caption';
}

const audiences = { team: 'team only', client: 'team and client', everyone: 'everybody' } as const;

function Audience({ comment }: { comment: ReviewComment }) {
  return comment.visibility === 'everyone' ? null : <Tag>{audiences[comment.visibility]}</Tag>;
}

interface FormProps {
  draft: Submission;
  round: number;
  pinning: Pinning | null;
  replyTo?: ReviewComment;
  onDone: () => void;
}

function RemarkForm({ draft, round, pinning, replyTo, onDone }: FormProps) {
  const [body, setBody] = useState('');
  const [visibility, setVisibility] = useState<ReviewComment['visibility']>(replyTo?.visibility ?? 'everyone');
  const add = useApiMutation(addComment, {
    invalidate: draftNouns,
    onSuccess: () => {
      setBody('');
      onDone();
    },
    onError: (error) => sayFailed('Not kept', error),
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { span, ...pinned } = pinning ?? {};
    add.mutate({
      submissionId: draft.id,
      round,
      body,
      visibility,
      ...pinned,
      ...(span === undefined ? {} : { span: { start: span.start, end: span.end } }),
      ...(replyTo === undefined ? {} : { replyTo: replyTo.id }),
    });
  };
  const where = pinning === null ? null : wherePinned(pinning);
  return (
    <form className="stack" onSubmit={onSubmit}>
      <Textarea
        label={
          replyTo === undefined
            ? where === null
              ? 'Remark on the whole round'
              : `Remark ${where}`
            : `Answer ${replyTo.author.name}`
        }
        {...(replyTo === undefined && where === null
          ? { description: 'Click into the picture, stop the video or choose words to pin it' }
          : {})}
        autosize
        minRows={2}
        maxLength={4000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <div className="row">
        {replyTo === undefined && (
          <Select
            aria-label="Who sees it"
            w={190}
            data={[
              { value: 'everyone', label: 'Everybody sees it' },
              { value: 'client', label: 'Team and client' },
              { value: 'team', label: 'Team only' },
            ]}
            value={visibility}
            onChange={(value) => setVisibility(value === 'team' || value === 'client' ? value : 'everyone')}
            allowDeselect={false}
          />
        )}
        <Button type="submit" loading={add.isPending} disabled={body.trim() === ''}>
          {replyTo === undefined ? 'Add the remark' : 'Answer'}
        </Button>
        {(where !== null || replyTo !== undefined) && (
          <Button variant="subtle" color="gray" onClick={onDone}>
            {where === null ? 'Cancel' : 'Do not pin'}
          </Button>
        )}
      </div>
    </form>
  );
}

function wherePinned({ second, place, span }: Pinning): string {
  if (second !== undefined) return `at ${formatSecond(second)}`;
  if (place !== undefined) return 'on the place chosen';
  return span === undefined ? '' : `on “${span.text.slice(0, 40)}”`;
}
