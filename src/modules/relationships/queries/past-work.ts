import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';

export interface PastRow {
  id: string;
  personId: string;
  rowKey: string;
  source: string;
  campaignName: string;
  status: string | null;
  standing: 'contacted' | 'declined' | 'worked' | 'unknown';
  feeMinor: bigint | null;
  paidMinor: bigint | null;
  currency: string | null;
  paidOn: string | null;
  postUrl: string | null;
  postedOn: string | null;
  dueOn: string | null;
  rating: number | null;
  again: string | null;
  note: string | null;
}

export async function selectPastWork(tx: Tx, workspaceId: string, personId: string) {
  const { rows } = await sql<{
    id: string;
    source: string;
    campaign_name: string;
    status: string | null;
    standing: PastRow['standing'];
    fee_minor: bigint | null;
    paid_minor: bigint | null;
    currency: string | null;
    paid_on: string | null;
    post_url: string | null;
    posted_on: string | null;
    due_on: string | null;
    rating: string | null;
    again: string | null;
    note: string | null;
    imported_by: string;
    imported_at: Date;
  }>`
    select id, source, campaign_name, status, standing, fee_minor, paid_minor, currency, paid_on, post_url, posted_on, due_on, rating, again, note,
      imported_by, imported_at
    from past_work where workspace_id = ${workspaceId} and person_id = ${personId}
    order by coalesce(posted_on, paid_on, due_on) desc nulls last, id desc limit 1000`.execute(tx);
  return rows;
}
export type PastWorkRow = Awaited<ReturnType<typeof selectPastWork>>[number];

/** What stands under these keys, as one text a row that is equal exactly when nothing differs. */
export async function selectPastTexts(
  tx: Tx,
  workspaceId: string,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ row_key: string; text: string }>`
    select row_key, concat_ws('|', person_id, campaign_name, coalesce(status, '~'), standing, coalesce(fee_minor::text, '~'), coalesce(paid_minor::text, '~'),
      coalesce(currency, '~'), coalesce(paid_on::text, '~'), coalesce(post_url, '~'), coalesce(posted_on::text, '~'), coalesce(due_on::text, '~'),
      coalesce(trim_scale(rating)::text, '~'), coalesce(again, '~'), coalesce(note, '~')) as text
    from past_work where workspace_id = ${workspaceId} and row_key = any(${keys}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.row_key, row.text]));
}

/** The same text of a row that is not stored. */
export function pastText(row: PastRow): string {
  const or = (value: { toString(): string } | null) => (value === null ? '~' : value.toString());
  return [
    row.personId,
    row.campaignName,
    or(row.status),
    row.standing,
    or(row.feeMinor),
    or(row.paidMinor),
    or(row.currency),
    or(row.paidOn),
    or(row.postUrl),
    or(row.postedOn),
    or(row.dueOn),
    or(row.rating),
    or(row.again),
    or(row.note),
  ].join('|');
}

/** Writes rows by their keys; one that stands already takes the new values. */
export async function upsertPastWork(
  tx: Tx,
  workspaceId: string,
  of: { rows: readonly PastRow[]; importedBy: string; at: Date },
): Promise<void> {
  const given = JSON.stringify(
    of.rows.map((row) => ({
      ...row,
      feeMinor: row.feeMinor?.toString() ?? null,
      paidMinor: row.paidMinor?.toString() ?? null,
    })),
  );
  await sql`
    insert into past_work (workspace_id, id, person_id, row_key, source, campaign_name, status, standing, fee_minor, paid_minor, currency, paid_on,
      post_url, posted_on, due_on, rating, again, note, imported_by, imported_at)
    select ${workspaceId}, g.id, g."personId", g."rowKey", g.source, g."campaignName", g.status, g.standing, g."feeMinor"::bigint, g."paidMinor"::bigint,
      g.currency, g."paidOn"::date, g."postUrl", g."postedOn"::date, g."dueOn"::date, g.rating, g.again, g.note, ${of.importedBy}, ${of.at}::timestamptz
    from jsonb_to_recordset(${given}::jsonb) as g (id text, "personId" text, "rowKey" text, source text, "campaignName" text, status text, standing text,
      "feeMinor" text, "paidMinor" text, currency text, "paidOn" text, "postUrl" text, "postedOn" text, "dueOn" text, rating numeric, again text, note text)
    on conflict (workspace_id, row_key) do update set
      person_id = excluded.person_id, source = excluded.source, campaign_name = excluded.campaign_name, status = excluded.status,
      standing = excluded.standing, fee_minor = excluded.fee_minor, paid_minor = excluded.paid_minor, currency = excluded.currency,
      paid_on = excluded.paid_on, post_url = excluded.post_url, posted_on = excluded.posted_on, due_on = excluded.due_on, rating = excluded.rating,
      again = excluded.again, note = excluded.note, imported_by = excluded.imported_by, imported_at = excluded.imported_at`.execute(
    tx,
  );
}

export async function deletePastWork(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; id: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('past_work')
    .where('workspace_id', '=', workspaceId)
    .where('person_id', '=', of.personId)
    .where('id', '=', of.id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Which of the persons were written to, and which worked, by imported history. */
export async function selectPastStandings(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, { contacted: boolean; worked: boolean }>> {
  const { rows } = await sql<{ person_id: string; contacted: boolean; worked: boolean }>`
    select person_id, bool_or(standing in ('contacted', 'declined', 'worked')) as contacted, bool_or(standing = 'worked') as worked
    from past_work where workspace_id = ${workspaceId} and person_id = any(${personIds}::text[]) group by person_id order by person_id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.person_id, row]));
}
