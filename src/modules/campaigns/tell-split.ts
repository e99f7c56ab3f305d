import type { Tx } from '#infra/db/database.ts';
import type { Split, SplitForecast, SplitSource } from '#modules/creators/index.ts';
import { selectChangedSince } from './queries/joins.ts';
import { type Parting, selectPartings } from './queries/partings.ts';
import { hasAnotherEntry, sayChanged, sayMoved } from './rules/say-parting.ts';

/** What a module has to say of entries that would be parted, one at a time. */
export function splitSource(
  tell: (tx: Tx, of: Split & { parting: Parting }) => Promise<{ comesBack?: string[]; stays?: string[] }>,
): SplitSource {
  return async (tx, split) => {
    const told: SplitForecast = { comesBack: [], stays: [] };
    for (const parting of await selectPartings(tx, split.workspaceId, split.restoredPersonIds)) {
      const { comesBack = [], stays = [] } = await tell(tx, { ...split, parting });
      const about = parting.campaign_name;
      told.comesBack.push(...comesBack.map((text) => ({ about, text })));
      told.stays.push(...stays.map((text) => ({ about, text })));
    }
    return told;
  };
}

/** Entries on rosters: as they stood, but for what somebody changed since. */
export const campaignsOfSplit: SplitSource = splitSource(
  async (tx, { workspaceId, keptName, restoredName, parting }) => {
    if (parting.joined_id === parting.kept_id) {
      if (parting.is_taken) return { stays: [hasAnotherEntry] };
      return {
        comesBack: [`The entry goes back to ${restoredName} with all that belongs to it, what came since too.`],
      };
    }
    const moved = sayMoved(parting.moved);
    const comesBack = [
      `Two entries stand apart again, each as it was${moved === null ? '' : `; back to ${restoredName}: ${moved}`}.`,
    ];
    const { link = 0, discount_code: codes = 0 } = parting.moved;
    if (link + codes > 0) comesBack.push('Clicks go with their links, and orders are credited anew.');
    const changed = await selectChangedSince(tx, workspaceId, parting);
    const added = `What was added to or changed in the joint entry since, such as deliverables, links, costs and letters, stays with ${keptName}.`;
    return { comesBack, stays: [...sayChanged(changed), added] };
  },
);
