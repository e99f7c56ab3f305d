import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { putTiers, Tier } from './api.ts';
import { discoveryError } from './errors.ts';
import { replaceTiers } from './queries/tiers.ts';
import { readTiers } from './read-tiers.ts';
import { tierFaults } from './rules/check-tiers.ts';

/** Replaces the tiers as a whole. Error: discovery.tiers with every fault. */
export async function changeTiers(infra: Infra, call: Call<typeof putTiers>): Promise<{ tiers: Tier[] }> {
  const faults = tierFaults(call.input.tiers);
  if (faults.length > 0) throw discoveryError('tiers', `${faults[0]?.message ?? 'The tiers are not valid'}.`, faults);
  const tiers = [...call.input.tiers].sort((a, b) => a.followersMin - b.followersMin);
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const before = await readTiers(tx, call.workspaceId);
    await replaceTiers(tx, call.workspaceId, tiers);
    await recordAudit(tx, {
      ...call,
      action: 'tiers.changed',
      subjectKind: 'tiers',
      subjectId: call.workspaceId,
      changes: { tiers: { from: before, to: tiers } },
    });
    return { tiers };
  });
}
