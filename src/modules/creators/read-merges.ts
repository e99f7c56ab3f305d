import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { CreatorListItem, keepApart, listMergeCandidates, listMerges, listRecentMerges } from './api.ts';
import { creatorsError } from './errors.ts';
import { selectPersonStates } from './queries/known-creators.ts';
import { selectListItems } from './queries/list-creators.ts';
import { insertDistinct, lockPersons, selectCandidates, selectMerges, selectRecentMerges } from './queries/merges.ts';

/** What was merged into a person and may be split off. */
export async function listMergesOf(infra: Infra, call: Call<typeof listMerges>) {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const merges = await selectMerges(tx, workspaceId, { keptPersonId: call.input.personId });
    const states = await selectPersonStates(
      tx,
      workspaceId,
      merges.map((merge) => merge.absorbedPersonId),
    );
    const rows = merges.map(({ id, keptPersonId, absorbedPersonId, reason, mergedBy, mergedAt }) => {
      const name = states.get(absorbedPersonId)?.fields.values.name;
      return {
        id,
        keptPersonId,
        absorbedPersonId,
        absorbedName: typeof name === 'string' ? name : null,
        reason,
        mergedBy,
        mergedAt: mergedAt.toISOString(),
      };
    });
    return { rows };
  });
}

/** The newest merges of the workspace that were not undone. */
export async function listNewestMerges(infra: Infra, call: Call<typeof listRecentMerges>) {
  const { workspaceId } = call;
  const rows = await infra.db.inWorkspace(workspaceId, (tx) => selectRecentMerges(tx, workspaceId, call.input.limit));
  return { rows: rows.map(({ mergedAt, ...merge }) => ({ ...merge, mergedAt: mergedAt.toISOString() })) };
}

/** Pairs who may be one person. Never joined without a reader's word. */
export async function listCandidates(
  infra: Infra,
  call: Call<typeof listMergeCandidates>,
): Promise<{ rows: { a: CreatorListItem; b: CreatorListItem; reasons: string[] }[] }> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const pairs = await selectCandidates(tx, workspaceId, call.input.limit);
    const items = new Map(
      (await selectListItems(tx, workspaceId, [...new Set(pairs.flatMap((pair) => pair.personIds))])).map((item) => [
        item.id,
        item,
      ]),
    );
    const rows = pairs.flatMap(({ personIds, reasons }) => {
      const [a, b] = [items.get(personIds[0]), items.get(personIds[1])];
      return a === undefined || b === undefined ? [] : [{ a, b, reasons }];
    });
    return { rows };
  });
}

/** Remembers that two creators are not one. Errors: not_found, same_person. */
export async function keepTwoApart(infra: Infra, call: Call<typeof keepApart>): Promise<{ ok: true }> {
  const { personA, personB } = call.input;
  const { workspaceId } = call;
  if (personA === personB) throw creatorsError('same_person', 'These are one creator.');
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await lockPersons(tx, workspaceId, [personA, personB])).size < 2) throw notFound('creator');
    await insertDistinct(tx, workspaceId, { a: personA, b: personB, by: call.actor.name });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.kept_apart',
      subjectKind: 'creator',
      subjectId: personA,
      changes: { from: personB },
    });
    return { ok: true as const };
  });
}
