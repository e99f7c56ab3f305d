import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { SessionRow } from './sessions.ts';

const sessionsMax = 100;

interface Who {
  workspaceId: string;
  personId: string;
  now: Date;
}

/** System role: the live sessions that may act as this creator, last used first; members' previews are none of theirs. */
export async function sessionsOf(tx: Tx, who: Who): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select s.* from portal_session s
    where s.expires_at > ${who.now} and s.preview_user_id is null and (
      exists (
        select from portal_entry e left join portal_link l on l.workspace_id = e.workspace_id and l.id = e.link_id
        where e.workspace_id = ${who.workspaceId} and e.session_id = s.id and e.person_id = ${who.personId} and l.revoked_at is null)
      or exists (
        select from portal_account_person a
        where a.workspace_id = ${who.workspaceId} and a.account_id = s.account_id and a.person_id = ${who.personId}))
    order by s.used_at desc, s.id limit ${sessionsMax}`.execute(tx);
  return rows;
}

/** System role: ends one of them. False when it is none of theirs. */
export async function endSessionOf(tx: Tx, who: Who, sessionId: string): Promise<boolean> {
  const own = await sessionsOf(tx, who);
  if (!own.some((session) => session.id === sessionId)) return false;
  await tx.deleteFrom('portal_session').where('id', '=', sessionId).execute();
  return true;
}

/** System role: signs an account out everywhere but in one browser. */
export async function endOtherSessions(tx: Tx, of: { accountId: string; except: string }): Promise<void> {
  await tx.deleteFrom('portal_session').where('account_id', '=', of.accountId).where('id', '!=', of.except).execute();
}
