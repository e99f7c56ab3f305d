import type { Tx } from '#infra/db/database.ts';

/** People belong to the installation; these run as the system role. */
export interface PersonRow {
  id: string;
  name: string;
  email: string;
}

const columns = ['id', 'name', 'email'] as const;

export function personByEmail(tx: Tx, email: string): Promise<PersonRow | undefined> {
  return tx.selectFrom('app_user').select(columns).where('email', '=', email).executeTakeFirst();
}

/** Who came first: what the machine itself makes is theirs. */
export function firstPerson(tx: Tx): Promise<PersonRow | undefined> {
  return tx.selectFrom('app_user').select(columns).orderBy('created_at').orderBy('id').limit(1).executeTakeFirst();
}

export async function insertPerson(
  tx: Tx,
  person: PersonRow & { accountId: string; passwordHash: string; createdAt: Date },
): Promise<void> {
  const { id, name, email, accountId, passwordHash, createdAt } = person;
  await tx.insertInto('app_user').values({ id, name, email, created_at: createdAt, updated_at: createdAt }).execute();
  await tx
    .insertInto('user_account')
    .values({
      id: accountId,
      user_id: id,
      provider_id: 'credential',
      account_id: id,
      password: passwordHash,
      created_at: createdAt,
      updated_at: createdAt,
    })
    .execute();
}

export async function renamePerson(tx: Tx, person: { id: string; name: string; now: Date }): Promise<void> {
  await tx
    .updateTable('app_user')
    .set({ name: person.name, updated_at: person.now })
    .where('id', '=', person.id)
    .execute();
}

export async function passwordHashOf(tx: Tx, personId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('user_account')
    .select('password')
    .where('user_id', '=', personId)
    .where('provider_id', '=', 'credential')
    .executeTakeFirst();
  return row?.password ?? null;
}

export async function replacePasswordHash(
  tx: Tx,
  change: { personId: string; hash: string; now: Date },
): Promise<void> {
  await tx
    .updateTable('user_account')
    .set({ password: change.hash, updated_at: change.now })
    .where('user_id', '=', change.personId)
    .where('provider_id', '=', 'credential')
    .execute();
}

/** Ends a person's sessions, all but one where that is named; answers how many. */
export async function endSessions(tx: Tx, which: { personId: string; except: string | null }): Promise<number> {
  let ending = tx.deleteFrom('user_session').where('user_id', '=', which.personId);
  if (which.except !== null) ending = ending.where('id', '!=', which.except);
  const { numDeletedRows } = await ending.executeTakeFirst();
  return Number(numDeletedRows);
}

export async function endSession(tx: Tx, sessionId: string): Promise<void> {
  await tx.deleteFrom('user_session').where('id', '=', sessionId).execute();
}

export async function touchSession(tx: Tx, session: { id: string; now: Date }): Promise<void> {
  await tx.updateTable('user_session').set({ updated_at: session.now }).where('id', '=', session.id).execute();
}
