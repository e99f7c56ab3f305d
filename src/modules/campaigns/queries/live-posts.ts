import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

/** A piece that went live, with its creator. */
export interface LivePost {
  deliverableId: string;
  personId: string;
  title: string;
  url: string | null;
  liveAt: Date;
}

/** Pieces of a campaign that went live in these days, newest first. First and last day, both included, in `timeZone`. */
export async function listLivePosts(
  tx: Tx,
  of: { workspaceId: string; campaignId: string; from: string; to: string; timeZone: string; limit: number },
): Promise<LivePost[]> {
  const { rows } = await sql<LivePost>`
    select d.id as "deliverableId", e.person_id as "personId", d.title, d.live_url as url, d.live_at as "liveAt"
    from deliverable d join enrolment e on e.workspace_id = d.workspace_id and e.id = d.enrolment_id
    where d.workspace_id = ${of.workspaceId} and e.campaign_id = ${of.campaignId} and e.removed_at is null
      and d.live_at >= (${of.from}::date)::timestamp at time zone ${of.timeZone} and d.live_at < (${of.to}::date + 1)::timestamp at time zone ${of.timeZone}
    order by d.live_at desc, d.id limit ${of.limit}`.execute(tx);
  return rows;
}

/** Sets what is wrong with a live post; an unchanged fault keeps its time. */
export async function updateLiveFault(
  tx: Tx,
  workspaceId: string,
  of: { deliverableId: string; fault: string | null; at: Date },
): Promise<void> {
  await sql`
    update deliverable set live_fault = ${of.fault}, live_fault_since = case when ${of.fault}::text is null then null else ${of.at}::timestamptz end
    where workspace_id = ${workspaceId} and id = ${of.deliverableId} and live_fault is distinct from ${of.fault}`.execute(
    tx,
  );
}
