import { sql } from 'kysely';
import type { Client } from '#client/client.ts';
import * as api from '#modules/campaigns/api.ts';
import { openTestCore, type TestCore } from './core.ts';
import { createPlainCreators } from './plain-creators.ts';

export interface WorkingCampaigns {
  test: TestCore;
  client: Client;
  workspaceId: string;
  /** Sets the clock; it goes on by a millisecond with every look, so that what happened later stands later. */
  setNow(instant: string): void;
  /** A sponsored campaign in October and November 2026 with the first so many creators on it. */
  begin(count: number, name?: string): Promise<{ id: string; enrolmentIds: string[]; first: string }>;
  /** Gives it a brief with days and takes it live. */
  goLive(campaignId: string): Promise<void>;
  bulkDo(campaignId: string, enrolmentIds: string[], action: api.BulkAction): Promise<api.BulkOutcome>;
}

const brief = api.briefSchema.parse({
  background: '',
  freedom: '',
  compensation: '',
  usageRights: '',
  disclosure: '',
  dates: { respondBy: '2026-10-23', draftsBy: '2026-10-31', liveFrom: '2026-11-02', liveUntil: '2026-11-08' },
});

/** A workspace in Dublin with plain creators, at 08:00 UTC on 20 October 2026. */
export async function openWorkingCampaigns(creators: number): Promise<WorkingCampaigns> {
  let now = new Date('2026-10-20T08:00:00Z').getTime();
  const tick = () => {
    now += 1;
    return new Date(now);
  };
  const test = await openTestCore({ clock: { now: tick } });
  const workspaceId = await test.database.createWorkspace('work');
  await test.database.db.asSystem((tx) =>
    sql`update workspace set time_zone = 'Europe/Dublin' where id = ${workspaceId}`.execute(tx),
  );
  const people = await createPlainCreators(test.database.db, workspaceId, creators);
  const client = test.client('work');
  return {
    test,
    client,
    workspaceId,
    setNow: (instant) => {
      now = new Date(instant).getTime();
    },
    begin: async (count, name = 'Slow Mornings') => {
      const plan = { name, model: 'sponsored' as const, startsOn: '2026-10-01', endsOn: '2026-11-30' };
      const { id } = await client.call(api.createCampaign, plan);
      const { enrolmentIds } = await client.call(api.addToRoster, {
        campaignId: id,
        personIds: people.slice(0, count),
      });
      return { id, enrolmentIds, first: enrolmentIds[0] ?? '' };
    },
    goLive: async (campaignId) => {
      await client.call(api.saveBrief, { campaignId, brief, basedOn: 0 });
      await client.call(api.changeCampaignState, { campaignId, from: 'draft', to: 'live' });
    },
    bulkDo: (campaignId, enrolmentIds, action) => client.call(api.bulkOnRoster, { campaignId, enrolmentIds, action }),
  };
}
