import type { Tx } from '#infra/db/database.ts';

const notesMax = 500;

export async function selectNotes(tx: Tx, workspaceId: string, personId: string) {
  return tx
    .selectFrom('creator_note')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .orderBy('written_at', 'desc')
    .orderBy('id', 'desc')
    .limit(notesMax)
    .execute();
}
export type NoteRow = Awaited<ReturnType<typeof selectNotes>>[number];

export async function lockNote(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; noteId: string },
): Promise<NoteRow | undefined> {
  return tx
    .selectFrom('creator_note')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', of.personId)
    .where('id', '=', of.noteId)
    .forUpdate()
    .executeTakeFirst();
}

export async function insertNote(
  tx: Tx,
  workspaceId: string,
  of: { id: string; personId: string; body: string; authorId: string; authorName: string; at: Date },
): Promise<NoteRow> {
  return tx
    .insertInto('creator_note')
    .values({
      workspace_id: workspaceId,
      id: of.id,
      person_id: of.personId,
      body: of.body,
      author_id: of.authorId,
      author_name: of.authorName,
      written_at: of.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function setNote(
  tx: Tx,
  workspaceId: string,
  of: { id: string; body: string; at: Date },
): Promise<NoteRow> {
  return tx
    .updateTable('creator_note')
    .set({ body: of.body, edited_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteNote(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('creator_note').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Opinions with the newest first. */
export async function selectOpinions(tx: Tx, workspaceId: string, personId: string) {
  return tx
    .selectFrom('rebook_opinion')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', personId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(notesMax)
    .execute();
}

export async function insertOpinion(
  tx: Tx,
  workspaceId: string,
  of: {
    id: string;
    personId: string;
    campaignId: string | null;
    again: string;
    reason: string;
    byId: string;
    byName: string;
    at: Date;
  },
): Promise<void> {
  await tx
    .insertInto('rebook_opinion')
    .values({
      workspace_id: workspaceId,
      id: of.id,
      person_id: of.personId,
      campaign_id: of.campaignId,
      again: of.again,
      reason: of.reason,
      by_id: of.byId,
      by_name: of.byName,
      at: of.at,
    })
    .execute();
}
