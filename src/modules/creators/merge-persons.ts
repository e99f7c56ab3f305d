import type pg from 'pg';
import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { mergeCreators, Person, splitCreators } from './api.ts';
import { emitChanged, emitRemoved } from './emit-changes.ts';
import { creatorsError } from './errors.ts';
import { creatorsMerged, creatorsSplit } from './events.ts';
import { lockCreators, selectPersonStates } from './queries/known-creators.ts';
import {
  insertMerge,
  lockPersons,
  markSplit,
  moveProfiles,
  type StoredMerge,
  selectMerges,
  selectProfileIds,
  setMergedInto,
} from './queries/merges.ts';
import { writeCreators } from './queries/write-creators.ts';
import { getPerson } from './read-creators.ts';
import { mergePerson, type PersonState } from './rules/creator-state.ts';
import { withoutAbsorbed } from './rules/without-absorbed.ts';

interface MergeWish {
  workspaceId: string;
  keptPersonId: string;
  absorbedPersonId: string;
  reason: string;
  actor: Actor;
  requestId: string | null;
}

/** Makes two persons one: the profiles move, what is known is joined, and all that a split needs is kept. Errors: not_found, same_person. */
export async function mergeTwo(infra: Infra, call: Call<typeof mergeCreators>): Promise<Person> {
  const { keptPersonId, absorbedPersonId, reason } = call.input;
  return infra.db.copyInWorkspace(call.workspaceId, async (client, tx) => {
    await lockCreators(tx, call.workspaceId);
    await mergePersons(
      infra,
      { client, tx },
      {
        workspaceId: call.workspaceId,
        keptPersonId,
        absorbedPersonId,
        reason,
        actor: call.actor,
        requestId: call.requestId,
      },
    );
    return getPerson(tx, call.workspaceId, keptPersonId);
  });
}

export async function mergePersons(
  infra: Infra,
  db: { client: pg.PoolClient; tx: Tx },
  wish: MergeWish,
): Promise<void> {
  const { tx, client } = db;
  const { workspaceId, keptPersonId, absorbedPersonId } = wish;
  if (keptPersonId === absorbedPersonId) throw creatorsError('same_person', 'These are one creator already.');
  const found = await lockPersons(tx, workspaceId, [keptPersonId, absorbedPersonId]);
  if (found.size < 2) throw notFound('creator');
  const states = await selectPersonStates(tx, workspaceId, [keptPersonId, absorbedPersonId]);
  const [kept, absorbed] = [states.get(keptPersonId), states.get(absorbedPersonId)];
  if (kept === undefined || absorbed === undefined) throw notFound('creator');
  const now = infra.clock.now();
  const after = mergePerson(kept, absorbed);
  const profileIds = await selectProfileIds(tx, workspaceId, absorbedPersonId);
  await writePerson(client, { workspaceId, now, id: keptPersonId, state: after });
  await moveProfiles(tx, workspaceId, { profileIds, from: absorbedPersonId, to: keptPersonId });
  await setMergedInto(tx, workspaceId, { personId: absorbedPersonId, into: keptPersonId });
  const id = newId('merge');
  await insertMerge(tx, workspaceId, {
    id,
    keptPersonId,
    absorbedPersonId,
    keptBefore: kept,
    keptAfter: after,
    profileIds,
    reason: wish.reason,
    mergedBy: wish.actor.name,
    mergedAt: now,
  });
  await emitRemoved(infra, tx, { workspaceId, personIds: [absorbedPersonId] });
  await emitChanged(infra, tx, { workspaceId, personIds: [keptPersonId] });
  await infra.outbox.emit(tx, { workspaceId, name: creatorsMerged, payload: { keptPersonId, absorbedPersonId } });
  const changes = {
    absorbed: { id: absorbedPersonId, name: found.get(absorbedPersonId)?.name ?? null },
    reason: wish.reason,
  };
  await recordAudit(tx, {
    workspaceId,
    actor: wish.actor,
    requestId: wish.requestId,
    action: 'creator.merged',
    subjectKind: 'creator',
    subjectId: keptPersonId,
    changes,
  });
}

/** Undoes a merge: the absorbed person is back as it was, the kept one without what it had from it. Errors: not_found, already_split. */
export async function splitOff(
  infra: Infra,
  call: Call<typeof splitCreators>,
): Promise<{ kept: Person; restored: Person }> {
  const { workspaceId } = call;
  return infra.db.copyInWorkspace(workspaceId, async (client, tx) => {
    await lockCreators(tx, workspaceId);
    const [merge] = await selectMerges(tx, workspaceId, { id: call.input.mergeId });
    if (merge === undefined) throw notFound('merge');
    if (merge.splitAt !== null) throw creatorsError('already_split', 'This merge was undone already.');
    if (!(await lockPersons(tx, workspaceId, [merge.keptPersonId])).has(merge.keptPersonId)) throw notFound('creator');
    const now = infra.clock.now();
    const state = await stateWithout(tx, workspaceId, merge);
    await writePerson(client, { workspaceId, now, id: merge.keptPersonId, state });
    await markSplit(tx, workspaceId, merge.id, now);
    await setMergedInto(tx, workspaceId, { personId: merge.absorbedPersonId, into: null });
    await moveProfiles(tx, workspaceId, {
      profileIds: merge.profileIds,
      from: merge.keptPersonId,
      to: merge.absorbedPersonId,
    });
    const { keptPersonId, absorbedPersonId } = merge;
    await emitChanged(infra, tx, { workspaceId, personIds: [keptPersonId, absorbedPersonId] });
    await infra.outbox.emit(tx, { workspaceId, name: creatorsSplit, payload: { keptPersonId, absorbedPersonId } });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.split',
      subjectKind: 'creator',
      subjectId: keptPersonId,
      changes: { restored: absorbedPersonId },
    });
    return {
      kept: await getPerson(tx, workspaceId, keptPersonId),
      restored: await getPerson(tx, workspaceId, absorbedPersonId),
    };
  });
}

/** What the kept person is without what that merge brought. Error: not_found. */
export async function stateWithout(tx: Tx, workspaceId: string, merge: StoredMerge): Promise<PersonState> {
  const others = (await selectMerges(tx, workspaceId, { keptPersonId: merge.keptPersonId })).filter(
    (other) => other.id !== merge.id,
  );
  const states = await selectPersonStates(tx, workspaceId, [
    merge.keptPersonId,
    ...others.map((other) => other.absorbedPersonId),
  ]);
  const current = states.get(merge.keptPersonId);
  if (current === undefined) throw notFound('creator');
  return withoutAbsorbed(current, {
    before: merge.keptBefore,
    after: merge.keptAfter,
    others: others.flatMap((other) => states.get(other.absorbedPersonId) ?? []),
  });
}

async function writePerson(
  client: pg.PoolClient,
  write: { workspaceId: string; now: Date; id: string; state: PersonState },
): Promise<void> {
  const { workspaceId, now, id, state } = write;
  await writeCreators(client, {
    workspaceId,
    now,
    persons: [{ id, isNew: false, state }],
    profiles: [],
    history: [],
    growing: [],
  });
}
