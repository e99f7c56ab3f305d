import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import type { previewSplit, SplitLine } from './api.ts';
import { creatorsError } from './errors.ts';
import { stateWithout } from './merge-persons.ts';
import { selectPersonStates } from './queries/known-creators.ts';
import { selectHandles, selectMerges, selectNames } from './queries/merges.ts';
import { tellSplit } from './rules/tell-split.ts';

/** A merge that somebody thinks of undoing. */
export interface Split {
  workspaceId: string;
  keptPersonId: string;
  /** Who would not be the kept person any more: the absorbed one, and whoever had been merged into that one before. */
  restoredPersonIds: readonly string[];
  keptName: string;
  restoredName: string;
}

export interface SplitForecast {
  comesBack: SplitLine[];
  stays: SplitLine[];
}

/** What another module has to say of an undo before it is done; they depend on this one, so they are handed in. */
export type SplitSource = (tx: Tx, of: Split) => Promise<SplitForecast>;

/** What the undo of a merge would bring back and what not, as things stand now. Errors: not_found, already_split. */
export async function previewOne(
  infra: Infra,
  sources: readonly SplitSource[],
  call: Call<typeof previewSplit>,
): Promise<OutputOf<typeof previewSplit>> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const [merge] = await selectMerges(tx, workspaceId, { id: call.input.mergeId });
    if (merge === undefined) throw notFound('merge');
    if (merge.splitAt !== null) throw creatorsError('already_split', 'This merge was undone already.');
    const { keptPersonId, absorbedPersonId, profileIds } = merge;
    const names = await selectNames(tx, workspaceId, [keptPersonId, absorbedPersonId]);
    const kept = names.get(keptPersonId);
    if (kept === undefined || kept.mergedInto !== null) throw notFound('creator');
    const current = (await selectPersonStates(tx, workspaceId, [keptPersonId])).get(keptPersonId);
    if (current === undefined) throw notFound('creator');
    const profiles = await selectHandles(tx, workspaceId, { profileIds, personId: keptPersonId });
    const [first] = profiles;
    const keptName = kept.name ?? 'No name';
    const restoredName = names.get(absorbedPersonId)?.name ?? (first === undefined ? 'No name' : `@${first.handle}`);
    const own = tellSplit({
      keptName,
      restoredName,
      profiles,
      profilesGone: profileIds.length - profiles.length,
      before: merge.keptBefore,
      after: merge.keptAfter,
      current,
      without: await stateWithout(tx, workspaceId, merge),
    });
    const earlier = await selectMerges(tx, workspaceId, { keptPersonId: absorbedPersonId });
    const restoredPersonIds = [absorbedPersonId, ...earlier.map((one) => one.absorbedPersonId)];
    const split = { workspaceId, keptPersonId, restoredPersonIds, keptName, restoredName };
    const told = [own];
    for (const source of sources) told.push(await source(tx, split));
    return {
      mergeId: merge.id,
      keptPersonId,
      keptName,
      restoredPersonId: absorbedPersonId,
      restoredName,
      asOf: infra.clock.now().toISOString(),
      comesBack: told.flatMap((one) => one.comesBack),
      stays: told.flatMap((one) => one.stays),
    };
  });
}
