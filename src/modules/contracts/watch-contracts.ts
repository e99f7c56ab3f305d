import { z } from 'zod';
import type { Infra } from '#infra/module.ts';
import { dayIn, dayMs } from '#kernel/time.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import { sealVersion } from './documents.ts';
import { contractExpired, contractExpiring, contractObligationDue } from './events.ts';
import { emitStep, machineFrame, recordHappening } from './frame.ts';
import { listObligations } from './list-obligations.ts';
import { readBrand } from './parties.ts';
import { lockContracts, selectInForce, updateContract } from './queries/contracts.ts';
import {
  insertNotice,
  selectLapsed,
  selectLapsing,
  selectUnsealed,
  selectWithoutEffect,
  selectWorkspacesInForce,
} from './queries/watch.ts';
import { stateAt } from './rules/expiry.ts';
import { mailOfLapsing } from './rules/mail-words.ts';
import { sayDay } from './rules/term-words.ts';
import { letRunOut } from './run-out.ts';
import { applyContract } from './take-effect.ts';
import { tellCreator } from './tell-creator.ts';

// What is left over comes with the next run, a minute later.
const perRun = 500;
const remindBeforeMs = 3 * dayMs;
/** Far longer than an event of a signature waits. */
const catchUpAfterMs = dayMs / 24;

export interface Watched {
  expired: number;
  reminded: number;
  sealed: number;
  due: number;
  ranOut: number;
  /** Signed before contracts took effect by themselves, and brought to effect now. */
  caughtUp: number;
}

/** Does what time asks of contracts now: offers lapse, creators are reminded, what a stop left unsealed is sealed, what is owed today is told, and contracts whose last day is over run out. Idempotent. */
export async function runContractWatch(infra: Infra): Promise<Watched> {
  return {
    expired: await lapseOffers(infra),
    reminded: await remindOfOffers(infra),
    sealed: await sealRest(infra),
    due: await tellDue(infra),
    ranOut: await runOutAll(infra),
    caughtUp: await catchUp(infra),
  };
}

export function defineContractJobs(infra: Infra): void {
  infra.jobs.define({
    name: 'contracts.watch',
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 300,
    cron: '* * * * *',
    handle: async () => void (await runContractWatch(infra)),
  });
}

async function lapseOffers(infra: Infra): Promise<number> {
  const now = infra.clock.now();
  const due = await infra.db.asSystem((tx) => selectLapsed(tx, { now, limit: perRun }));
  let count = 0;
  for (const { workspace_id: workspaceId, id } of due) {
    const frame = machineFrame(workspaceId);
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      const [row] = await lockContracts(tx, workspaceId, [id]);
      // Answered in between.
      if (row === undefined || row.state === 'expired' || stateAt(row, now) !== 'expired') return;
      await updateContract(tx, workspaceId, {
        id,
        set: { state: 'expired', state_since: row.expires_at ?? now, updated_at: now },
      });
      await recordHappening(infra, tx, { frame, row, kind: 'expired', event: contractExpired });
      count += 1;
    });
  }
  return count;
}

async function remindOfOffers(infra: Infra): Promise<number> {
  const now = infra.clock.now();
  const until = new Date(now.getTime() + remindBeforeMs);
  const due = await infra.db.asSystem((tx) => selectLapsing(tx, { now, until, limit: perRun }));
  let count = 0;
  for (const { workspace_id: workspaceId, id } of due) {
    const frame = machineFrame(workspaceId);
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      const [row] = await lockContracts(tx, workspaceId, [id]);
      if (row === undefined || stateAt(row, now) !== 'sent' || row.expires_at === null) return;
      const key = `lapsing/${row.current_version}`;
      if (!(await insertNotice(tx, workspaceId, { contractId: id, key, at: now }))) return;
      await emitStep(infra, tx, { frame, row, event: contractExpiring });
      const { timeZone } = await getWorkspace(tx, workspaceId);
      const { brandName } = await readBrand(tx, workspaceId);
      const expires = sayDay(dayIn(timeZone, new Date(row.expires_at.getTime() - 1)));
      await tellCreator(infra, tx, {
        workspaceId,
        row,
        madeBy: brandName,
        brandName,
        key: `contract/${id}/${key}`,
        words: mailOfLapsing({ brandName, title: row.title, expires }),
      });
      count += 1;
    });
  }
  return count;
}

async function sealRest(infra: Infra): Promise<number> {
  let count = 0;
  for (const { workspace_id: workspaceId, id, version } of await infra.db.asSystem((tx) =>
    selectUnsealed(tx, perRun),
  )) {
    try {
      await sealVersion(infra, { workspaceId, contractId: id, version });
      count += 1;
    } catch (error) {
      // The others shall not wait for one that cannot be sealed.
      infra.log.error({ err: error, contract: id }, 'a signed contract could not be sealed');
    }
  }
  return count;
}

/** What is signed takes effect when it is told; whatever was signed longer ago and never did is caught up on, once, with an entry in the audit trail. */
async function catchUp(infra: Infra): Promise<number> {
  const at = infra.clock.now();
  const since = new Date(at.getTime() - catchUpAfterMs);
  const due = await infra.db.asSystem((tx) => selectWithoutEffect(tx, { since, limit: perRun }));
  let count = 0;
  for (const { workspace_id: workspaceId, id: contractId } of due) {
    const { actor, requestId } = machineFrame(workspaceId);
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      if (!(await insertNotice(tx, workspaceId, { contractId, key: 'caught-up', at }))) return;
      await applyContract(infra, tx, { workspaceId, contractId });
      await recordAudit(tx, {
        ...{
          workspaceId,
          actor,
          requestId,
          action: 'contract.caught-up',
          subjectKind: 'contract',
          subjectId: contractId,
        },
        changes: { because: 'Signed before contracts took effect on the campaign by themselves' },
      });
      count += 1;
    });
  }
  return count;
}

async function runOutAll(infra: Infra): Promise<number> {
  let count = 0;
  for (const workspaceId of await infra.db.asSystem(selectWorkspacesInForce))
    count += await letRunOut(infra, workspaceId);
  return count;
}

async function tellDue(infra: Infra): Promise<number> {
  let count = 0;
  for (const workspaceId of await infra.db.asSystem(selectWorkspacesInForce)) {
    count += await infra.db.inWorkspace(workspaceId, async (tx) => {
      const { timeZone } = await getWorkspace(tx, workspaceId);
      const at = infra.clock.now();
      const today = dayIn(timeZone, at);
      const due = await listObligations(infra, tx, { workspaceId, filter: { from: today, until: today, open: true } });
      if (due.length === 0) return 0;
      const rows = new Map((await selectInForce(tx, workspaceId, {})).map((row) => [row.id, row]));
      let told = 0;
      for (const one of due) {
        const row = rows.get(one.contractId);
        const key = `due/${one.kind}/${one.title}/${today}`.slice(0, 300);
        if (row === undefined || !(await insertNotice(tx, workspaceId, { contractId: one.contractId, key, at })))
          continue;
        const frame = machineFrame(workspaceId);
        await emitStep(infra, tx, {
          frame,
          row: { ...row, current_version: row.version },
          event: contractObligationDue,
          what: `${one.title} (${one.person.name})`,
        });
        told += 1;
      }
      return told;
    });
  }
  return count;
}
