import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { advanceEnrolment, machine } from './advance-enrolment.ts';
import { type DeliverableState, deliverableSteps, type Happening } from './api.ts';
import { campaignsError } from './errors.ts';
import { deliverableEvents } from './events.ts';
import {
  type DeliverableChange,
  type DeliverableRow,
  lockDeliverable,
  updateDeliverableRow,
} from './queries/content.ts';
import { type ChangeFrame, recordContentChanges } from './record-change.ts';
import { urlKey } from './rules/url-key.ts';

export interface DeliverableStep {
  workspaceId: string;
  deliverableId: string;
  to: DeliverableState;
  /** Needed for live unless it is known already. */
  liveUrl?: string | undefined;
  /** Moment in the past, ISO 8601; now when left out. */
  liveAt?: string | undefined;
  by?: Actor | undefined;
  requestId?: string | undefined;
  /** Why it is cancelled, where nobody chose to. */
  closedReason?: string | undefined;
}

/**
 * Moves a deliverable on and its creator with it, where the campaign's stages say so; the state it has already changes nothing.
 * Errors: not_found, step_not_allowed, no_live_url, bad_day.
 */
export async function setDeliverableState(infra: Infra, tx: Tx, of: DeliverableStep): Promise<void> {
  const row = await lockDeliverable(tx, of.workspaceId, of.deliverableId);
  if (row === undefined) throw notFound('deliverable');
  await stepDeliverable(infra, tx, { ...of, row });
}

const happeningOf: Record<DeliverableState, Happening | null> = {
  planned: null,
  drafted: 'draft_submitted',
  approved: 'draft_approved',
  live: 'post_live',
  cancelled: null,
};

/** The same for a row the caller holds. */
export async function stepDeliverable(
  infra: Infra,
  tx: Tx,
  of: DeliverableStep & { row: DeliverableRow },
): Promise<void> {
  const { row, workspaceId } = of;
  const state = row.state as DeliverableState;
  if (state === of.to) return;
  const allowed = deliverableSteps[state];
  if (!allowed.includes(of.to))
    throw campaignsError(
      'step_not_allowed',
      `"${row.title}" is ${state} and cannot become ${of.to}. It can become ${allowed.join(', ')}.`,
    );
  const at = infra.clock.now();
  const actor = of.by ?? machine;
  const call: ChangeFrame = { workspaceId, actor, requestId: of.requestId ?? newId('request', at.getTime()) };
  const change: DeliverableChange = {
    state: of.to,
    closed_reason: of.closedReason ?? null,
    ...(of.to === 'live' ? goLive(infra, row, of) : {}),
    ...(of.to === 'approved' && state !== 'live' ? { approved_at: at } : {}),
  };
  await updateDeliverableRow(tx, workspaceId, { id: row.id, change, at });
  const changes = {
    state: { from: state, to: of.to },
    ...(change.live_url === undefined ? {} : { liveUrl: change.live_url }),
    ...(of.closedReason === undefined ? {} : { reason: of.closedReason }),
  };
  await recordContentChanges(infra, tx, {
    call,
    campaignId: row.campaign_id,
    what: of.to === 'live' ? 'live' : 'changed',
    rows: [{ deliverableId: row.id, changes }],
  });
  await infra.outbox.emit(tx, {
    workspaceId,
    name: deliverableEvents[of.to],
    payload: {
      campaignId: row.campaign_id,
      enrolmentId: row.enrolment_id,
      personId: row.person_id,
      deliverableId: row.id,
      actorName: actor.name,
    },
  });
  const reason = happeningOf[of.to];
  if (reason === null) return;
  await advanceEnrolment(infra, tx, { ...call, enrolmentId: row.enrolment_id, reason, by: actor });
}

function goLive(
  infra: Infra,
  row: DeliverableRow,
  input: { liveUrl?: string | undefined; liveAt?: string | undefined },
): DeliverableChange {
  const liveUrl = input.liveUrl ?? row.live_url;
  if (liveUrl === null) {
    const message = 'Give the address of the post, so that results can be matched and the post can be looked at again.';
    throw campaignsError('no_live_url', `liveUrl: ${message}`, [{ field: 'liveUrl', message }]);
  }
  const liveAt = input.liveAt === undefined ? (row.live_at ?? infra.clock.now()) : readPast(infra, input.liveAt);
  return { live_url: liveUrl, live_url_key: urlKey(liveUrl), live_at: liveAt };
}

/** A moment that has been. Error: bad_day. */
export function readPast(infra: Infra, instant: string): Date {
  const at = new Date(instant);
  const isSane = at.getTime() <= infra.clock.now().getTime() + 60_000 && at.getUTCFullYear() >= 2000;
  if (isSane) return at;
  const message = `${instant} is not a moment in the past. A post is entered once it is live.`;
  throw campaignsError('bad_day', `liveAt: ${message}`, [{ field: 'liveAt', message }]);
}
