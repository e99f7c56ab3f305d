import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import type { PortalTask } from '#kernel/portal-task.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Side } from './api.ts';
import { selectWaiting } from './queries/contracts.ts';
import { stateAt } from './rules/expiry.ts';
import { turnOf } from './rules/steps.ts';
import { renewalWork } from './run-out.ts';
import { effectWork } from './take-effect.ts';

const workMax = 500;
const urgentMs = 3 * 86_400_000;

/** Contracts that wait for the brand: counter-offers to answer, contracts to sign, and those that run out. Drafts wait for nobody but their writer. */
export async function openWork(infra: Infra, tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const rows = await selectWaiting(tx, workspaceId, { states: ['countered', 'agreed'], limit: workMax });
  const now = infra.clock.now();
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const steps = rows.flatMap((row) => {
    const state = stateAt(row, now);
    if (turnOf(state, row.signed_by as Side[]) !== 'us') return [];
    const isCounter = state === 'countered';
    return [
      {
        kind: isCounter ? 'contract.countered' : 'contract.to_sign',
        title: isCounter ? `Answer ${row.person_name}’s counter-offer` : `Sign the contract with ${row.person_name}`,
        detail: row.title,
        since: row.state_since.toISOString(),
        dueOn: row.expires_at === null ? null : dayIn(timeZone, new Date(row.expires_at.getTime() - 1)),
        path: `/contracts/${row.id}`,
        campaignId: row.campaign_id,
        personId: row.person_id,
      },
    ];
  });
  return [...steps, ...(await renewalWork(infra, tx, workspaceId)), ...(await effectWork(tx, workspaceId))];
}

/** What the creator has to do: answer an offer, sign what was agreed. */
export async function portalTasks(
  infra: Infra,
  tx: Tx,
  who: { workspaceId: string; personId: string },
): Promise<PortalTask[]> {
  const rows = await selectWaiting(tx, who.workspaceId, {
    states: ['sent', 'agreed'],
    personId: who.personId,
    limit: workMax,
  });
  const now = infra.clock.now();
  return rows.flatMap((row) => {
    const state = stateAt(row, now);
    if (turnOf(state, row.signed_by as Side[]) !== 'creator') return [];
    const isAnswer = state === 'sent';
    return [
      {
        kind: isAnswer ? 'contract.answer' : 'contract.sign',
        title: isAnswer ? `Read and answer the contract “${row.title}”` : `Sign the contract “${row.title}”`,
        detail: detailOf(row),
        dueAt: row.expires_at,
        path: `/contracts/${row.id}`,
        campaignId: row.campaign_id,
        isUrgent: row.expires_at !== null && row.expires_at.getTime() - now.getTime() < urgentMs,
      },
    ];
  });
}

function detailOf(row: { in_force_version: number | null; renews_id: string | null }): string {
  if (row.in_force_version !== null) return 'A change to the contract that is in force';
  return row.renews_id === null ? '' : 'It renews the contract you have';
}
