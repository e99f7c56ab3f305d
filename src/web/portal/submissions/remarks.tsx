import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type PortalSubmission, portalComment, type ReviewComment } from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayFailed } from '#web/ui/say.ts';
import { useFileUrl } from './use-file-url.ts';
import { words } from './words.ts';

/** What was said about the newest round that was sent, with the place it is about, and room to answer. */
export function Remarks({ piece }: { piece: PortalSubmission }) {
  const sent = piece.rounds.filter((round) => round.outcome !== 'draft').at(-1);
  if (sent === undefined) return null;
  const own = piece.comments.filter((one) => one.round === sent.number);
  const roots = own.filter((one) => one.replyTo === null);
  if (roots.length === 0) return null;
  return (
    <section aria-labelledby="ps-remarks">
      <header>
        <h2 id="ps-remarks">{words.remarks}</h2>
        <span className="meta">round {sent.number}</span>
      </header>
      <ul className="ph-list">
        {roots.map((comment) => (
          <li key={comment.id}>
            <div className="ps-remark">
              <Remark piece={piece} comment={comment} answers={own.filter((one) => one.replyTo === comment.id)} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Props {
  piece: PortalSubmission;
  comment: ReviewComment;
  answers: ReviewComment[];
}

function Remark({ piece, comment, answers }: Props) {
  const urlOf = useFileUrl(piece.deliverableId);
  const file = piece.rounds.flatMap((round) => round.files).find((one) => one.id === comment.fileId);
  return (
    <>
      <p>
        <b className="ps-inline">{comment.author.isYou ? 'You' : comment.author.name}</b>{' '}
        <span className="meta ps-inline">
          {[sayPlace(comment), formatWhen(comment.createdAt)].filter((one) => one !== '').join(', ')}
        </span>
        {comment.resolvedAt !== null && <span className="meta ps-inline"> (settled)</span>}
      </p>
      {file?.kind === 'image' && comment.place !== null && (
        <span className="ps-place">
          <img src={urlOf(file)} alt="The place the remark is about" />
          <i style={{ left: `${100 * comment.place.x}%`, top: `${100 * comment.place.y}%` }} />
        </span>
      )}
      {comment.span !== null && <q className="meta">{comment.span.text}</q>}
      <p className="ph-text">{comment.body}</p>
      {answers.map((answer) => (
        <p key={answer.id} className="ps-answer">
          <b className="ps-inline">{answer.author.isYou ? 'You' : answer.author.name}</b>{' '}
          <span className="ph-text">{answer.body}</span>
        </p>
      ))}
      <Answer piece={piece} comment={comment} />
    </>
  );
}

function sayPlace({ second, place, span }: ReviewComment): string {
  if (second !== null) return `at ${Math.floor(second / 60)}:${String(Math.floor(second % 60)).padStart(2, '0')}`;
  if (place !== null) return 'on the picture';
  return span === null ? '' : 'on the caption';
}

function Answer({ piece, comment }: { piece: PortalSubmission; comment: ReviewComment }) {
  const isPreview = useIsPreview();
  const [isOpen, setOpen] = useState(false);
  const [body, setBody] = useState('');
  const send = useApiMutation(portalComment, {
    invalidate: ['portalSubmissions'],
    onSuccess: () => {
      setBody('');
      setOpen(false);
    },
    onError: (error) => sayFailed('Not sent', error),
  });
  if (!isOpen)
    return (
      <div>
        <Button variant="subtle" color="gray" disabled={isPreview} onClick={() => setOpen(true)}>
          {words.answer}
        </Button>
      </div>
    );
  const reply = { deliverableId: piece.deliverableId, round: comment.round, body, replyTo: comment.id };
  return (
    <div className="form">
      <Textarea
        aria-label={words.answer}
        autosize
        minRows={2}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        data-autofocus
      />
      <Button loading={send.isPending} disabled={body.trim() === ''} onClick={() => send.mutate(reply)}>
        {words.answer}
      </Button>
    </div>
  );
}
