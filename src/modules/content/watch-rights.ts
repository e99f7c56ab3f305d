import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { addDays } from '#kernel/time.ts';
import { rightEnded, rightEnding } from './events.ts';
import { readToday, toClock } from './present-assets.ts';
import { selectAsset } from './queries/assets.ts';
import { insertAlert, selectEnding, selectRights, selectRightsWork } from './queries/rights.ts';
import { alertDue, standingOf } from './rules/rights-clock.ts';

const aheadDays = 31;
/** Ends that nobody looked at for so long are told no more. */
const behindDays = 60;
const rightsMax = 20_000;
const workMax = 200;

/** Tells of rights that end in 30 or 7 days or tomorrow, or have ended, once each. A piece with another right that holds longer is left in peace. Returns how many were told. */
export async function tellEndingRights(infra: Infra): Promise<number> {
  const now = infra.clock.now().toISOString().slice(0, 10);
  const ending = await infra.db.asSystem((tx) =>
    selectEnding(tx, { from: addDays(now, -behindDays), to: addDays(now, aheadDays), limit: rightsMax }),
  );
  let told = 0;
  for (const right of ending) {
    const { workspace_id: workspaceId, id: rightId, asset_id: assetId, ends_on: endsOn } = right;
    if (endsOn === null) continue;
    const isTold = await infra.db.inWorkspace(workspaceId, async (tx) => {
      const today = await readToday(infra, tx, workspaceId);
      const daysLeft = alertDue(endsOn, today, new Set(right.told));
      const asset = await selectAsset(tx, workspaceId, assetId);
      if (daysLeft === null || asset === undefined) return false;
      const standing = standingOf((await selectRights(tx, workspaceId, [assetId])).map(toClock), today);
      const holdsLonger =
        standing.state === 'in_force' || (standing.state === 'ending' && (standing.endsOn ?? '') > endsOn);
      if (!(await insertAlert(tx, workspaceId, { rightId, daysLeft, at: infra.clock.now() })) || holdsLonger)
        return false;
      await infra.outbox.emit(tx, {
        workspaceId,
        name: daysLeft === 0 ? rightEnded : rightEnding,
        payload: {
          assetId,
          rightId,
          daysLeft: String(daysLeft),
          actorName: 'Rapport',
          ...(asset.person_id === null ? {} : { personId: asset.person_id }),
          ...(asset.campaign_id === null ? {} : { campaignId: asset.campaign_id }),
        },
      });
      return true;
    });
    if (isTold) told += 1;
  }
  return told;
}

export function defineContentJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'content.ending_rights',
    payload: z.unknown(),
    retriesMax: 2,
    timeoutSeconds: 1800,
    cron: '17 * * * *',
    handle: async () => {
      await tellEndingRights(infra);
    },
  });
}

/** Rights that end within 30 days, and content that runs although its rights are over. */
export async function openWork(infra: Infra, tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const today = await readToday(infra, tx, workspaceId);
  const rows = await selectRightsWork(tx, workspaceId, { today, until: addDays(today, 30), limit: workMax });
  return rows.map((row) => {
    const isOver = row.ends_on < today;
    return {
      kind: isOver ? 'right.over' : 'right.ending',
      title: isOver
        ? `Take down content whose rights ended on ${row.ends_on}`
        : `Renew or let go the rights that end on ${row.ends_on}`,
      detail: row.title === '' ? null : row.title,
      since: null,
      dueOn: row.ends_on,
      path: `/content?open=${row.asset_id}`,
      campaignId: row.campaign_id,
      personId: row.person_id,
    };
  });
}
