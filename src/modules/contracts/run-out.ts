import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OpenWork } from '#kernel/open-work.ts';
import { addDays, dayIn, daysBetween } from '#kernel/time.ts';
import { stateContractEnd } from '#modules/campaigns/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import { type listRunningOut as listEndpoint, type RunningOut, runningOutDays } from './api.ts';
import { contractRanOut, contractRenewed, contractRunningOut } from './events.ts';
import { emitStep, machineFrame, recordHappening } from './frame.ts';
import { type ContractRow, lockContracts, updateContract } from './queries/contracts.ts';
import { type RunningRow, selectRenewed, selectRunning, selectWithoutSuccessor } from './queries/renewals.ts';
import { insertNotice } from './queries/watch.ts';
import { sayDay } from './rules/term-words.ts';
import { tellNews } from './tell-creator.ts';

const rowsMax = 500;
const firstDay = '2000-01-01';
/** Days in which a contract that ran out without a successor waits for somebody to decide. */
const afterDays = 30;

/** Contracts in force that end soon, the nearest first. */
export async function listRunningOut(infra: Infra, call: Call<typeof listEndpoint>): Promise<RunningOut[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const today = dayIn(timeZone, infra.clock.now());
    const until = addDays(today, input.days);
    return (await selectRunning(tx, workspaceId, { from: today, until, limit: rowsMax }))
      .filter((row) => input.campaignId === undefined || row.campaign_id === input.campaignId)
      .map((row) => present(row, today));
  });
}

function present(row: RunningRow, today: string): RunningOut {
  return {
    contractId: row.id,
    title: row.title,
    campaignId: row.campaign_id,
    enrolmentId: row.enrolment_id,
    person: { id: row.person_id, name: row.person_name },
    endsOn: row.ends_on,
    days: daysBetween(today, row.ends_on),
    renewal:
      row.renewal_id === null
        ? null
        : { contractId: row.renewal_id, state: row.renewal_state ?? '', isSigned: row.renewal_in_force },
  };
}

/**
 * Long-term contracts that somebody has to decide on: those with thirty days left and no renewal offered, and those that ran out with nothing after them.
 * A contract for one piece of work is over when it is over, so only those of ambassadors are listed.
 */
export async function renewalWork(infra: Infra, tx: Tx, workspaceId: string): Promise<OpenWork[]> {
  const { timeZone } = await getWorkspace(tx, workspaceId);
  const now = infra.clock.now();
  const today = dayIn(timeZone, now);
  const until = addDays(today, runningOutDays);
  const near = await selectRunning(tx, workspaceId, { from: today, until, limit: rowsMax });
  const since = new Date(now.getTime() - afterDays * 86_400_000);
  const over = await selectWithoutSuccessor(tx, workspaceId, { since, limit: rowsMax });
  const work = (row: RunningRow, of: { kind: string; title: string; detail: string; path: string }): OpenWork => ({
    ...of,
    since: (row.ran_out_at ?? row.in_force_since)?.toISOString() ?? null,
    dueOn: row.ran_out_at === null ? row.ends_on : null,
    campaignId: row.campaign_id,
    personId: row.person_id,
  });
  return [
    ...near
      .filter((row) => isLongTerm(row) && !row.renewal_in_force && isForUs(row.renewal_state))
      .map((row) =>
        work(row, {
          kind: 'contract.running_out',
          title: `${row.renewal_state === 'draft' ? 'Send' : 'Decide on'} the renewal for ${row.person_name}`,
          detail: `The contract runs until ${sayDay(row.ends_on)}${afterWords(row.renewal_state)}`,
          path: `/contracts/${row.renewal_state === 'draft' && row.renewal_id !== null ? row.renewal_id : row.id}`,
        }),
      ),
    ...over.filter(isLongTerm).map((row) =>
      work(row, {
        kind: 'contract.ran_out',
        title: `${row.person_name}’s contract has run out`,
        detail: `Its last day was ${sayDay(row.ends_on)}: ${whyOver(row)}. Take them off the roster, or offer a new one`,
        path: `/contracts/${row.id}`,
      }),
    ),
  ];
}

function isLongTerm(row: RunningRow): boolean {
  return row.model === 'ambassadorship' && row.erased_at === null;
}

// An offer that is out waits for the creator, a counter-offer and signatures are listed by themselves.
function isForUs(renewalState: string | null): boolean {
  return renewalState === null || ['draft', 'declined', 'withdrawn', 'expired'].includes(renewalState);
}

function afterWords(renewalState: string | null): string {
  if (renewalState === 'declined') return '; they declined the renewal';
  return renewalState === 'expired' ? '; the renewal lapsed without an answer' : '';
}

function whyOver(row: Pick<RunningRow, 'renewal_state'>): string {
  switch (row.renewal_state) {
    case null:
      return 'no renewal was offered';
    case 'draft':
      return 'the renewal was not sent';
    case 'declined':
      return 'the renewal was declined';
    case 'withdrawn':
      return 'the renewal was withdrawn';
    case 'expired':
    case 'sent':
      return 'the renewal was not answered';
    default:
      return 'the renewal was not signed in time';
  }
}

/** Tells once of each contract that has thirty days left, and lets those whose last day is over run out. Returns how many ran out. */
export async function letRunOut(infra: Infra, workspaceId: string): Promise<number> {
  const now = infra.clock.now();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const today = dayIn(timeZone, now);
    const until = addDays(today, runningOutDays);
    for (const row of await selectRunning(tx, workspaceId, { from: today, until, limit: rowsMax })) {
      const key = `running_out/${row.ends_on}`;
      if (!(await insertNotice(tx, workspaceId, { contractId: row.id, key, at: now }))) continue;
      const what = `${row.title} (${row.person_name}) runs until ${sayDay(row.ends_on)}`;
      await emitStep(infra, tx, { frame: machineFrame(workspaceId), row, event: contractRunningOut, what });
    }
    const over = { from: firstDay, until: addDays(today, -1), limit: rowsMax };
    const ids = (await selectRunning(tx, workspaceId, over)).flatMap((row) =>
      row.renewal_id === null ? [row.id] : [row.id, row.renewal_id],
    );
    const held = new Map((await lockContracts(tx, workspaceId, ids)).map((row) => [row.id, row]));
    let count = 0;
    for (const row of await selectRenewed(tx, workspaceId, ids)) {
      if (row.ran_out_at !== null || row.is_waiting || row.ended_at !== null || row.ends_on >= today) continue;
      await runOut(infra, tx, { row, renewal: held.get(row.renewal_id ?? '') });
      count += 1;
    }
    return count;
  });
}

async function runOut(
  infra: Infra,
  tx: Tx,
  { row, renewal }: { row: RunningRow; renewal: ContractRow | undefined },
): Promise<void> {
  const { workspace_id: workspaceId } = row;
  const at = infra.clock.now();
  const frame = machineFrame(workspaceId);
  // A change of it that is still on offer has nothing to change any more.
  const isOpen = ['draft', 'sent', 'countered', 'agreed'].includes(row.state);
  const state = isOpen
    ? { state: 'withdrawn', state_since: at, state_note: 'The contract ran out', expires_at: null }
    : {};
  await updateContract(tx, workspaceId, { id: row.id, set: { ...state, ran_out_at: at, updated_at: at } });
  const isFollowed = renewal !== undefined && renewal.in_force_version !== null && renewal.ended_at === null;
  await recordHappening(infra, tx, {
    frame,
    row,
    kind: 'ran_out',
    note: isFollowed ? null : whyOver(row),
    event: isFollowed ? null : contractRanOut,
  });
  if (renewal?.is_waiting === true) {
    await updateContract(tx, workspaceId, { id: renewal.id, set: { is_waiting: false, updated_at: at } });
    await recordHappening(infra, tx, {
      frame,
      row: renewal,
      kind: isFollowed ? 'took_over' : 'not_followed',
      event: isFollowed ? contractRenewed : null,
    });
  }
  if (isFollowed || row.erased_at !== null) return;
  const end = { on: row.ends_on, reason: whyOver(row) };
  await stateContractEnd(infra, tx, { workspaceId, enrolmentId: row.enrolment_id, end });
  if (row.model !== 'ambassadorship') return;
  await tellNews(infra, tx, {
    frame,
    row,
    news: `Your contract ended on ${sayDay(row.ends_on)}: ${whyOver(row)}. What was agreed before stays agreed, and stays here to read:`,
  });
}
