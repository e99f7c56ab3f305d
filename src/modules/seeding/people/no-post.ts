import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { getEnrolment } from '#modules/campaigns/index.ts';
import {
  type NoPost,
  noPostReasonSchema,
  type portalSayNoPost as ownEndpoint,
  type sayNoPost as sayEndpoint,
} from '../api.ts';
import { seedingError } from '../errors.ts';
import { record } from '../frame.ts';
import { readOffer } from '../picks/submit-pick.ts';
import { deleteNoPost, type NoPostRow, putNoPost, selectNoPosts } from '../queries/no-post.ts';
import { selectParcelsOfPerson } from '../queries/parcels.ts';

/** A member notes why a creator did not post; null takes it back, the same again changes nothing. Error: not_found. */
export async function sayNoPost(infra: Infra, call: Call<typeof sayEndpoint>): Promise<NoPost | null> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const enrolment = await getEnrolment(tx, workspaceId, { id: input.enrolmentId, clock: infra.clock });
    const { campaignId } = enrolment;
    return keep(infra, tx, { call, campaignId, personId: enrolment.person.id, saidBy: 'member' });
  });
}

/** A creator says why they do not post. Errors: not_found, not_shipped while nothing has arrived. */
export async function sayOwnNoPost(infra: Infra, call: Call<typeof ownEndpoint>): Promise<void> {
  const { workspaceId, input, actor } = call;
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { enrolmentId } = input;
    const { campaign } = await readOffer(infra, tx, { workspaceId, personId: actor.id, enrolmentId });
    const own = (await selectParcelsOfPerson(tx, workspaceId, actor.id)).filter(
      (one) => one.enrolment_id === enrolmentId,
    );
    if (!own.some((parcel) => parcel.state === 'delivered'))
      throw seedingError('not_shipped', 'Nothing has arrived yet, so nobody waits for a post.');
    await keep(infra, tx, { call, campaignId: campaign.id, personId: actor.id, saidBy: 'creator' });
  });
}

interface Keeping {
  call: Call<typeof sayEndpoint> | Call<typeof ownEndpoint>;
  campaignId: string;
  personId: string;
  saidBy: 'creator' | 'member';
}

async function keep(infra: Infra, tx: Tx, of: Keeping): Promise<NoPost | null> {
  const { call, campaignId, personId, saidBy } = of;
  const { workspaceId, input, actor } = call;
  const { enrolmentId, reason } = input;
  const note = input.note === '' ? null : input.note;
  const [before] = await selectNoPosts(tx, workspaceId, { enrolmentId });
  if (before?.reason === (reason ?? undefined) && (before?.note ?? null) === note)
    return before === undefined ? null : toNoPost(before);
  const row: NoPostRow | null =
    reason === null
      ? null
      : {
          workspace_id: workspaceId,
          enrolment_id: enrolmentId,
          campaign_id: campaignId,
          person_id: personId,
          reason,
          note,
          said_by: saidBy,
          by_name: actor.name,
          at: infra.clock.now(),
        };
  if (row === null) await deleteNoPost(tx, workspaceId, enrolmentId);
  else await putNoPost(tx, row);
  await record(infra, tx, {
    frame: call,
    action: 'enrolment.no-post',
    event: null,
    subject: { kind: 'enrolment', id: enrolmentId },
    changes: { reason: { from: before?.reason ?? null, to: reason }, note },
    payload: { campaignId, enrolmentId, personId },
  });
  return row === null ? null : toNoPost(row);
}

export function toNoPost(row: NoPostRow): NoPost {
  return {
    reason: noPostReasonSchema.catch('other').parse(row.reason),
    note: row.note,
    saidBy: row.said_by === 'creator' ? 'creator' : 'member',
    by: row.by_name,
    at: row.at.toISOString(),
  };
}
