import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { putSearchSettings, SearchSettings } from './api.ts';
import { selectSettings, upsertSettings } from './queries/search-settings.ts';

/** Changes what holds for every search of the workspace. */
export async function changeSettings(infra: Infra, call: Call<typeof putSearchSettings>): Promise<SearchSettings> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await selectSettings(tx, workspaceId);
    if (before.followersMin === input.followersMin) return before;
    await upsertSettings(tx, workspaceId, { settings: input, by: actor.id, at: infra.clock.now() });
    await recordAudit(tx, {
      ...call,
      action: 'search.settings_changed',
      subjectKind: 'search settings',
      subjectId: workspaceId,
      changes: { followersMin: { from: before.followersMin, to: input.followersMin } },
    });
    return input;
  });
}
