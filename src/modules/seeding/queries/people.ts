import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { PostalAddress } from '../api.ts';

export interface AddressRow {
  person_id: string;
  address: PostalAddress;
  given_by: 'creator' | 'member';
  consent_text: string;
  consented_at: Date;
  updated_at: Date;
}

export async function selectAddresses(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<AddressRow[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<AddressRow>`
    select person_id, address, given_by, consent_text, consented_at, updated_at from creator_address
    where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) order by person_id`.execute(tx);
  return rows;
}

export async function upsertAddress(tx: Tx, workspaceId: string, row: AddressRow): Promise<void> {
  await sql`
    insert into creator_address (workspace_id, person_id, address, given_by, consent_text, consented_at, updated_at)
    values (${workspaceId}, ${row.person_id}, ${JSON.stringify(row.address)}::jsonb, ${row.given_by}, ${row.consent_text}, ${row.consented_at}, ${row.updated_at})
    on conflict (workspace_id, person_id) do update set address = excluded.address, given_by = excluded.given_by, consent_text = excluded.consent_text,
      consented_at = excluded.consented_at, updated_at = excluded.updated_at`.execute(tx);
}

/** Deletes the address, also where parcels that are no longer to be sent keep it. Returns whether there was one. */
export async function deleteAddresses(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ person_id: string }>`
    delete from creator_address where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) returning person_id`.execute(
    tx,
  );
  return rows.length;
}

/** `all` for an erased person; else only of parcels that arrived or ended. */
export async function clearParcelAddresses(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[]; which: 'all' | 'ended' },
): Promise<void> {
  await sql`
    update shipment set address = null
    where workspace_id = ${workspaceId} and person_id = any(${of.personIds}::text[]) and address is not null
      and (${of.which} = 'all' or state in ('delivered', 'returned', 'lost', 'cancelled'))`.execute(tx);
}

export interface AskRow {
  enrolment_id: string;
  kind: 'pick' | 'address';
  campaign_id: string;
  person_id: string;
  asked_at: Date;
  times: number;
  mail_state: 'queued' | 'off' | 'no_address';
}

export async function selectAsks(tx: Tx, workspaceId: string, campaignId: string): Promise<AskRow[]> {
  const { rows } = await sql<AskRow>`
    select enrolment_id, kind, campaign_id, person_id, asked_at, times, mail_state from seeding_ask
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} order by enrolment_id, kind`.execute(tx);
  return rows;
}

export async function selectAsksOfPerson(tx: Tx, workspaceId: string, personId: string): Promise<AskRow[]> {
  const { rows } = await sql<AskRow>`
    select enrolment_id, kind, campaign_id, person_id, asked_at, times, mail_state from seeding_ask
    where workspace_id = ${workspaceId} and person_id = ${personId} order by asked_at desc, enrolment_id, kind`.execute(
    tx,
  );
  return rows;
}

/** Notes that a creator was asked; returns how often by now. */
export async function recordAsk(
  tx: Tx,
  workspaceId: string,
  row: { enrolmentId: string; kind: string; campaignId: string; personId: string; at: Date; by: string },
): Promise<number> {
  const { rows } = await sql<{ times: number }>`
    insert into seeding_ask (workspace_id, enrolment_id, kind, campaign_id, person_id, asked_at, asked_by, mail_state)
    values (${workspaceId}, ${row.enrolmentId}, ${row.kind}, ${row.campaignId}, ${row.personId}, ${row.at}, ${row.by}, 'off')
    on conflict (workspace_id, enrolment_id, kind) do update set asked_at = excluded.asked_at, asked_by = excluded.asked_by, times = seeding_ask.times + 1
    returning times`.execute(tx);
  return rows[0]?.times ?? 1;
}

export async function setAskMail(
  tx: Tx,
  workspaceId: string,
  of: { enrolmentId: string; kind: string; mail: string },
): Promise<void> {
  await sql`
    update seeding_ask set mail_state = ${of.mail} where workspace_id = ${workspaceId} and enrolment_id = ${of.enrolmentId} and kind = ${of.kind}`.execute(
    tx,
  );
}

export interface BarredRow {
  person_id: string;
  reason: string;
  note: string | null;
  added_by: string;
  added_at: Date;
}

/** Who is to be sent nothing, newest first; `personIds` null is everybody. */
export async function selectBarred(
  tx: Tx,
  workspaceId: string,
  of: { personIds: readonly string[] | null; limit: number },
): Promise<BarredRow[]> {
  const { rows } = await sql<BarredRow>`
    select person_id, reason, note, added_by, added_at from do_not_gift
    where workspace_id = ${workspaceId} and (${of.personIds === null} or person_id = any(${of.personIds ?? []}::text[]))
    order by added_at desc, person_id limit ${of.limit}`.execute(tx);
  return rows;
}

export async function upsertBarred(tx: Tx, workspaceId: string, row: BarredRow): Promise<void> {
  await sql`
    insert into do_not_gift (workspace_id, person_id, reason, note, added_by, added_at)
    values (${workspaceId}, ${row.person_id}, ${row.reason}, ${row.note}, ${row.added_by}, ${row.added_at})
    on conflict (workspace_id, person_id) do update set reason = excluded.reason, note = excluded.note, added_by = excluded.added_by, added_at = excluded.added_at`.execute(
    tx,
  );
}

export async function deleteBarred(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ person_id: string }>`
    delete from do_not_gift where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) returning person_id`.execute(
    tx,
  );
  return rows.length;
}

/** Delivered parcels of creators with the enrolments they were for. */
export async function selectDelivered(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<{ person_id: string; enrolment_id: string; n: number }[]> {
  if (personIds.length === 0) return [];
  const { rows } = await sql<{ person_id: string; enrolment_id: string; n: number }>`
    select person_id, enrolment_id, count(*)::int as n from shipment
    where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) and state = 'delivered'
    group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}

/** Points everything of a merged person to the kept one, who keeps an address and a place on the list of its own. */
export async function movePerson(tx: Tx, workspaceId: string, of: { from: string; to: string }): Promise<void> {
  for (const table of ['creator_address', 'do_not_gift']) {
    const name = sql.table(table);
    await sql`
      update ${name} set person_id = ${of.to} where workspace_id = ${workspaceId} and person_id = ${of.from}
        and not exists (select from ${name} kept where kept.workspace_id = ${workspaceId} and kept.person_id = ${of.to})`.execute(
      tx,
    );
    await sql`delete from ${name} where workspace_id = ${workspaceId} and person_id = ${of.from}`.execute(tx);
  }
  for (const table of ['seeding_ask', 'pick', 'shipment', 'no_post_reason'])
    await sql`update ${sql.table(table)} set person_id = ${of.to} where workspace_id = ${workspaceId} and person_id = ${of.from}`.execute(
      tx,
    );
}
