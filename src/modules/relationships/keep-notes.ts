import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  addNote as addEndpoint,
  CreatorNote,
  listNotes as listEndpoint,
  removeNote as removeEndpoint,
  updateNote as updateEndpoint,
} from './api.ts';
import { relationshipsError } from './errors.ts';
import { getCreator } from './find-creator.ts';
import { deleteNote, insertNote, lockNote, type NoteRow, selectNotes, setNote } from './queries/notes.ts';

/** Notes on a creator, newest first. Error: not_found. */
export async function listNotes(infra: Infra, call: Call<typeof listEndpoint>): Promise<CreatorNote[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId } = await getCreator(tx, workspaceId, input.personId);
    return (await selectNotes(tx, workspaceId, personId)).map(toNote);
  });
}

function toNote(row: NoteRow): CreatorNote {
  return {
    id: row.id,
    body: row.body,
    author: { id: row.author_id, name: row.author_name },
    writtenAt: row.written_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
  };
}

/** Writes a note. Error: not_found. */
export async function addNote(infra: Infra, call: Call<typeof addEndpoint>): Promise<CreatorNote> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId } = await getCreator(tx, workspaceId, input.personId);
    const at = infra.clock.now();
    const row = await insertNote(tx, workspaceId, {
      id: newId('note', at.getTime()),
      personId,
      body: input.body,
      authorId: actor.id,
      authorName: actor.name,
      at,
    });
    await audit(tx, call, { action: 'creator-note.written', noteId: row.id, changes: { personId } });
    return toNote(row);
  });
}

/** Changes a note of one's own. Errors: not_found, not_yours. */
export async function updateNote(infra: Infra, call: Call<typeof updateEndpoint>): Promise<CreatorNote> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const note = await getOwn(tx, call);
    if (note.body === input.body) return toNote(note);
    const row = await setNote(tx, workspaceId, { id: note.id, body: input.body, at: infra.clock.now() });
    const changes = { body: { from: note.body, to: input.body } };
    await audit(tx, call, { action: 'creator-note.changed', noteId: note.id, changes });
    return toNote(row);
  });
}

/** Removes a note of one's own. Errors: not_found, not_yours. */
export async function removeNote(infra: Infra, call: Call<typeof removeEndpoint>): Promise<null> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const note = await getOwn(tx, call);
    await deleteNote(tx, workspaceId, note.id);
    await audit(tx, call, { action: 'creator-note.removed', noteId: note.id, changes: { personId: note.person_id } });
    return null;
  });
}

type Own = Pick<Call<typeof removeEndpoint>, 'workspaceId' | 'actor' | 'requestId'> & {
  input: { personId: string; noteId: string };
};

async function getOwn(tx: Tx, call: Own): Promise<NoteRow> {
  const { workspaceId, input } = call;
  const { personId } = await getCreator(tx, workspaceId, input.personId);
  const note = await lockNote(tx, workspaceId, { personId, noteId: input.noteId });
  if (note === undefined) throw notFound('note');
  if (note.author_id !== call.actor.id)
    throw relationshipsError('not_yours', `${note.author_name} wrote this note; only they can change or remove it.`);
  return note;
}

function audit(
  tx: Tx,
  call: Omit<Own, 'input'>,
  of: { action: string; noteId: string; changes: Record<string, unknown> },
): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  const { action, noteId, changes } = of;
  return recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action,
    subjectKind: 'creator-note',
    subjectId: noteId,
    changes,
  });
}
