import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface StatsRow {
  id: string;
  creators: bigint;
  /** A server took at least one mail, and none came back for good. */
  reached: bigint;
  /** At least one mail was taken, whatever became of it. */
  begun: bigint;
  ended: bigint;
  waiting: bigint;
  replied: bigint;
  bounced: bigint;
  unsubscribed: bigint;
  opened: bigint;
  replies_timed: bigint;
  median_hours: number | null;
}

/** What came of mailings, or of all mailings of sequences, by id. A creator counts once in each. */
export async function selectStats(
  tx: Tx,
  workspaceId: string,
  of: { by: 'mailing' | 'sequence'; ids: readonly string[] },
): Promise<Map<string, StatsRow>> {
  const key = of.by === 'mailing' ? sql.ref('mailing.id') : sql.ref('mailing.sequence_id');
  const { rows } = await sql<StatsRow>`
    with run as (
      select ${key} as key, r.* from mailing_run r
      join mailing on mailing.workspace_id = r.workspace_id and mailing.id = r.mailing_id
      where r.workspace_id = ${workspaceId} and ${key} = any(${of.ids}::text[])
    ), seen as (
      select run.key, run.person_id, run.id,
        min(m.at) filter (where m.state in ('sent', 'bounced')) as first_sent,
        bool_or(m.opened_at is not null) as opened
      from run left join mail_message m on m.workspace_id = ${workspaceId} and m.run_id = run.id and m.direction = 'out'
      group by run.key, run.person_id, run.id
    ), answered as (
      select seen.key, seen.person_id, min(extract(epoch from m.at - seen.first_sent) / 3600) as hours
      from seen join run on run.id = seen.id and run.has_replied
      join mail_message m on m.workspace_id = ${workspaceId} and m.thread_id = run.thread_id and m.direction = 'in'
        and m.kind = 'message' and m.at >= seen.first_sent
      group by seen.key, seen.person_id
    ), person as (
      select run.key, run.person_id, bool_or(run.sent_count > 0) as is_begun, bool_or(run.has_replied) as has_replied,
        bool_or(run.has_bounced) as has_bounced, bool_or(run.has_unsubscribed) as has_unsubscribed,
        bool_or(run.state in ('waiting', 'sending')) as is_open, bool_or(coalesce(seen.opened, false)) as is_opened
      from run left join seen on seen.id = run.id group by run.key, run.person_id
    )
    select person.key as id, count(*) as creators,
      count(*) filter (where is_begun and not has_bounced) as reached,
      count(*) filter (where is_begun) as begun,
      count(*) filter (where not is_open) as ended,
      count(*) filter (where is_open) as waiting,
      count(*) filter (where has_replied) as replied,
      count(*) filter (where has_bounced) as bounced,
      count(*) filter (where has_unsubscribed) as unsubscribed,
      count(*) filter (where is_opened) as opened,
      (select count(*) from answered where answered.key = person.key) as replies_timed,
      (select percentile_cont(0.5) within group (order by hours) from answered where answered.key = person.key) as median_hours
    from person group by person.key`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** By step of sequences: mails that were taken, and creators whose first answer came after that step and before the next. */
export async function selectStepStats(
  tx: Tx,
  workspaceId: string,
  sequenceIds: readonly string[],
): Promise<{ sequence_id: string; step: number; sent: bigint; replied: bigint; people: bigint }[]> {
  const { rows } = await sql<{ sequence_id: string; step: number; sent: bigint; replied: bigint; people: bigint }>`
    with sent as (
      select mailing.sequence_id, m.step, m.run_id, run.person_id, run.thread_id, run.has_replied, m.at,
        lead(m.at) over (partition by m.run_id order by m.step) as next_at
      from mail_message m
      join mailing_run run on run.workspace_id = m.workspace_id and run.id = m.run_id
      join mailing on mailing.workspace_id = run.workspace_id and mailing.id = run.mailing_id
      where m.workspace_id = ${workspaceId} and mailing.sequence_id = any(${sequenceIds}::text[])
        and m.direction = 'out' and m.state in ('sent', 'bounced') and m.step is not null
    ), first_reply as (
      select sent.run_id, min(m.at) as at from sent
      join mail_message m on m.workspace_id = ${workspaceId} and m.thread_id = sent.thread_id and m.direction = 'in'
        and m.kind = 'message' and m.at >= sent.at
      where sent.has_replied group by sent.run_id
    )
    select sent.sequence_id, sent.step, count(*) as sent, count(distinct sent.person_id) as people,
      count(distinct sent.person_id) filter (where first_reply.at >= sent.at and (sent.next_at is null or first_reply.at < sent.next_at)) as replied
    from sent left join first_reply on first_reply.run_id = sent.run_id
    group by sent.sequence_id, sent.step order by sent.sequence_id, sent.step`.execute(tx);
  return rows;
}
