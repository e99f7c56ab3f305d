import type { Tx } from '#infra/db/database.ts';
import type { Actor } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { SeedingPayload } from './events.ts';

/** Who changes what, where: a call, or the program itself. */
export interface Frame {
  workspaceId: string;
  actor: Actor;
  requestId: string;
}

export const machine: Actor = { kind: 'system', id: 'system', name: 'Rapport' };

export function machineFrame(infra: Infra, workspaceId: string): Frame {
  return { workspaceId, actor: machine, requestId: newId('request', infra.clock.now().getTime()) };
}

/** Audit entry and event of one change, in its transaction. */
export async function record(
  infra: Infra,
  tx: Tx,
  of: {
    frame: Frame;
    /** Of the audit entry, and of the event unless `event` names another; null writes no event. */
    action: string;
    event?: string | null;
    subject: { kind: string; id: string };
    changes?: Record<string, unknown>;
    payload: Omit<SeedingPayload, 'actorName'>;
  },
): Promise<void> {
  const { workspaceId, actor, requestId } = of.frame;
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: of.action,
    subjectKind: of.subject.kind,
    subjectId: of.subject.id,
    changes: of.changes ?? {},
  });
  if (of.event === null) return;
  await infra.outbox.emit(tx, {
    workspaceId,
    name: of.event ?? of.action,
    payload: { ...of.payload, actorName: actor.name } satisfies SeedingPayload,
  });
}
