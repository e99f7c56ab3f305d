import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import { readPersonCards, readProfileOwners } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { deleteFollowerSet, FollowerSetJson, listFollowerSets } from '../api.ts';
import { selectBrands } from '../competitors/queries/brands.ts';
import { idOfCursor } from '../read-lists.ts';
import {
  type FollowerSetRow,
  removeFollowerSet,
  selectFollowerSet,
  selectFollowerSets,
} from './queries/follower-sets.ts';

/** A file of followers as the API shows it. Error: not_found. */
export async function readSet(tx: Tx, workspaceId: string, setId: string): Promise<FollowerSetJson> {
  const row = await selectFollowerSet(tx, workspaceId, setId);
  const [set] = row === null ? [] : await describeSets(tx, workspaceId, [row]);
  if (set === undefined) throw notFound('follower file');
  return set;
}

/** Rows with the names of the creators and brands they belong to. */
export async function describeSets(
  tx: Tx,
  workspaceId: string,
  rows: readonly FollowerSetRow[],
): Promise<FollowerSetJson[]> {
  const owners = await readProfileOwners(
    tx,
    workspaceId,
    rows.flatMap((row) => row.profile_id ?? []),
  );
  const cards = await readPersonCards(tx, workspaceId, [...new Set(owners.values())]);
  const brands = rows.some((row) => row.brand_id !== null) ? await selectBrands(tx, workspaceId) : [];
  return rows.map((row) => {
    const personId = row.profile_id === null ? null : (owners.get(row.profile_id) ?? null);
    const card = personId === null ? undefined : cards.get(personId);
    const brand = brands.find((one) => one.id === row.brand_id);
    return {
      id: row.id,
      personId: card?.personId ?? personId,
      profileId: row.profile_id,
      brandId: row.brand_id,
      name: card?.name ?? brand?.name ?? 'No name',
      handle: card?.profiles.find((profile) => profile.profileId === row.profile_id)?.handle ?? null,
      platform: row.platform,
      idKind: row.id_kind,
      coverage: row.coverage,
      size: Number(row.size),
      total: Number(row.total),
      kept: row.kept,
      takenOn: row.taken_on,
      source: row.source,
      fileName: row.file_name,
      importedBy: row.imported_by,
      importedAt: row.created_at.toISOString(),
    };
  });
}

/** A page of files of followers, newest first. */
export async function pageSets(infra: Infra, call: Call<typeof listFollowerSets>): Promise<Page<FollowerSetJson>> {
  const { workspaceId, input } = call;
  const beforeId = idOfCursor(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId } = input;
    const card = personId === undefined ? null : (await readPersonCards(tx, workspaceId, [personId])).get(personId);
    if (card === undefined) throw notFound('creator');
    const rows = await selectFollowerSets(tx, workspaceId, {
      profileIds: card === null ? null : card.profiles.map((profile) => profile.profileId),
      brandId: input.brandId ?? null,
      beforeId,
      limit: input.limit + 1,
    });
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      rows: await describeSets(tx, workspaceId, page),
      nextCursor: rows.length > input.limit && last !== undefined ? encodeCursor([last.id]) : null,
    };
  });
}

/** Forgets a file of followers. Error: not_found. */
export async function forgetSet(infra: Infra, call: Call<typeof deleteFollowerSet>): Promise<{ deleted: boolean }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const set = await readSet(tx, workspaceId, input.setId);
    await removeFollowerSet(tx, workspaceId, set.id);
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'followers.forgotten',
      subjectKind: set.brandId === null ? 'creator' : 'brand',
      subjectId: set.personId ?? set.brandId ?? set.id,
      changes: { source: set.source, takenOn: set.takenOn, size: set.size },
    });
    return { deleted: true };
  });
}
