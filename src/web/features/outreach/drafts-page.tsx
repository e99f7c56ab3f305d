import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { approveDraft, changeDraft, discardDraft, listDrafts, type Message } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';

type Draft = Message & { personId: string; name: string };

/** Drafts that wait for a person: none goes out by itself. */
export function DraftsPage() {
  const query = useApiQuery(listDrafts, {});
  return (
    <QueryState query={query}>
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState title="No drafts wait for you">
            On a creator’s page, under Messages, a draft can be proposed that speaks of one of their posts. Nothing is
            sent before a person approves it.
          </EmptyState>
        ) : (
          <ul className="out-sheet">
            {rows.map((row) => (
              <li key={row.id}>
                <DraftCard draft={row} />
              </li>
            ))}
          </ul>
        )
      }
    </QueryState>
  );
}

/** One draft with the post it was made from; what was changed is saved with the approval. */
export function DraftCard({ draft }: { draft: Draft }) {
  const [subject, setSubject] = useState(draft.subject);
  const [text, setText] = useState(draft.text);
  const canWrite = useCan('outreach:write');
  const touched = { invalidate: ['drafts', 'threads', 'mailings'] };
  const change = useApiMutation(changeDraft, touched);
  const approve = useApiMutation(approveDraft, touched);
  const discard = useApiMutation(discardDraft, { ...touched, onError: (error) => sayFailed('Not thrown away', error) });
  const send = async () => {
    try {
      if (subject !== draft.subject || text !== draft.text)
        await change.mutateAsync({ messageId: draft.id, subject, text });
      await approve.mutateAsync({ messageId: draft.id });
      sayDone(`The mail to ${draft.name} goes out within sending hours`);
    } catch (error) {
      sayFailed('Not sent', error);
    }
  };
  return (
    <article className="out-mail" aria-label={`Draft to ${draft.name}`}>
      <div className="spread">
        <AppLink to="/creators/$personId" params={{ personId: draft.personId }}>
          {draft.name}
        </AppLink>
        <span className="meta">
          {draft.to}, {formatWhen(draft.at)}
        </span>
      </div>
      {draft.madeFrom !== null && (
        <p className="meta">
          From their post “{draft.madeFrom.excerpt}”
          {draft.madeFrom.url !== null && (
            <>
              {' '}
              (
              <a href={draft.madeFrom.url} target="_blank" rel="noreferrer noopener">
                open it
              </a>
              )
            </>
          )}
          . {draft.madeFrom.how}.
        </p>
      )}
      <TextInput
        label="Subject"
        value={subject}
        readOnly={!canWrite}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <Textarea
        label="Text"
        autosize
        minRows={6}
        maxRows={18}
        value={text}
        readOnly={!canWrite}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {canWrite && (
        <div className="out-acts">
          <Button variant="filled" loading={change.isPending || approve.isPending} onClick={() => void send()}>
            Approve and send
          </Button>
          <Button
            variant="subtle"
            color="gray"
            loading={discard.isPending}
            onClick={() => discard.mutate({ messageId: draft.id })}
          >
            Throw away
          </Button>
        </div>
      )}
    </article>
  );
}
