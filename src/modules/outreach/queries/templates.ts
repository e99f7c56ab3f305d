import type { Selectable, Updateable } from 'kysely';
import type { MailTemplate, Sequence } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type TemplateRow = Selectable<MailTemplate>;
export type SequenceRow = Selectable<Sequence>;

export async function selectTemplates(tx: Tx, workspaceId: string): Promise<TemplateRow[]> {
  return tx
    .selectFrom('mail_template')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** Null when the name is taken. */
export async function insertTemplate(tx: Tx, row: TemplateRow): Promise<TemplateRow | null> {
  const made = await tx
    .insertInto('mail_template')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return made ?? null;
}

export async function updateTemplateRow(
  tx: Tx,
  workspaceId: string,
  change: { id: string; set: Updateable<MailTemplate> },
): Promise<TemplateRow | undefined> {
  return tx
    .updateTable('mail_template')
    .set(change.set)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.id)
    .returningAll()
    .executeTakeFirst();
}

export async function deleteTemplate(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('mail_template')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return gone !== undefined;
}

export async function selectSequences(tx: Tx, workspaceId: string): Promise<SequenceRow[]> {
  return tx
    .selectFrom('sequence')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export async function selectSequence(tx: Tx, workspaceId: string, id: string): Promise<SequenceRow | undefined> {
  return tx
    .selectFrom('sequence')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function isNameTaken(
  tx: Tx,
  workspaceId: string,
  of: { table: 'mail_template' | 'sequence'; name: string; exceptId: string },
): Promise<boolean> {
  const found = await tx
    .selectFrom(of.table)
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where((where) => where(where.fn<string>('lower', ['name']), '=', of.name.toLowerCase()))
    .where('id', '!=', of.exceptId)
    .executeTakeFirst();
  return found !== undefined;
}

export async function insertSequence(
  tx: Tx,
  row: Omit<SequenceRow, 'steps'> & { steps: string },
): Promise<SequenceRow | null> {
  const made = await tx
    .insertInto('sequence')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return made ?? null;
}

export async function updateSequenceRow(
  tx: Tx,
  workspaceId: string,
  change: { id: string; set: Updateable<Sequence> },
): Promise<SequenceRow | undefined> {
  return tx
    .updateTable('sequence')
    .set(change.set)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', change.id)
    .returningAll()
    .executeTakeFirst();
}

export async function deleteSequence(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const gone = await tx
    .deleteFrom('sequence')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return gone !== undefined;
}
