import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { Mailing, PreviewRow, previewMailing, startMailing } from './api.ts';
import { outreachError } from './errors.ts';
import { presentMailing } from './list-mailings.ts';
import { type PreparedRow, prepareMailing } from './prepare-mailing.ts';
import { insertMailing, insertRuns } from './queries/runs.ts';
import { readHouse } from './read-hours.ts';
import { nextSendingMoment } from './rules/sending-hours.ts';
import { titleOfTemplate } from './rules/template.ts';

/** Shows what would go out. Nothing is sent or kept. */
export function preview(infra: Infra, call: Call<typeof previewMailing>) {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { rows, blockers } = await prepareMailing(infra, tx, { ...input, workspaceId });
    return {
      rows: rows.map(shown),
      ready: blockers.length > 0 ? 0 : rows.filter((row) => row.problems.length === 0).length,
      blockers,
    };
  });
}

/**
 * Begins a mailing: from here on the planner sends, within hours and limits. Errors: those of the preview; outreach.no_mailbox,
 * no_postal_address; not_ready with each creator at fault unless `leavesOut`.
 */
export function start(
  infra: Infra,
  call: Call<typeof startMailing>,
): Promise<{ mailing: Mailing; started: number; leftOut: PreviewRow[] }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const prepared = await prepareMailing(infra, tx, { ...input, workspaceId, show: 0 });
    const { mailbox } = prepared;
    const [blocker] = prepared.blockers;
    if (mailbox === null || blocker !== undefined)
      throw outreachError(mailbox === null ? 'no_mailbox' : 'no_postal_address', `Nothing was sent. ${blocker}.`);
    const ready = prepared.rows.filter((row) => row.problems.length === 0);
    const leftOut = prepared.rows.filter((row) => row.problems.length > 0);
    if (ready.length === 0 || (leftOut.length > 0 && !input.leavesOut)) throw notReady(leftOut);
    const now = infra.clock.now();
    const { hours } = await readHouse(tx, workspaceId);
    const mailingId = newId('mailing', now.getTime());
    await insertMailing(tx, {
      workspace_id: workspaceId,
      id: mailingId,
      name: input.name ?? prepared.name ?? titleOfTemplate(prepared.steps[0]?.subject ?? 'Mail').slice(0, 120),
      sequence_id: input.sequenceId ?? null,
      mailbox_id: mailbox.id,
      campaign_id: input.campaignId ?? null,
      steps: JSON.stringify(prepared.steps),
      stop_phases: input.stopPhases ?? prepared.stopPhases ?? ['agreed', 'producing', 'done'],
      state: 'running',
      started_by: call.actor.name,
      started_at: now,
    });
    const dueAt = nextSendingMoment(now, hours) ?? now;
    await insertRuns(
      tx,
      ready.map((row) => ({
        workspace_id: workspaceId,
        id: newId('sequenceRun', now.getTime()),
        mailing_id: mailingId,
        person_id: row.personId,
        enrolment_id: row.enrolmentId,
        mailbox_id: mailbox.id,
        to_address: row.to ?? '',
        state: 'waiting',
        due_at: dueAt,
        started_at: now,
      })),
    );
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'mailing.started',
      subjectKind: 'mailing',
      subjectId: mailingId,
      changes: { creators: ready.length, leftOut: leftOut.length, from: mailbox.address },
    });
    await infra.outbox.emit(tx, { workspaceId, name: mailingStarted, payload: { mailboxId: mailbox.id } });
    const mailing = await presentMailing(tx, workspaceId, mailingId);
    return { mailing, started: ready.length, leftOut: leftOut.map(shown) };
  });
}

/** Wakes the planner. */
export const mailingStarted = 'mailing.started';

function shown({ enrolmentId: _enrolmentId, ...row }: PreparedRow): PreviewRow {
  return row;
}

function notReady(leftOut: readonly PreparedRow[]) {
  const details = leftOut
    .slice(0, 50)
    .map((row) => ({ field: `personIds.${row.personId}`, message: `${row.name}: ${row.problems.join('; ')}` }));
  const [first] = details;
  return outreachError(
    'not_ready',
    `Nothing was sent: ${leftOut.length} of the creators cannot be written to. ${first?.message ?? ''}. Leave them out, or mend what is missing.`,
    details,
  );
}
