import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { defaultMatchWeights, type getMatchWeights, type putMatchWeights, type WeightsVersion } from '../api.ts';
import { discoveryError } from '../errors.ts';
import { insertWeights, selectWeights, type WeightsRow } from './queries/match.ts';

const versionsMax = 50;

const shipped: WeightsVersion = { version: 0, weights: defaultMatchWeights, by: null, at: null, reason: null };

const toVersion = (row: WeightsRow): WeightsVersion => ({
  version: row.version,
  weights: { ...defaultMatchWeights, ...row.weights },
  by: row.changed_by,
  at: row.changed_at.toISOString(),
  reason: row.reason,
});

/** The weights that hold in the workspace. */
export async function currentWeights(tx: Tx, workspaceId: string): Promise<WeightsVersion> {
  const [row] = await selectWeights(tx, workspaceId, 1);
  return row === undefined ? shipped : toVersion(row);
}

export async function readMatchWeights(
  infra: Infra,
  call: Call<typeof getMatchWeights>,
): Promise<{ current: WeightsVersion; earlier: WeightsVersion[] }> {
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) => selectWeights(tx, call.workspaceId, versionsMax));
  const [current = shipped, ...earlier] = [...rows.map(toVersion), shipped];
  return { current, earlier };
}

/** Keeps new weights as the next version. Errors: discovery.weights, discovery.weights_changed. */
export async function changeMatchWeights(infra: Infra, call: Call<typeof putMatchWeights>): Promise<WeightsVersion> {
  const { workspaceId, actor, input } = call;
  if (Object.values(input.weights).every((weight) => weight === 0))
    throw discoveryError(
      'weights',
      'All weights are 0, so every creator would score 0. Give at least one signal a weight.',
      [{ field: 'weights', message: 'are all 0' }],
    );
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await currentWeights(tx, workspaceId);
    const changed = () =>
      discoveryError('weights_changed', 'Somebody changed the weights in the meantime. Look at them and try again.');
    if (input.basedOn !== undefined && input.basedOn !== before.version) throw changed();
    const row: WeightsRow = {
      version: before.version + 1,
      weights: input.weights,
      reason: input.reason === '' ? null : input.reason,
      changed_by: actor.name,
      changed_at: infra.clock.now(),
    };
    if (!(await insertWeights(tx, workspaceId, row))) throw changed();
    await recordAudit(tx, {
      ...call,
      action: 'match_weights.changed',
      subjectKind: 'match_weights',
      subjectId: workspaceId,
      changes: { version: row.version, weights: { from: before.weights, to: input.weights }, reason: row.reason },
    });
    return toVersion(row);
  });
}
