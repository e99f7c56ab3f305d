import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { BusinessCalendar, ReviewRole, ReviewSetting } from '../api.ts';

export interface SettingRow {
  campaign_id: string;
  required_roles: ReviewRole[];
  auto_approve_days: number | null;
  revisions_max: number | null;
  looks_at_address: boolean;
}

export async function selectSettings(
  tx: Tx,
  workspaceId: string,
  campaignIds: readonly string[],
): Promise<SettingRow[]> {
  const { rows } = await sql<SettingRow>`
    select campaign_id, required_roles, auto_approve_days, revisions_max, looks_at_address from review_setting
    where workspace_id = ${workspaceId} and campaign_id = any(${campaignIds}::text[])`.execute(tx);
  return rows;
}

export interface ReviewerRow {
  campaign_id: string;
  role: ReviewRole;
  user_id: string;
  name: string;
}

export async function selectReviewers(
  tx: Tx,
  workspaceId: string,
  campaignIds: readonly string[],
): Promise<ReviewerRow[]> {
  const { rows } = await sql<ReviewerRow>`
    select campaign_id, role, user_id, name from campaign_reviewer
    where workspace_id = ${workspaceId} and campaign_id = any(${campaignIds}::text[]) order by campaign_id, role, name, user_id`.execute(
    tx,
  );
  return rows;
}

export async function saveSetting(
  tx: Tx,
  workspaceId: string,
  of: { campaignId: string; setting: ReviewSetting; by: string; at: Date },
): Promise<void> {
  const { campaignId, setting } = of;
  await sql`
    insert into review_setting (workspace_id, campaign_id, required_roles, auto_approve_days, revisions_max, looks_at_address, updated_by, updated_at)
    values (${workspaceId}, ${campaignId}, ${setting.requiredRoles}, ${setting.autoApproveDays}, ${setting.revisionsMax}, ${setting.looksAtAddress}, ${of.by}, ${of.at})
    on conflict (workspace_id, campaign_id) do update set required_roles = excluded.required_roles, auto_approve_days = excluded.auto_approve_days,
      revisions_max = excluded.revisions_max, looks_at_address = excluded.looks_at_address, updated_by = excluded.updated_by, updated_at = excluded.updated_at`.execute(
    tx,
  );
  await tx
    .deleteFrom('campaign_reviewer')
    .where('workspace_id', '=', workspaceId)
    .where('campaign_id', '=', campaignId)
    .execute();
  const reviewers = [...new Map(setting.reviewers.map((one) => [`${one.role} ${one.userId}`, one])).values()];
  if (reviewers.length === 0) return;
  await tx
    .insertInto('campaign_reviewer')
    .values(
      reviewers.map((one) => ({
        workspace_id: workspaceId,
        campaign_id: campaignId,
        role: one.role,
        user_id: one.userId,
        name: one.name,
      })),
    )
    .execute();
}

export async function selectCalendar(
  tx: Tx,
  workspaceId: string,
): Promise<{ weekdays_off: number[]; holidays: unknown } | undefined> {
  return tx
    .selectFrom('business_calendar')
    .select(['weekdays_off', 'holidays'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
}

export async function saveCalendar(
  tx: Tx,
  workspaceId: string,
  of: { calendar: BusinessCalendar; by: string; at: Date },
): Promise<void> {
  const { weekdaysOff, holidays } = of.calendar;
  await sql`
    insert into business_calendar (workspace_id, weekdays_off, holidays, updated_by, updated_at)
    values (${workspaceId}, ${weekdaysOff}, ${JSON.stringify(holidays)}, ${of.by}, ${of.at})
    on conflict (workspace_id) do update set weekdays_off = excluded.weekdays_off, holidays = excluded.holidays,
      updated_by = excluded.updated_by, updated_at = excluded.updated_at`.execute(tx);
}
