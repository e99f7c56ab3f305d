import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { addNote, type CreatorNote, listNotes, removeNote, updateNote } from '#modules/relationships/api.ts';
import { useSession } from '#web/api/session.tsx';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';

const nouns = ['creatorNotes', 'relationships'];

/** What the team wrote down; the creator never sees it. */
export function NotesSection({ personId }: { personId: string }) {
  const query = useApiQuery(listNotes, { personId });
  const mayWrite = useCan('creators:write');
  const [body, setBody] = useState('');
  const add = useApiMutation(addNote, {
    invalidate: nouns,
    onSuccess: () => {
      setBody('');
      sayDone('Noted');
    },
    onError: (error) => sayFailed('Not noted', error),
  });
  return (
    <Section title="Notes" note="for the team only">
      {mayWrite && (
        <form
          className="rel-note"
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate({ personId, body });
          }}
        >
          <Textarea
            label="New note"
            autosize
            minRows={2}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
          <Button type="submit" disabled={body.trim() === ''} loading={add.isPending}>
            Keep the note
          </Button>
        </form>
      )}
      <QueryState query={query}>
        {(notes) =>
          notes.length === 0 ? (
            <p className="meta rel-empty">No notes yet.</p>
          ) : (
            <ul className="list" aria-label="Notes">
              {notes.map((note) => (
                <Note key={note.id} note={note} personId={personId} />
              ))}
            </ul>
          )
        }
      </QueryState>
    </Section>
  );
}

function Note({ note, personId }: { note: CreatorNote; personId: string }) {
  const { user } = useSession();
  const [draft, setDraft] = useState<string | null>(null);
  const update = useApiMutation(updateNote, {
    invalidate: nouns,
    onSuccess: () => setDraft(null),
    onError: (error) => sayFailed('Not changed', error),
  });
  const remove = useApiMutation(removeNote, {
    invalidate: nouns,
    onError: (error) => sayFailed('Not removed', error),
  });
  const isMine = user?.id === note.author.id;
  return (
    <li className="rel-entry">
      {draft === null ? (
        <p className="rel-text">{note.body}</p>
      ) : (
        <Textarea
          aria-label="Note"
          autosize
          minRows={2}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
      )}
      <span className="meta">
        {note.author.name}, {formatWhen(note.writtenAt)}
        {note.editedAt === null ? '' : `, changed ${formatWhen(note.editedAt)}`}
        {isMine && draft === null && (
          <>
            {' '}
            <button type="button" className="link bare" onClick={() => setDraft(note.body)}>
              Change
            </button>{' '}
            <button type="button" className="link bare" onClick={() => remove.mutate({ personId, noteId: note.id })}>
              Remove
            </button>
          </>
        )}
        {draft !== null && (
          <>
            {' '}
            <button
              type="button"
              className="link bare"
              onClick={() => update.mutate({ personId, noteId: note.id, body: draft })}
            >
              Save
            </button>{' '}
            <button type="button" className="link bare" onClick={() => setDraft(null)}>
              Cancel
            </button>
          </>
        )}
      </span>
    </li>
  );
}
