import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { commentSharedDraft, decideSharedDraft, type SharedDraft, showSharedDraft } from '#modules/submissions/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { MarkedCaption } from '#web/shell/disclosure-marks.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { DiffParts } from './diff-text.tsx';
import { DraftVideo } from './draft-video.tsx';

interface Props {
  id: string;
  link: { token: string; passphrase?: string };
  onSaid: () => void;
}

/** One draft as a reviewer outside sees it, with what they may do. */
export function SharedDraftView({ id, link, onSaid }: Props) {
  const client = useClient();
  const [draft, setDraft] = useState<SharedDraft | null>(null);
  const show = useMutation<SharedDraft, Error>({
    mutationFn: () => client.call(showSharedDraft, { ...link, submissionId: id }),
    onSuccess: setDraft,
  });
  const { mutate } = show;
  const load = useCallback(() => mutate(), [mutate]);
  useEffect(load, [load]);
  if (show.error !== null) return <ErrorState error={show.error} onRetry={load} />;
  if (draft === null) return <SkeletonLines count={6} />;
  return (
    <article className="stack sub-mid" aria-label={`${draft.creator}, ${draft.title}`}>
      <h2>
        {draft.creator}, {draft.title}, round {draft.round}
      </h2>
      <Files draft={draft} />
      <Section title="Caption">
        {draft.disclosure === null ? (
          <p dir="auto">{draft.caption}</p>
        ) : (
          <MarkedCaption caption={draft.caption} verdict={draft.disclosure} />
        )}
        {draft.sinceLast?.some((part) => part.kind !== 'same') && (
          <>
            <p className="meta">Against the round before</p>
            <DiffParts parts={draft.sinceLast} />
          </>
        )}
      </Section>
      <Section title="Remarks">
        <ul className="sub-remarks">
          {draft.comments.map((comment) => (
            <li key={comment.id}>
              <b>{comment.author.isYou ? 'You' : comment.author.name}</b>{' '}
              <span className="meta">{formatWhen(comment.createdAt)}</span>
              {comment.span !== null && <q className="meta block">{comment.span.text}</q>}
              <p className="sub-words">{comment.body}</p>
            </li>
          ))}
        </ul>
      </Section>
      <Say
        draft={draft}
        link={link}
        onDone={(after) => {
          setDraft(after);
          onSaid();
        }}
      />
    </article>
  );
}

function Files({ draft }: { draft: SharedDraft }) {
  return (
    <div className="sub-media">
      {draft.files.map((file) => (
        <div key={file.id} className="sub-frame">
          {file.kind === 'image' ? (
            <img src={file.previewUrl ?? file.url} alt={file.name} />
          ) : (
            <DraftVideo name={file.name} src={file.url} />
          )}
        </div>
      ))}
      {draft.videoUrl !== null && (
        <a href={draft.videoUrl} target="_blank" rel="noreferrer noopener">
          Open the private video
        </a>
      )}
    </div>
  );
}

interface SayProps {
  draft: SharedDraft;
  link: Props['link'];
  onDone: (after: SharedDraft) => void;
}

function Say({ draft, link, onDone }: SayProps) {
  const client = useClient();
  const [body, setBody] = useState('');
  const send = useMutation<SharedDraft, Error, 'approved' | 'changes_requested' | 'remark'>({
    mutationFn: (what) => {
      const place = { ...link, submissionId: draft.id, round: draft.round };
      if (what === 'remark') return client.call(commentSharedDraft, { ...place, body });
      return client.call(decideSharedDraft, { ...place, decision: what, note: body });
    },
    onSuccess: (after, what) => {
      setBody('');
      sayDone(what === 'approved' ? 'Approved' : what === 'remark' ? 'Your remark is there' : 'The team is asked');
      onDone(after);
    },
  });
  return (
    <div className="form">
      {send.error !== null && <FormAlert>{send.error.message}</FormAlert>}
      <Textarea
        label="Your words"
        description="The team sees them; the creator does not"
        autosize
        minRows={2}
        maxLength={4000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <div className="row">
        {draft.mayDecide && (
          <>
            <Button
              variant="filled"
              loading={send.isPending}
              disabled={draft.yours === 'approved'}
              onClick={() => send.mutate('approved')}
            >
              Approve
            </Button>
            <Button disabled={body.trim() === '' || send.isPending} onClick={() => send.mutate('changes_requested')}>
              Ask for changes
            </Button>
          </>
        )}
        <Button
          variant="subtle"
          color="gray"
          disabled={body.trim() === '' || send.isPending}
          onClick={() => send.mutate('remark')}
        >
          Only remark
        </Button>
      </div>
    </div>
  );
}
