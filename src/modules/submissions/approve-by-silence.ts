import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { addDays, dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { captionVerdictSchema } from './api.ts';
import { approveRound } from './decide-draft.ts';
import { machineFrame } from './frame.ts';
import { selectDecisions, selectRound, selectUnanswered } from './queries/rounds.ts';
import { lockThread } from './queries/submissions.ts';
import { readSetting } from './read-context.ts';
import { reviewOutcome } from './rules/standing-of-review.ts';

const perPage = 200;
const pagesMax = 50;

/**
 * Approves what nobody answered within the agreed working days, once the last of them is over where the workspace is. Left alone: a draft a
 * required reviewer objected to, and one whose label fails. Returns how many were approved.
 */
export async function approveUnanswered(infra: Infra, signal?: AbortSignal): Promise<number> {
  const at = infra.clock.now();
  // The furthest east is a day ahead of UTC; each workspace's own day is looked at below.
  const before = addDays(at.toISOString().slice(0, 10), 1);
  let approved = 0;
  let after = { workspaceId: '', submissionId: '' };
  for (let page = 0; page < pagesMax && signal?.aborted !== true; page += 1) {
    const rows = await infra.db.asSystem((tx) => selectUnanswered(tx, { before, after, limit: perPage }));
    for (const row of rows) {
      const of = { workspaceId: row.workspace_id, submissionId: row.submission_id, number: row.number, at };
      try {
        if (await infra.db.inWorkspace(row.workspace_id, (tx) => approveOne(infra, tx, of))) approved += 1;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        infra.log.warn({ err: error, submission: row.submission_id }, 'a draft could not be approved by silence');
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < perPage) break;
    after = { workspaceId: last.workspace_id, submissionId: last.submission_id };
  }
  return approved;
}

async function approveOne(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; submissionId: string; number: number; at: Date },
): Promise<boolean> {
  const { workspaceId, submissionId } = of;
  const thread = await lockThread(tx, workspaceId, submissionId);
  if (thread === undefined || thread.state !== 'pending_approval' || thread.round !== of.number) return false;
  const round = await selectRound(tx, workspaceId, { submissionId, number: of.number });
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const lastDay = round?.auto_approve_after ?? null;
  if (lastDay === null || dayIn(timeZone, of.at) <= lastDay) return false;
  const verdict = captionVerdictSchema.nullable().parse(round?.disclosure)?.verdict ?? null;
  if (verdict === null || verdict === 'fail') return false;
  const { requiredRoles } = await readSetting(tx, workspaceId, thread.campaign_id);
  const decisions = (await selectDecisions(tx, workspaceId, [submissionId])).filter((one) => one.number === of.number);
  const { missing, objecting } = reviewOutcome(requiredRoles, decisions);
  if (objecting.length > 0) return false;
  const frame = machineFrame(workspaceId, of.at);
  const note = `Nobody answered by the end of ${lastDay}.`;
  for (const role of missing) {
    const decider = { frame, role, isByLink: false };
    await approveRound(infra, tx, { decider, submissionId, round: of.number, note, isAutomatic: true });
  }
  return missing.length > 0;
}
