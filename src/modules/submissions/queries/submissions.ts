import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { SubmissionState } from '../api.ts';

export interface SubmissionThread {
  id: string;
  campaign_id: string;
  enrolment_id: string;
  deliverable_id: string;
  person_id: string;
  state: SubmissionState;
  state_since: Date;
  round: number;
  approved_round: number | null;
  scheduled_for: Date | null;
  created_at: Date;
  updated_at: Date;
}

const columns = sql`s.id, s.campaign_id, s.enrolment_id, s.deliverable_id, s.person_id, s.state, s.state_since, s.round, s.approved_round, s.scheduled_for, s.created_at, s.updated_at`;

export async function selectThread(tx: Tx, workspaceId: string, id: string): Promise<SubmissionThread | undefined> {
  const { rows } = await sql<SubmissionThread>`
    select ${columns} from submission s where s.workspace_id = ${workspaceId} and s.id = ${id}`.execute(tx);
  return rows[0];
}

/** The same, held until the transaction ends: one decision after another. */
export async function lockThread(tx: Tx, workspaceId: string, id: string): Promise<SubmissionThread | undefined> {
  const { rows } = await sql<SubmissionThread>`
    select ${columns} from submission s where s.workspace_id = ${workspaceId} and s.id = ${id} for update`.execute(tx);
  return rows[0];
}

export async function lockThreadOfDeliverable(
  tx: Tx,
  workspaceId: string,
  deliverableId: string,
): Promise<SubmissionThread | undefined> {
  const { rows } = await sql<SubmissionThread>`
    select ${columns} from submission s
    where s.workspace_id = ${workspaceId} and s.deliverable_id = ${deliverableId} for update`.execute(tx);
  return rows[0];
}

export async function selectThreadsOfDeliverables(
  tx: Tx,
  workspaceId: string,
  deliverableIds: readonly string[],
): Promise<SubmissionThread[]> {
  const { rows } = await sql<SubmissionThread>`
    select ${columns} from submission s
    where s.workspace_id = ${workspaceId} and s.deliverable_id = any(${deliverableIds}::text[]) order by s.id`.execute(
    tx,
  );
  return rows;
}

/** Makes the thread of a deliverable; nothing when there is one. */
export async function insertThread(
  tx: Tx,
  workspaceId: string,
  of: Omit<
    SubmissionThread,
    'state_since' | 'round' | 'approved_round' | 'scheduled_for' | 'created_at' | 'updated_at'
  > & {
    at: Date;
  },
): Promise<void> {
  await sql`
    insert into submission (workspace_id, id, campaign_id, enrolment_id, deliverable_id, person_id, state, state_since, created_at, updated_at)
    values (${workspaceId}, ${of.id}, ${of.campaign_id}, ${of.enrolment_id}, ${of.deliverable_id}, ${of.person_id}, ${of.state}, ${of.at}, ${of.at}, ${of.at})
    on conflict (workspace_id, deliverable_id) do nothing`.execute(tx);
}

export async function updateThread(
  tx: Tx,
  workspaceId: string,
  of: {
    id: string;
    change: Partial<Pick<SubmissionThread, 'state' | 'state_since' | 'round' | 'approved_round' | 'scheduled_for'>>;
    at: Date;
  },
): Promise<void> {
  await tx
    .updateTable('submission')
    .set({ ...of.change, updated_at: of.at })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', of.id)
    .execute();
}

export interface ThreadFilter {
  campaignId?: string | undefined;
  personId?: string | undefined;
  deliverableId?: string | undefined;
  states: readonly string[] | null;
}

const filtered = (workspaceId: string, of: ThreadFilter) => sql`
  s.workspace_id = ${workspaceId}
  and (${of.campaignId ?? null}::text is null or s.campaign_id = ${of.campaignId ?? null})
  and (${of.personId ?? null}::text is null or s.person_id = ${of.personId ?? null})
  and (${of.deliverableId ?? null}::text is null or s.deliverable_id = ${of.deliverableId ?? null})`;

/** Threads, newest change of state first. */
export async function selectThreads(
  tx: Tx,
  workspaceId: string,
  of: ThreadFilter & { after: { at: string; id: string } | null; limit: number },
): Promise<SubmissionThread[]> {
  const { rows } = await sql<SubmissionThread>`
    select ${columns} from submission s
    where ${filtered(workspaceId, of)}
      and (${of.states === null} or s.state = any(${of.states ?? []}::text[]))
      and (${of.after === null} or (date_trunc('milliseconds', s.state_since), s.id) < (${of.after?.at ?? null}::timestamptz, ${of.after?.id ?? null}))
    order by date_trunc('milliseconds', s.state_since) desc, s.id desc limit ${of.limit}`.execute(tx);
  return rows;
}

export async function countThreads(tx: Tx, workspaceId: string, of: ThreadFilter) {
  const { rows } = await sql<{ state: SubmissionState; n: number }>`
    select s.state, count(*)::int as n from submission s where ${filtered(workspaceId, of)} group by s.state`.execute(
    tx,
  );
  return rows;
}

/** Threads of persons in some states, for reactions to what came in about them. */
export async function selectThreadsOfPersons(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[]; states: readonly string[] },
): Promise<SubmissionThread[]> {
  const { rows } = await sql<SubmissionThread>`
    select ${columns} from submission s
    where s.workspace_id = ${workspaceId} and s.person_id = any(${of.personIds}::text[]) and s.state = any(${of.states}::text[])
    order by s.id`.execute(tx);
  return rows;
}

/** Points the threads of a merged person to the kept one. */
export async function moveThreadsToPerson(
  tx: Tx,
  workspaceId: string,
  of: { fromPersonId: string; toPersonId: string },
): Promise<void> {
  await sql`
    update submission set person_id = ${of.toPersonId} where workspace_id = ${workspaceId} and person_id = ${of.fromPersonId}`.execute(
    tx,
  );
}

/** Drafts that wait for a decision, oldest first. */
export async function selectOpenThreads(tx: Tx, workspaceId: string, limit: number): Promise<SubmissionThread[]> {
  const { rows } = await sql<SubmissionThread>`
    select ${columns} from submission s where s.workspace_id = ${workspaceId} and s.state = 'pending_approval'
    order by s.state_since, s.id limit ${limit}`.execute(tx);
  return rows;
}

/** Live posts that are gone or not as approved, and that nobody accepted; oldest first. */
export async function selectProblemThreads(tx: Tx, workspaceId: string, limit: number): Promise<SubmissionThread[]> {
  const { rows } = await sql<SubmissionThread>`
    select ${columns} from live_post p
    join submission s on s.workspace_id = p.workspace_id and s.id = p.submission_id
    where p.workspace_id = ${workspaceId} and p.result in ('differs', 'missing') and p.accepted_at is null
    order by s.state_since, s.id limit ${limit}`.execute(tx);
  return rows;
}

export interface RowFacts {
  submission_id: string;
  caption: string;
  verdict: string | null;
  auto_approve_after: string | null;
  files: number;
  cover_id: string | null;
  cover_kind: 'image' | 'video' | null;
  open_comments: number;
  live_url: string | null;
  live_result: string | null;
  gone_at: Date | null;
}

/** What a list says of each thread beside its own row: of the newest round, the remarks and the live post. */
export async function selectRowFacts(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<RowFacts[]> {
  const { rows } = await sql<RowFacts>`
    select s.id as submission_id, left(coalesce(r.proposed_caption, r.caption, ''), 140) as caption, r.disclosure->>'verdict' as verdict,
      r.auto_approve_after, coalesce(f.files, 0)::int as files, f.cover_id, f.cover_kind, coalesce(c.open, 0)::int as open_comments,
      p.url as live_url, p.result as live_result, p.gone_at
    from submission s
    left join submission_round r on r.workspace_id = s.workspace_id and r.submission_id = s.id and r.number = s.round
    left join lateral (
      select count(*) as files, (array_agg(sf.file_id order by sf.position))[1] as cover_id, (array_agg(st.kind order by sf.position))[1] as cover_kind
      from submission_file sf join stored_file st on st.workspace_id = sf.workspace_id and st.id = sf.file_id
      where sf.workspace_id = s.workspace_id and sf.submission_id = s.id and sf.number = s.round
    ) f on true
    left join lateral (
      select count(*) as open from review_comment c
      where c.workspace_id = s.workspace_id and c.submission_id = s.id and c.resolved_at is null and c.reply_to is null
    ) c on true
    left join live_post p on p.workspace_id = s.workspace_id and p.submission_id = s.id
    where s.workspace_id = ${workspaceId} and s.id = any(${ids}::text[])`.execute(tx);
  return rows;
}
