import type { Selectable } from 'kysely';
import type { PortalAccount, PortalCode } from '#db/tables.ts';
import type { Tx } from '#infra/db/database.ts';

export type AccountRow = Selectable<PortalAccount>;
export type CodeRow = Selectable<PortalCode>;

// All of these run in the system role: accounts belong to the installation.

export function accountById(tx: Tx, accountId: string): Promise<AccountRow | undefined> {
  return tx.selectFrom('portal_account').selectAll().where('id', '=', accountId).executeTakeFirst();
}

export function accountByEmail(tx: Tx, email: string): Promise<AccountRow | undefined> {
  return tx.selectFrom('portal_account').selectAll().where('email', '=', email).executeTakeFirst();
}

/** The account of an e-mail, made when there is none. */
export async function keepAccount(tx: Tx, row: { id: string; email: string; now: Date }): Promise<AccountRow> {
  await tx
    .insertInto('portal_account')
    .values({ id: row.id, email: row.email, created_at: row.now, updated_at: row.now })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute();
  return tx.selectFrom('portal_account').selectAll().where('email', '=', row.email).executeTakeFirstOrThrow();
}

export async function setPasswordHash(tx: Tx, accountId: string, how: { hash: string; now: Date }): Promise<void> {
  await tx
    .updateTable('portal_account')
    .set({ password_hash: how.hash, updated_at: how.now })
    .where('id', '=', accountId)
    .execute();
}

/** Says which creators an account is; where it is somebody else of that workspace already, that stays. */
export async function linkPersons(
  tx: Tx,
  accountId: string,
  persons: readonly { workspaceId: string; personId: string }[],
  now: Date,
): Promise<void> {
  if (persons.length === 0) return;
  await tx
    .insertInto('portal_account_person')
    .values(
      persons.map((person) => ({
        workspace_id: person.workspaceId,
        account_id: accountId,
        person_id: person.personId,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Of these creators, those who were ever given a way into the portal. */
export async function knownToPortal(
  tx: Tx,
  persons: readonly { workspaceId: string; personId: string }[],
): Promise<{ workspaceId: string; personId: string }[]> {
  if (persons.length === 0) return [];
  const rows = await tx
    .selectFrom('portal_link')
    .select(['workspace_id as workspaceId', 'person_id as personId'])
    .distinct()
    .where(
      'person_id',
      'in',
      persons.map((person) => person.personId),
    )
    .orderBy('workspace_id')
    .orderBy('person_id')
    .execute();
  return rows.filter((row) =>
    persons.some((person) => person.workspaceId === row.workspaceId && person.personId === row.personId),
  );
}

/** Codes of an e-mail since a moment. */
export async function countCodes(tx: Tx, email: string, since: Date): Promise<number> {
  const row = await tx
    .selectFrom('portal_code')
    .select((count) => count.fn.countAll<bigint>().as('n'))
    .where('email', '=', email)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function insertCode(
  tx: Tx,
  row: { id: string; email: string; hash: Buffer; now: Date; expiresAt: Date },
): Promise<void> {
  await tx.deleteFrom('portal_code').where('expires_at', '<', row.now).execute();
  await tx
    .insertInto('portal_code')
    .values({ id: row.id, email: row.email, code_hash: row.hash, created_at: row.now, expires_at: row.expiresAt })
    .execute();
}

/** The newest code of an e-mail that still counts, locked so that tries are counted one after the other. */
export function lockCode(tx: Tx, email: string, now: Date): Promise<CodeRow | undefined> {
  return tx
    .selectFrom('portal_code')
    .selectAll()
    .where('email', '=', email)
    .where('expires_at', '>', now)
    .where('used_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

export async function countTry(tx: Tx, codeId: string, usedAt: Date | null): Promise<void> {
  await tx
    .updateTable('portal_code')
    .set((set) => ({ tries: set('tries', '+', 1), used_at: usedAt }))
    .where('id', '=', codeId)
    .execute();
}
