import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type AudienceKind,
  type addFollowerSample,
  type removeAudienceSample,
  type SampledAccount,
  sampledAccountSchema,
} from './api.ts';
import { emitChanged } from './emit-changes.ts';
import { deleteFollowerSample, upsertFollowerSample } from './queries/write-follower-sample.ts';
import { getPerson } from './read-creators.ts';

type AddCall = Call<typeof addFollowerSample>;

/** Keeps a sample of an audience with its source, date and method. A repeat changes nothing. Errors: request.invalid for a moment to come, not_found. */
export async function addSample(infra: Infra, call: AddCall) {
  const { personId, profileId, kind, takenAt, source, method, accounts } = call.input;
  const { workspaceId, actor, requestId } = call;
  const kept = await keepSample(
    infra,
    { workspaceId, actor, requestId },
    { personId, profileId, kind, takenAt, source, method, accounts },
  );
  return { profileId, ...kept };
}

/** Who keeps something where, for the audit trail. */
export interface Keeper {
  workspaceId: string;
  actor: Actor;
  requestId: string;
}

export interface NewSample {
  personId: string;
  profileId: string;
  kind: AudienceKind;
  takenAt: string;
  source: string;
  method: string;
  accounts: readonly SampledAccount[];
}

/** Keeps a sample. Errors: request.invalid for a moment to come, not_found. */
export async function keepSample(
  infra: Infra,
  by: Keeper,
  sample: NewSample,
): Promise<{ takenAt: string; size: number }> {
  const { personId, profileId, kind, source, method, accounts } = sample;
  refuseFuture(infra, sample.takenAt);
  return infra.db.inWorkspace(by.workspaceId, async (tx) => {
    const person = await getPerson(tx, by.workspaceId, personId);
    if (!person.profiles.some((profile) => profile.id === profileId)) throw notFound('profile');
    const size = accounts.length;
    const takenAt = new Date(sample.takenAt);
    const columns = columnsOf(accounts);
    await upsertFollowerSample(tx, by.workspaceId, {
      profileId,
      kind,
      takenAt,
      source,
      method,
      size,
      accounts: columns,
    });
    await emitChanged(infra, tx, { workspaceId: by.workspaceId, personIds: [person.id] });
    await recordAudit(tx, {
      ...by,
      action: 'creator.follower_sample_added',
      subjectKind: 'creator',
      subjectId: person.id,
      changes: { kind, source, method, size },
    });
    return { takenAt: takenAt.toISOString(), size };
  });
}

/** Error: request.invalid. */
export function refuseFuture(infra: Infra, takenAt: string): void {
  if (Date.parse(takenAt) <= infra.clock.now().getTime()) return;
  const message = `${takenAt} is still to come. Give the moment the sample was taken.`;
  throw new AppError('invalid', 'request.invalid', message, [{ field: 'takenAt', message }]);
}

const fields = Object.keys(sampledAccountSchema.shape) as (keyof SampledAccount)[];

/** One list a field, so that a thousand accounts take little room; fields nobody has are left out. */
function columnsOf(accounts: readonly SampledAccount[]): Record<string, unknown[]> {
  const columns = fields.map((field) => [field, accounts.map((account) => account[field])] as const);
  return Object.fromEntries(columns.filter(([, values]) => values.some((value) => value !== null)));
}

/** Removes a sample. Error: not_found. */
export async function removeSample(infra: Infra, call: Call<typeof removeAudienceSample>): Promise<null> {
  const { personId, profileId, kind, takenAt } = call.input;
  const { workspaceId, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const person = await getPerson(tx, workspaceId, personId);
    if (!person.profiles.some((profile) => profile.id === profileId)) throw notFound('profile');
    const isRemoved = await deleteFollowerSample(tx, workspaceId, { profileId, kind, takenAt: new Date(takenAt) });
    if (!isRemoved) throw notFound('sample');
    await emitChanged(infra, tx, { workspaceId, personIds: [person.id] });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'creator.follower_sample_removed',
      subjectKind: 'creator',
      subjectId: person.id,
      changes: { kind, takenAt },
    });
    return null;
  });
}
