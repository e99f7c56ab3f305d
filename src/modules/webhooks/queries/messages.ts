import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { EndpointKind } from '../api.ts';

export interface NewMessage {
  id: string;
  endpointId: string;
  key: string;
  event: string;
  body: string;
  happenedAt: Date;
  at: Date;
}

/** Adds messages that are not there yet; returns how many went in. */
export async function insertMessages(tx: Tx, workspaceId: string, some: readonly NewMessage[]): Promise<number> {
  const { rows } = await sql`
    insert into webhook_message (workspace_id, id, endpoint_id, key, event, body, happened_at, created_at, due_at)
    select ${workspaceId}, id, endpoint_id, key, event, body, happened_at, at, at
    from unnest(${some.map((one) => one.id)}::text[], ${some.map((one) => one.endpointId)}::text[], ${some.map((one) => one.key)}::text[],
      ${some.map((one) => one.event)}::text[], ${some.map((one) => one.body)}::text[],
      ${some.map((one) => one.happenedAt.toISOString())}::timestamptz[], ${some.map((one) => one.at.toISOString())}::timestamptz[])
      as n (id, endpoint_id, key, event, body, happened_at, at)
    on conflict do nothing returning id`.execute(tx);
  return rows.length;
}

export interface ClaimedMessage {
  workspaceId: string;
  id: string;
  endpointId: string;
  event: string;
  body: string;
  tries: number;
  attempts: number;
  kind: EndpointKind;
  target: string;
  secret: Buffer | null;
  previousSecret: Buffer | null;
  previousSecretUntil: Date | null;
  failingSince: Date | null;
}

const claimed = sql`m.workspace_id as "workspaceId", m.id, m.endpoint_id as "endpointId", m.event, m.body, m.tries, m.attempts, e.kind, e.target,
  e.secret, e.previous_secret as "previousSecret", e.previous_secret_until as "previousSecretUntil", e.failing_since as "failingSince"`;

/**
 * Takes what is due, of all workspaces, for a while: a second worker passes it by, and what a crash cut short is due again then. The try is
 * counted as it begins. Of one endpoint at most `eachMax`, so that one of them does not keep the others waiting.
 */
export async function claimMessages(
  tx: Tx,
  of: { now: Date; leaseUntil: Date; eachMax: number; max: number },
): Promise<ClaimedMessage[]> {
  const { rows } = await sql<ClaimedMessage>`
    with ranked as (
      select m.workspace_id, m.id, m.due_at, row_number() over (partition by m.workspace_id, m.endpoint_id order by m.due_at, m.id) as place
      from webhook_message m join webhook_endpoint e on e.workspace_id = m.workspace_id and e.id = m.endpoint_id
      where m.due_at <= ${of.now} and e.state = 'on' and (m.state = 'waiting' or (m.state = 'sending' and m.lease_until <= ${of.now}))
    ), due as (
      select m.workspace_id, m.id from webhook_message m join ranked r on r.workspace_id = m.workspace_id and r.id = m.id
      where r.place <= ${of.eachMax} and (m.state = 'waiting' or (m.state = 'sending' and m.lease_until <= ${of.now}))
      order by r.due_at, r.id limit ${of.max} for update of m skip locked
    ), taken as (
      update webhook_message m set state = 'sending', lease_until = ${of.leaseUntil}, tries = tries + 1, attempts = attempts + 1
      from due where m.workspace_id = due.workspace_id and m.id = due.id
      returning m.*
    )
    select ${claimed} from taken m join webhook_endpoint e on e.workspace_id = m.workspace_id and e.id = m.endpoint_id
    order by m.due_at, m.id`.execute(tx);
  return rows;
}

/** Takes one message whatever its state and hour: for tests. */
export async function claimMessage(
  tx: Tx,
  workspaceId: string,
  of: { id: string; leaseUntil: Date },
): Promise<ClaimedMessage> {
  const { rows } = await sql<ClaimedMessage>`
    with m as (
      update webhook_message set state = 'sending', lease_until = ${of.leaseUntil}, tries = tries + 1, attempts = attempts + 1
      where workspace_id = ${workspaceId} and id = ${of.id} returning *
    )
    select ${claimed} from m join webhook_endpoint e on e.workspace_id = m.workspace_id and e.id = m.endpoint_id`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`No message ${of.id}`);
  return row;
}

/** When the next message is due, of endpoints that are on; null when none waits. */
export async function nextDue(tx: Tx): Promise<Date | null> {
  const { rows } = await sql<{ due_at: Date | null }>`
    select min(m.due_at) as due_at from webhook_message m
    join webhook_endpoint e on e.workspace_id = m.workspace_id and e.id = m.endpoint_id
    where m.state = 'waiting' and e.state = 'on'`.execute(tx);
  return rows[0]?.due_at ?? null;
}

export interface Ending {
  id: string;
  state: 'waiting' | 'delivered' | 'failed';
  dueAt: Date | null;
  at: Date;
}

/** Ends a try with what the other side said. */
export async function endTry(
  tx: Tx,
  workspaceId: string,
  of: Ending & { number: number; tookMs: number; status: number | null; answer: string },
): Promise<void> {
  await tx
    .insertInto('webhook_attempt')
    .values({
      workspace_id: workspaceId,
      message_id: of.id,
      number: of.number,
      at: of.at,
      took_ms: of.tookMs,
      status: of.status,
      answer: of.answer,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await setEnding(tx, workspaceId, of);
}

async function setEnding(tx: Tx, workspaceId: string, { id, state, dueAt, at }: Ending): Promise<void> {
  await tx
    .updateTable('webhook_message')
    .set({
      state,
      lease_until: null,
      finished_at: state === 'waiting' ? null : at,
      ...(dueAt === null ? {} : { due_at: dueAt }),
    })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Gives messages back that were taken and not tried: they count as not tried. */
export async function putBack(tx: Tx, workspaceId: string, of: { ids: readonly string[]; dueAt: Date }): Promise<void> {
  await sql`
    update webhook_message set state = 'waiting', lease_until = null, tries = tries - 1, attempts = attempts - 1, due_at = ${of.dueAt}
    where workspace_id = ${workspaceId} and id = any(${[...of.ids]}::text[]) and state = 'sending'`.execute(tx);
}

/** Makes a message that ended due now, with all its tries before it; false when it has not ended. */
export async function replay(tx: Tx, workspaceId: string, of: { id: string; now: Date }): Promise<boolean> {
  const { rows } = await sql`
    update webhook_message set state = 'waiting', tries = 0, due_at = ${of.now}, finished_at = null
    where workspace_id = ${workspaceId} and id = ${of.id} and state in ('delivered', 'failed') returning id`.execute(
    tx,
  );
  return rows.length > 0;
}

/** The same for what failed since a time, or for all that ended since. */
export async function replaySince(
  tx: Tx,
  workspaceId: string,
  of: { endpointId: string; since: Date; states: readonly string[]; now: Date },
): Promise<number> {
  const { rows } = await sql`
    update webhook_message set state = 'waiting', tries = 0, due_at = ${of.now}, finished_at = null
    where workspace_id = ${workspaceId} and endpoint_id = ${of.endpointId} and created_at >= ${of.since}
      and state = any(${[...of.states]}::text[]) returning id`.execute(tx);
  return rows.length;
}

/** Forgets what ended before a time, in all workspaces. */
export async function forgetMessages(tx: Tx, before: Date): Promise<void> {
  await sql`delete from webhook_message where state in ('delivered', 'failed') and finished_at < ${before}`.execute(tx);
}
