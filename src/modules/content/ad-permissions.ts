import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { addDays } from '#kernel/time.ts';
import { getPerson } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { type AdPermission, type listAdPermissions, type saveAdPermission, sparkDays } from './api.ts';
import { contentError } from './errors.ts';
import { readToday } from './present-assets.ts';
import { type AdPermissionRow, saveAdRow, selectAdRows } from './queries/ads.ts';
import { selectAsset } from './queries/assets.ts';

/** Error: not_found. */
export async function listPermissions(infra: Infra, call: Call<typeof listAdPermissions>): Promise<AdPermission[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: personId } = await getPerson(tx, workspaceId, input.personId);
    const today = await readToday(infra, tx, workspaceId);
    return (await selectAdRows(tx, workspaceId, personId)).map((row) => toPermission(row, today));
  });
}

/** Writes one down or changes it. Errors: not_found, bad_days, code_days for a code of a span TikTok does not give. */
export async function savePermission(infra: Infra, call: Call<typeof saveAdPermission>): Promise<AdPermission> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id: personId } = await getPerson(tx, workspaceId, input.personId);
    const today = await readToday(infra, tx, workspaceId);
    checkSpan(input);
    if (input.assetId !== null && (await selectAsset(tx, workspaceId, input.assetId)) === undefined)
      throw notFound('content');
    const at = infra.clock.now();
    const row = await saveAdRow(tx, {
      workspace_id: workspaceId,
      id: input.id ?? newId('adPermission', at.getTime()),
      isNew: input.id === undefined,
      person_id: personId,
      platform: input.platform,
      kind: input.kind,
      state: input.state,
      asset_id: input.assetId,
      code: input.code,
      starts_on: input.startsOn,
      ends_on: input.endsOn,
      note: input.note,
      by: actor.name,
      at,
    });
    if (row === undefined) throw notFound('permission');
    await recordAudit(tx, {
      ...call,
      action: 'ad_permission.saved',
      subjectKind: 'creator',
      subjectId: personId,
      changes: { permission: row.id, kind: row.kind, state: row.state, until: row.ends_on },
    });
    return toPermission(row, today);
  });
}

function checkSpan({ kind, startsOn, endsOn }: Call<typeof saveAdPermission>['input']): void {
  if (startsOn !== null && endsOn !== null && endsOn < startsOn)
    throw contentError('bad_days', `It would end on ${endsOn}, before it begins on ${startsOn}.`, [
      { field: 'endsOn', message: `is before ${startsOn}` },
    ]);
  if (kind !== 'spark_code' || startsOn === null || endsOn === null) return;
  if (sparkDays.some((days) => endsOn === addDays(startsOn, days) || endsOn === addDays(startsOn, days - 1))) return;
  throw contentError('code_days', `A code of TikTok holds for ${sparkDays.join(', ')} days. Check the last day.`, [
    { field: 'endsOn', message: `is not ${sparkDays.join(', ')} days after the first` },
  ]);
}

function toPermission(row: AdPermissionRow, today: string): AdPermission {
  const isOver = row.state === 'granted' && row.ends_on !== null && row.ends_on < today;
  return {
    id: row.id,
    personId: row.person_id,
    // The checks of the table let nothing else into these columns.
    platform: row.platform as AdPermission['platform'],
    kind: row.kind as AdPermission['kind'],
    state: isOver ? 'ended' : (row.state as AdPermission['state']),
    assetId: row.asset_id,
    code: row.code,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    note: row.note,
    createdBy: row.created_by,
    updatedAt: row.updated_at.toISOString(),
  };
}
