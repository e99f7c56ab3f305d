import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { addFollowerSample } from './api.ts';
import { emitChanged } from './emit-changes.ts';
import { upsertFollowerSample } from './queries/write-follower-sample.ts';
import { getPerson } from './read-creators.ts';

type AddCall = Call<typeof addFollowerSample>;

/** Keeps a follower sample with its source, date and method. A repeat changes nothing. Errors: request.invalid for a moment to come, not_found. */
export async function addSample(infra: Infra, call: AddCall) {
  const { personId, profileId, takenAt, source, method, accounts } = call.input;
  const { workspaceId } = call;
  if (Date.parse(takenAt) > infra.clock.now().getTime()) {
    const message = `${takenAt} is still to come. Give the moment the sample was taken.`;
    throw new AppError('invalid', 'request.invalid', message, [{ field: 'takenAt', message }]);
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const person = await getPerson(tx, workspaceId, personId);
    if (!person.profiles.some((profile) => profile.id === profileId)) throw notFound('profile');
    const columns = {
      followers: accounts.map((account) => account.followers),
      following: accounts.map((account) => account.following),
      posts: accounts.map((account) => account.posts),
      isPrivate: accounts.map((account) => account.isPrivate),
      hasPicture: accounts.map((account) => account.hasPicture),
    };
    const size = accounts.length;
    const at = new Date(takenAt);
    await upsertFollowerSample(tx, workspaceId, { profileId, takenAt: at, source, method, size, accounts: columns });
    await emitChanged(infra, tx, { workspaceId, personIds: [person.id] });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.follower_sample_added',
      subjectKind: 'creator',
      subjectId: person.id,
      changes: { source, method, size },
    });
    return { profileId, takenAt: at.toISOString(), size };
  });
}
