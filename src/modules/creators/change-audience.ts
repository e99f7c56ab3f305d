import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { type Audience, audienceRowSchema, countryFault, type removeAudience, type setAudience } from './api.ts';
import { emitChanged } from './emit-changes.ts';
import { updateAudience } from './queries/audience.ts';
import { lockCreators } from './queries/known-creators.ts';
import { getPerson } from './read-creators.ts';
import { handPrefix } from './rules/merge-fields.ts';
import { toAudience } from './rules/read-audience.ts';

/**
 * States the audience of a profile, in place of what was known; whoever enters it is its source unless another is named. Errors: request.invalid for a
 * moment to come or a statement that says nothing, not_found.
 */
export async function stateAudience(infra: Infra, call: Call<typeof setAudience>): Promise<Audience> {
  const { personId, profileId, source, at, ...stated } = call.input;
  const { workspaceId } = call;
  const now = infra.clock.now();
  if (at !== undefined && Date.parse(at) > now.getTime())
    throw invalid('at', `${at} is still to come. Give the moment the figures hold for.`);
  const audience = audienceRowSchema.parse(stated);
  // Files and stored rows may hold codes of former days; who types one is told.
  const strange = Object.keys(audience.distributions.country ?? {}).flatMap((code) => countryFault(code) ?? []);
  if (strange.length > 0) throw invalid('distributions.country', `${strange[0]}.`);
  const saysNothing = audience.credibility == null && audience.adultShare == null && audience.likesFromOthers == null;
  if (saysNothing && Object.values(audience.distributions).every((shares) => Object.keys(shares ?? {}).length === 0))
    throw invalid(
      'distributions',
      'This states nothing. Give at least one share, the credibility, the share of adults or of likes from others.',
    );
  const stamp = { source: source ?? `${handPrefix}${call.actor.name}`, at: new Date(at ?? now).toISOString() };
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockCreators(tx, workspaceId);
    const person = await getPerson(tx, workspaceId, personId);
    if (!person.profiles.some((profile) => profile.id === profileId)) throw notFound('profile');
    await updateAudience(tx, workspaceId, { profileId, audience, stamp });
    await emitChanged(infra, tx, { workspaceId, personIds: [person.id] });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.audience_stated',
      subjectKind: 'creator',
      subjectId: person.id,
      changes: { profileId, ...stamp, n: audience.n ?? null },
    });
    return toAudience(audience, { audience: stamp });
  });
}

/** Takes back what was stated of a profile's audience. Error: not_found. */
export async function takeBackAudience(infra: Infra, call: Call<typeof removeAudience>): Promise<{ removed: boolean }> {
  const { workspaceId } = call;
  const { personId, profileId } = call.input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockCreators(tx, workspaceId);
    const person = await getPerson(tx, workspaceId, personId);
    const profile = person.profiles.find((one) => one.id === profileId);
    if (profile === undefined) throw notFound('profile');
    if (profile.audience === null) return { removed: false };
    const stamp = { source: '', at: infra.clock.now().toISOString() };
    await updateAudience(tx, workspaceId, { profileId, audience: null, stamp });
    await emitChanged(infra, tx, { workspaceId, personIds: [person.id] });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.audience_removed',
      subjectKind: 'creator',
      subjectId: person.id,
      changes: { profileId },
    });
    return { removed: true };
  });
}

function invalid(field: string, message: string): AppError {
  return new AppError('invalid', 'request.invalid', message, [{ field, message }]);
}
