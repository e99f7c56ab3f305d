import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { dayMs } from '#kernel/time.ts';

/** A brief that nobody confirmed for so long is worth a reminder. */
const patienceDays = 3;
const campaignsMax = 200;

/** Live campaigns with creators who were sent the brief three days ago or longer and did not confirm it; one entry a campaign. */
export async function briefOpenWork(tx: Tx, workspaceId: string, of: { now: Date }): Promise<OpenWork[]> {
  const before = new Date(of.now.getTime() - patienceDays * dayMs);
  const { rows } = await sql<{
    campaign_id: string;
    name: string;
    owner_id: string | null;
    creators: number;
    unread: number;
    since: Date;
    person_id: string;
  }>`
    select c.id as campaign_id, c.name, c.owner_id, count(*)::int as creators, (count(*) filter (where r.opened_at is null))::int as unread,
      min(r.sent_at) as since, min(e.person_id) as person_id
    from campaign c
    join enrolment e on e.workspace_id = c.workspace_id and e.campaign_id = c.id and e.removed_at is null
    join lateral (
      select id, sent_at, opened_at from brief_receipt r
      where r.workspace_id = e.workspace_id and r.enrolment_id = e.id order by r.sent_no desc limit 1
    ) r on r.sent_at < ${before}
    where c.workspace_id = ${workspaceId} and c.state = 'live'
      and not exists (select from brief_acknowledgement a where a.workspace_id = e.workspace_id and a.receipt_id = r.id)
    group by c.id, c.name, c.owner_id order by min(r.sent_at), c.id limit ${campaignsMax}`.execute(tx);
  return rows.map((row) => ({
    kind: 'brief.unconfirmed',
    title: row.creators === 1 ? 'A brief is not confirmed' : `${row.creators} briefs are not confirmed`,
    detail: `${row.name}${row.unread === 0 ? ', all read' : `, ${row.unread} not even read`}`,
    since: row.since.toISOString(),
    dueOn: null,
    path: `/campaigns/${row.campaign_id}/brief?view=creators&show=waiting`,
    campaignId: row.campaign_id,
    personId: row.creators === 1 ? row.person_id : null,
    ownerId: row.owner_id,
  }));
}
