import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface MessageRow {
  id: string;
  endpoint_id: string;
  event: string;
  body: string;
  state: 'waiting' | 'sending' | 'delivered' | 'failed';
  attempts: number;
  happened_at: Date;
  created_at: Date;
  due_at: Date;
  finished_at: Date | null;
  last_status: number | null;
  last_answer: string | null;
  /** Microseconds of created_at, for cursors. */
  sort_key: string;
}

const columns = sql`m.id, m.endpoint_id, m.event, m.body, m.state, m.attempts, m.happened_at, m.created_at, m.due_at, m.finished_at,
  a.status as last_status, a.answer as last_answer, (extract(epoch from m.created_at) * 1000000)::bigint::text as sort_key`;
const joined = sql`webhook_message m left join lateral (
  select status, answer from webhook_attempt t where t.workspace_id = m.workspace_id and t.message_id = m.id order by number desc limit 1) a on true`;

export interface MessageQuery {
  workspaceId: string;
  endpointId: string;
  state: 'waiting' | 'delivered' | 'failed' | undefined;
  event: string | undefined;
  limit: number;
  after: { key: string; id: string } | null;
}

/** Newest first. */
export async function selectMessages(tx: Tx, query: MessageQuery): Promise<MessageRow[]> {
  const { state, after } = query;
  const conditions = [
    sql`m.workspace_id = ${query.workspaceId}`,
    sql`m.endpoint_id = ${query.endpointId}`,
    state === undefined ? null : state === 'waiting' ? sql`m.state in ('waiting', 'sending')` : sql`m.state = ${state}`,
    query.event === undefined ? null : sql`m.event = ${query.event}`,
    after === null
      ? null
      : sql`(m.created_at, m.id) < (timestamptz 'epoch' + ${after.key}::bigint * interval '1 microsecond', ${after.id})`,
  ].filter((condition) => condition !== null);
  const { rows } = await sql<MessageRow>`
    select ${columns} from ${joined} where ${sql.join(conditions, sql` and `)}
    order by m.created_at desc, m.id desc limit ${query.limit}`.execute(tx);
  return rows;
}

export async function selectMessage(tx: Tx, workspaceId: string, id: string): Promise<MessageRow | undefined> {
  const { rows } = await sql<MessageRow>`
    select ${columns} from ${joined} where m.workspace_id = ${workspaceId} and m.id = ${id}`.execute(tx);
  return rows[0];
}

export interface AttemptRow {
  number: number;
  at: Date;
  took_ms: number;
  status: number | null;
  answer: string;
}

export async function selectAttempts(tx: Tx, workspaceId: string, messageId: string): Promise<AttemptRow[]> {
  return await tx
    .selectFrom('webhook_attempt')
    .select(['number', 'at', 'took_ms', 'status', 'answer'])
    .where('workspace_id', '=', workspaceId)
    .where('message_id', '=', messageId)
    .orderBy('number')
    .execute();
}
