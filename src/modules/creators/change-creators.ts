import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { recordAudit, recordAudits } from '#modules/workspaces/index.ts';
import type {
  addHandles,
  CreatorRow,
  createCreator,
  eraseCreators,
  importCreators,
  Person,
  updateCreator,
  updateCreators,
} from './api.ts';
import { applyCreatorRows } from './apply-creator-rows.ts';
import { readEntries } from './capture/preview-handles.ts';
import { emitChanged, emitRemoved } from './emit-changes.ts';
import { creatorsError } from './errors.ts';
import { type BatchOutcome, importCreatorRows, withoutSuppressed } from './import-creator-rows.ts';
import { changePersons, deletePersons, setOwner } from './queries/change-persons.ts';
import { lockCreators, selectKnownProfiles, selectPersonStates } from './queries/known-creators.ts';
import { writeCreators } from './queries/write-creators.ts';
import { getPerson } from './read-creators.ts';
import { type PersonState, type ReadyRow, readyRow } from './rules/creator-state.ts';
import { compact, handPrefix, type Stamp, stampOf } from './rules/merge-fields.ts';

export const byHand = (call: { actor: { name: string } }, at: Date): Stamp => ({
  source: `${handPrefix}${call.actor.name}`,
  at: at.toISOString(),
});

/** Adds a creator by hand. Errors: bad_handle, handle_taken (a profile is known already), suppressed. */
export async function createOne(infra: Infra, call: Call<typeof createCreator>): Promise<Person> {
  const now = infra.clock.now();
  const ready = toReady(call.input as CreatorRow, byHand(call, now));
  return infra.db.copyInWorkspace(call.workspaceId, async (client, tx) => {
    const { workspaceId } = call;
    await lockCreators(tx, workspaceId);
    await refuseTaken(infra, { workspaceId, tx, row: ready });
    const applied = await applyCreatorRows(client, tx, { workspaceId, now, keyScope: '', rows: [ready] });
    const personId = applied.outcomes.get(1)?.personId ?? '';
    await emitChanged(infra, tx, { workspaceId, personIds: [personId] });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.added',
      subjectKind: 'creator',
      subjectId: personId,
    });
    return getPerson(tx, workspaceId, personId);
  });
}

export function toReady(row: CreatorRow, stamp: Stamp): ReadyRow {
  const ready = readyRow(row, { row: 1, stamp });
  if ('message' in ready)
    throw creatorsError('bad_handle', ready.message, [{ field: ready.field, message: ready.message }]);
  return ready;
}

export async function refuseTaken(
  infra: Infra,
  what: { workspaceId: string; tx: Parameters<typeof selectKnownProfiles>[0]; row: ReadyRow },
): Promise<void> {
  const { skipped } = await withoutSuppressed(infra, what.tx, [what.row]);
  if (skipped.length > 0)
    throw creatorsError('suppressed', 'This creator asked not to be kept, so the account is not added.');
  const known = await selectKnownProfiles(what.tx, what.workspaceId, what.row.profiles);
  const [taken] = known.keys();
  if (taken !== undefined)
    throw creatorsError(
      'handle_taken',
      `${taken.replace(':', ': @')} belongs to a creator of this workspace already.`,
      [{ field: 'handle', message: 'Known already' }],
    );
}

/** Brings in rows from another program. Each row answers for itself; see importCreatorRows. */
export async function importRows(infra: Infra, call: Call<typeof importCreators>): Promise<BatchOutcome> {
  const { rows, source, observedAt } = call.input;
  const at = observedAt === undefined ? infra.clock.now() : new Date(observedAt);
  return importCreatorRows(infra, {
    workspaceId: call.workspaceId,
    rows: rows as CreatorRow[],
    source,
    observedAt: at,
    keyScope: `api:${source}`,
  });
}

/** Adds creators by a pasted list of handles and addresses. Error: too_many. */
export async function addPasted(infra: Infra, call: Call<typeof addHandles>): Promise<BatchOutcome> {
  const { text, platform, tags } = call.input;
  // What cannot be read goes along, so that it comes back as the error of its place.
  const rows: CreatorRow[] = readEntries(text, platform).map((entry) => ({
    profiles: [entry.ok ? { platform: entry.platform, handle: entry.url } : { platform, handle: entry.text }],
    tags,
  }));
  const now = infra.clock.now();
  return importCreatorRows(infra, {
    workspaceId: call.workspaceId,
    rows,
    source: byHand(call, now).source,
    observedAt: now,
  });
}

const ownFields = [
  'name',
  'country',
  'region',
  'city',
  'website',
  'gender',
  'age',
  'isOpenToGifting',
  'contactType',
] as const;
const setFields = ['languages', 'emails', 'phones', 'niches', 'tags', 'interests', 'contacts'] as const;

/** Changes what is known of a person. What stands in the request replaces what was; it holds against later files. Error: not_found. */
export async function updateOne(infra: Infra, call: Call<typeof updateCreator>): Promise<Person> {
  const { workspaceId, input } = call;
  const { personId } = input;
  const now = infra.clock.now();
  return infra.db.copyInWorkspace(workspaceId, async (client, tx) => {
    await lockCreators(tx, workspaceId);
    const before = await getPerson(tx, workspaceId, personId);
    if (before.id !== personId) throw notFound('creator');
    const state = (await selectPersonStates(tx, workspaceId, [personId])).get(personId);
    if (state === undefined) throw notFound('creator');
    const after = withEdits(state, input, byHand(call, now));
    await writeCreators(client, {
      workspaceId,
      now,
      persons: [{ id: personId, isNew: false, state: after }],
      profiles: [],
      history: [],
      growing: [],
    });
    if (input.ownerId !== undefined) await setOwner(tx, workspaceId, { personId, ownerId: input.ownerId });
    await emitChanged(infra, tx, { workspaceId, personIds: [personId] });
    const changes = Object.fromEntries(
      [...ownFields, ...setFields, 'ownerId' as const, 'custom' as const].flatMap((field) => {
        const to = input[field];
        return to === undefined || JSON.stringify(to) === JSON.stringify(before[field])
          ? []
          : [[field, { from: before[field], to }]];
      }),
    );
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.updated',
      subjectKind: 'creator',
      subjectId: personId,
      changes,
    });
    return getPerson(tx, workspaceId, personId);
  });
}

function withEdits(state: PersonState, edits: Call<typeof updateCreator>['input'], stamp: Stamp): PersonState {
  const values = { ...state.fields.values };
  const stamps: Record<string, Stamp> = {};
  for (const field of Object.keys(values)) {
    const before = stampOf(state.fields.stamps, field);
    if (before !== null) stamps[field] = before;
  }
  for (const field of ownFields) {
    const value = edits[field];
    if (value === undefined) continue;
    values[field] = value;
    stamps[field] = stamp;
  }
  for (const [name, value] of Object.entries(edits.custom ?? {})) {
    values[`custom.${name}`] = value === '' ? null : value;
    stamps[`custom.${name}`] = stamp;
  }
  const sets = { ...state.sets };
  for (const field of setFields) {
    const value = edits[field];
    if (value !== undefined)
      sets[field] = [...new Set(field === 'emails' ? value.map((email) => email.toLowerCase()) : value)].sort();
  }
  return { fields: { values, stamps: compact(stamps) }, sets };
}

/** Tags many creators, gives them an owner, or says what they are. */
export async function updateMany(infra: Infra, call: Call<typeof updateCreators>): Promise<{ changed: number }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personIds, addTags, removeTags, ownerId, contactType } = input;
    const now = infra.clock.now();
    const changed = await changePersons(tx, workspaceId, {
      personIds,
      addTags,
      removeTags,
      ownerId,
      contactType,
      stamp: byHand(call, now),
      now,
    });
    await emitChanged(infra, tx, { workspaceId, personIds: changed });
    const changes = {
      addTags,
      removeTags,
      ...(ownerId === undefined ? {} : { ownerId }),
      ...(contactType === undefined ? {} : { contactType }),
    };
    await recordAudits(
      tx,
      changed.map((subjectId) => ({
        workspaceId,
        actor: call.actor,
        requestId: call.requestId,
        action: 'creator.updated',
        subjectKind: 'creator',
        subjectId,
        changes,
      })),
    );
    return { changed: changed.length };
  });
}

/** Erases creators with all that is known of them. */
export async function eraseMany(infra: Infra, call: Call<typeof eraseCreators>): Promise<{ erased: number }> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockCreators(tx, workspaceId);
    const gone = await deletePersons(tx, workspaceId, call.input.personIds);
    await emitRemoved(infra, tx, { workspaceId, personIds: gone });
    // The trail names the id only: an erased creator is not to be read from it.
    await recordAudits(
      tx,
      gone.map((subjectId) => ({
        workspaceId,
        actor: call.actor,
        requestId: call.requestId,
        action: 'creator.erased',
        subjectKind: 'creator',
        subjectId,
      })),
    );
    return { erased: gone.length };
  });
}
