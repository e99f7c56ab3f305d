import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { EndpointKind } from '../api.ts';

export interface EndpointRow {
  id: string;
  kind: EndpointKind;
  name: string;
  target: string;
  events: string[];
  secret: Buffer | null;
  previous_secret: Buffer | null;
  previous_secret_until: Date | null;
  state: 'on' | 'off' | 'disabled';
  disabled_because: string | null;
  failing_since: Date | null;
  created_by_name: string;
  created_at: Date;
}

export interface EndpointCounts {
  delivered: bigint;
  waiting: bigint;
  failed: bigint;
}

const fields = sql`e.id, e.kind, e.name, e.target, e.events, e.secret, e.previous_secret, e.previous_secret_until, e.state, e.disabled_because,
  e.failing_since, e.created_by_name, e.created_at`;

/** All endpoints with what became of their messages since a time; those that wait are counted whenever they were written. */
export async function selectEndpoints(
  tx: Tx,
  workspaceId: string,
  since: Date,
): Promise<(EndpointRow & EndpointCounts)[]> {
  const { rows } = await sql<EndpointRow & EndpointCounts>`
    select ${fields}, coalesce(m.delivered, 0) as delivered, coalesce(m.waiting, 0) as waiting, coalesce(m.failed, 0) as failed
    from webhook_endpoint e left join lateral (
      select count(*) filter (where state = 'delivered' and created_at >= ${since}) as delivered,
        count(*) filter (where state in ('waiting', 'sending')) as waiting,
        count(*) filter (where state = 'failed' and created_at >= ${since}) as failed
      from webhook_message where workspace_id = e.workspace_id and endpoint_id = e.id) m on true
    where e.workspace_id = ${workspaceId} order by e.created_at, e.id`.execute(tx);
  return rows;
}

export async function selectEndpoint(tx: Tx, workspaceId: string, id: string): Promise<EndpointRow | undefined> {
  const { rows } = await sql<EndpointRow>`
    select ${fields} from webhook_endpoint e where e.workspace_id = ${workspaceId} and e.id = ${id} for update`.execute(
    tx,
  );
  return rows[0];
}

/** Endpoints that are on. */
export async function selectListening(
  tx: Tx,
  workspaceId: string,
): Promise<Pick<EndpointRow, 'id' | 'kind' | 'events'>[]> {
  return await tx
    .selectFrom('webhook_endpoint')
    .select(['id', 'kind', 'events'])
    .where('workspace_id', '=', workspaceId)
    .where('state', '=', 'on')
    .orderBy('id')
    .$castTo<Pick<EndpointRow, 'id' | 'kind' | 'events'>>()
    .execute();
}

/** Inserts the endpoint unless its name is taken; false then. */
export async function insertEndpoint(
  tx: Tx,
  workspaceId: string,
  row: Pick<EndpointRow, 'id' | 'kind' | 'name' | 'target' | 'events' | 'secret' | 'created_by_name' | 'created_at'>,
): Promise<boolean> {
  const { rows } = await sql`
    insert into webhook_endpoint (workspace_id, id, kind, name, target, events, secret, created_by_name, created_at)
    values (${workspaceId}, ${row.id}, ${row.kind}, ${row.name}, ${row.target}, ${row.events}, ${row.secret}, ${row.created_by_name}, ${row.created_at})
    on conflict do nothing returning id`.execute(tx);
  return rows.length > 0;
}

/** False when another endpoint has the name. */
export async function updateEndpoint(
  tx: Tx,
  workspaceId: string,
  row: Pick<EndpointRow, 'id' | 'name' | 'target' | 'events' | 'state' | 'disabled_because' | 'failing_since'>,
): Promise<boolean> {
  const taken = await tx
    .selectFrom('webhook_endpoint')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where(sql`lower(name)`, '=', row.name.toLowerCase())
    .where('id', '!=', row.id)
    .executeTakeFirst();
  if (taken !== undefined) return false;
  const { id, ...values } = row;
  await tx
    .updateTable('webhook_endpoint')
    .set(values)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute();
  return true;
}

export async function replaceSecret(
  tx: Tx,
  workspaceId: string,
  of: { id: string; secret: Buffer; previousUntil: Date },
): Promise<void> {
  await sql`
    update webhook_endpoint set previous_secret = secret, previous_secret_until = ${of.previousUntil}, secret = ${of.secret}
    where workspace_id = ${workspaceId} and id = ${of.id}`.execute(tx);
}

export async function deleteEndpoint(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('webhook_endpoint').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Notes that a try failed, or that one did not; the first failure of a row of them stays. */
export async function markHealth(
  tx: Tx,
  workspaceId: string,
  of: { id: string; isDelivered: boolean; at: Date },
): Promise<void> {
  await sql`
    update webhook_endpoint set failing_since = case when ${of.isDelivered} then null else coalesce(failing_since, ${of.at}) end
    where workspace_id = ${workspaceId} and id = ${of.id}
      and (failing_since is not null) is distinct from ${!of.isDelivered}`.execute(tx);
}

/** Disables an endpoint that is on; when `failingBefore` is given, only one that has failed since before then. True when it was. */
export async function disableEndpoint(
  tx: Tx,
  workspaceId: string,
  of: { id: string; because: string; failingBefore: Date | null },
): Promise<boolean> {
  const { rows } = await sql`
    update webhook_endpoint set state = 'disabled', disabled_because = ${of.because}
    where workspace_id = ${workspaceId} and id = ${of.id} and state = 'on'
      and (${of.failingBefore}::timestamptz is null or failing_since < ${of.failingBefore})
    returning id`.execute(tx);
  return rows.length > 0;
}

/** Endpoints that were disabled, or that are on and have failed since before a time. */
export async function selectTroubled(
  tx: Tx,
  workspaceId: string,
  failingBefore: Date,
): Promise<Pick<EndpointRow, 'id' | 'name' | 'state' | 'disabled_because' | 'failing_since'>[]> {
  const { rows } = await sql<Pick<EndpointRow, 'id' | 'name' | 'state' | 'disabled_because' | 'failing_since'>>`
    select id, name, state, disabled_because, failing_since from webhook_endpoint
    where workspace_id = ${workspaceId} and (state = 'disabled' or (state = 'on' and failing_since < ${failingBefore}))
    order by name, id`.execute(tx);
  return rows;
}
