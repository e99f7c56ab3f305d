import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/**
 * Hours from our first unanswered message to each answer of a creator, in the same thread. What came by itself (auto-replies, bounces) is no answer,
 * and what they wrote before we did answers nothing.
 */
export async function readReplyHours(tx: Tx, workspaceId: string, personId: string): Promise<number[]> {
  const { rows } = await sql<{ hours: string }>`
    with said as (
      select thread_id, direction, at, id,
        lag(direction) over (partition by thread_id order by at, id) as before
      from mail_message
      where workspace_id = ${workspaceId} and person_id = ${personId} and kind = 'message' and state in ('sent', 'received', 'noted')
    ), turns as (
      select thread_id, direction, at, id, count(*) filter (where before is distinct from direction) over (partition by thread_id order by at, id) as turn from said
    ), first_of as (
      select thread_id, turn, direction, min(at) as at from turns group by thread_id, turn, direction
    )
    select extract(epoch from answer.at - ours.at) / 3600 as hours
    from first_of answer join first_of ours on ours.thread_id = answer.thread_id and ours.turn = answer.turn - 1
    where answer.direction = 'in' and ours.direction = 'out'
    order by answer.at, answer.thread_id limit 1000`.execute(tx);
  return rows.map((row) => Number(row.hours));
}
