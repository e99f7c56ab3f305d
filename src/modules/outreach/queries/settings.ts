import type { Tx } from '#infra/db/database.ts';

export interface SettingsRow {
  postal_address: string | null;
  pitch: string;
  weekdays: number[];
  opens_minute: number;
  closes_minute: number;
  track_opens: boolean;
}

const unset: SettingsRow = {
  postal_address: null,
  pitch: '',
  weekdays: [1, 2, 3, 4, 5],
  opens_minute: 540,
  closes_minute: 1080,
  track_opens: false,
};

export async function selectSettings(tx: Tx, workspaceId: string): Promise<SettingsRow> {
  const row = await tx
    .selectFrom('outreach_settings')
    .select(['postal_address', 'pitch', 'weekdays', 'opens_minute', 'closes_minute', 'track_opens'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  return row ?? unset;
}

export async function upsertSettings(tx: Tx, workspaceId: string, row: SettingsRow, now: Date): Promise<void> {
  const values = { ...row, updated_at: now };
  await tx
    .insertInto('outreach_settings')
    .values({ workspace_id: workspaceId, ...values })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
    .execute();
}
