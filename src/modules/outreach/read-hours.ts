import type { Tx } from '#infra/db/database.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type SettingsRow, selectSettings } from './queries/settings.ts';
import type { SendingHours } from './rules/sending-hours.ts';

export interface House {
  brand: string;
  settings: SettingsRow;
  hours: SendingHours;
}

/** The workspace as outreach sees it: its name, its settings, and when it sends. */
export async function readHouse(tx: Tx, workspaceId: string): Promise<House> {
  const workspace = await getWorkspace(tx, workspaceId);
  const settings = await selectSettings(tx, workspaceId);
  return {
    brand: workspace.name,
    settings,
    hours: {
      timeZone: workspace.timeZone,
      weekdays: settings.weekdays,
      opensMinute: settings.opens_minute,
      closesMinute: settings.closes_minute,
    },
  };
}
