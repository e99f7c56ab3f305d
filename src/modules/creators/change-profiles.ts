import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { addProfile, Person, removeProfile } from './api.ts';
import { applyCreatorRows } from './apply-creator-rows.ts';
import { byHand, refuseTaken, toReady } from './change-creators.ts';
import { emitChanged } from './emit-changes.ts';
import { creatorsError } from './errors.ts';
import { deleteProfile } from './queries/change-persons.ts';
import { lockCreators } from './queries/known-creators.ts';
import { getPerson } from './read-creators.ts';

/** Adds an account to a person. Errors: not_found, bad_handle, handle_taken, suppressed. */
export async function addProfileTo(infra: Infra, call: Call<typeof addProfile>): Promise<Person> {
  const { personId, ...profile } = call.input;
  const { workspaceId } = call;
  const now = infra.clock.now();
  const keyScope = 'by-hand';
  const ready = { ...toReady({ profiles: [profile] }, byHand(call, now)), key: personId };
  return infra.db.copyInWorkspace(workspaceId, async (client, tx) => {
    await lockCreators(tx, workspaceId);
    const person = await getPerson(tx, workspaceId, personId);
    await refuseTaken(infra, { workspaceId, tx, row: ready });
    const bare = { ...ready, person: { ...ready.person, fields: { values: {}, stamps: {} } } };
    await applyCreatorRows(client, tx, {
      workspaceId,
      now,
      keyScope,
      rows: [bare],
      owners: new Map([[personId, person.id]]),
    });
    await emitChanged(infra, tx, { workspaceId, personIds: [person.id] });
    const changes = { platform: profile.platform, handle: profile.handle };
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.profile_added',
      subjectKind: 'creator',
      subjectId: person.id,
      changes,
    });
    return getPerson(tx, workspaceId, person.id);
  });
}

/** Removes an account with its posts and history. Errors: not_found, same_person when it is the only one. */
export async function removeProfileFrom(infra: Infra, call: Call<typeof removeProfile>): Promise<Person> {
  const { personId, profileId } = call.input;
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockCreators(tx, workspaceId);
    const person = await getPerson(tx, workspaceId, personId);
    const profile = person.profiles.find((one) => one.id === profileId);
    if (profile === undefined) throw notFound('profile');
    if (person.profiles.length === 1)
      throw creatorsError('same_person', 'This is the only profile of the creator. Erase the creator instead.');
    await deleteProfile(tx, workspaceId, profileId);
    await emitChanged(infra, tx, { workspaceId, personIds: [person.id] });
    const changes = { platform: profile.platform, handle: profile.handle };
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.profile_removed',
      subjectKind: 'creator',
      subjectId: person.id,
      changes,
    });
    return getPerson(tx, workspaceId, person.id);
  });
}
