import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { SubmissionEventPayload } from './events.ts';
import type { SubmissionThread } from './queries/submissions.ts';

/** Who does what, where. */
export interface Frame {
  workspaceId: string;
  actor: Actor;
  requestId: string;
}

/** What the program does by itself. */
export function machineFrame(workspaceId: string, at: Date): Frame {
  return {
    workspaceId,
    actor: { kind: 'system', id: 'system', name: 'Rapport' },
    requestId: newId('request', at.getTime()),
  };
}

/** Writes what a step leaves behind: the event other modules wait for, and the audit entry. */
export async function recordStep(
  infra: Infra,
  tx: Tx,
  of: {
    frame: Frame;
    thread: SubmissionThread;
    event: string | null;
    action: string;
    round?: number;
    state?: string;
    changes?: Record<string, unknown>;
    more?: Pick<SubmissionEventPayload, 'isAutomatic' | 'result'>;
  },
): Promise<void> {
  const { thread, frame } = of;
  const { workspaceId, actor, requestId } = frame;
  const round = of.round ?? thread.round;
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: of.action,
    subjectKind: 'submission',
    subjectId: thread.id,
    changes: { round, ...of.changes },
  });
  if (of.event === null) return;
  const payload: SubmissionEventPayload = {
    campaignId: thread.campaign_id,
    enrolmentId: thread.enrolment_id,
    personId: thread.person_id,
    deliverableId: thread.deliverable_id,
    submissionId: thread.id,
    actorName: actor.name,
    round: String(round),
    state: of.state ?? thread.state,
    ...of.more,
  };
  await infra.outbox.emit(tx, { workspaceId, name: of.event, payload });
}
