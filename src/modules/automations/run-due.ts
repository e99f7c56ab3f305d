import type { Tx } from '#infra/db/database.ts';
import type { Route } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Endpoint } from '#kernel/endpoint.ts';
import { AppError } from '#kernel/errors.ts';
import { dayIn } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { Step } from './api.ts';
import type { Act } from './doing.ts';
import { type StoredAutomation, selectAutomation, updateState } from './queries/automations.ts';
import { claimRun, countRuns, type DueRun, finishRun, type Outcome, writeSteps } from './queries/runs.ts';
import { readFacts } from './read-facts.ts';
import { aboutAction, isActionId } from './rules/action-table.ts';
import { actorNameOf } from './rules/actor-name.ts';
import { whyNot } from './rules/conditions.ts';
import type { Facts } from './rules/facts.ts';
import { runAction } from './run-action.ts';

/** The routes of all modules, by the endpoint's name: what an automation acts through. */
export type Doors = () => ReadonlyMap<string, Route>;

const runsAtOnceMax = 1000;
const leaseMinutes = 15;
const attemptsMax = 4;
/** Minutes until the second, third and fourth try. */
const waitsMinutes = [1, 10, 60];
const minuteMs = 60_000;

/** Runs everything that is due, of all workspaces, one after the other. Returns how many runs were taken up. */
export async function runDue(infra: Infra, doors: Doors): Promise<number> {
  let taken = 0;
  for (; taken < runsAtOnceMax; taken += 1) {
    const run = await infra.db.asSystem((tx) => claimRun(tx, { now: infra.clock.now(), leaseMinutes }));
    if (run === null) break;
    const outcome = await runOne(infra, doors, run);
    await infra.db.inWorkspace(run.workspaceId, (tx) => finishRun(tx, run.workspaceId, outcome));
  }
  return taken;
}

async function runOne(infra: Infra, doors: Doors, run: DueRun): Promise<Outcome> {
  const { workspaceId, id } = run;
  const over = (state: Outcome['state'], because: string | null): Outcome => ({
    id,
    state,
    because,
    at: infra.clock.now(),
  });
  const start = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const automation = await selectAutomation(tx, workspaceId, run.automationId);
    if (automation === null || automation.state !== 'on') return over('skipped', 'The automation is not on any more.');
    const facts = await readFacts(infra, tx, { workspaceId, payload: run.payload });
    // A run that was tried before goes on where it stopped, whatever its own actions changed since.
    const refusal = run.steps.length > 0 ? null : whyNot(automation.conditions, facts);
    if (refusal !== null) return over('skipped', refusal);
    const limit = await limitOf(tx, { run, automation, now: infra.clock.now() });
    if (limit !== null) return over('limited', limit);
    const { timeZone } = await getWorkspace(tx, workspaceId);
    return { automation, facts, today: dayIn(timeZone, infra.clock.now()) };
  });
  return 'state' in start ? start : runSteps(infra, doors, { run, ...start });
}

/** Too many runs for one creator, or of a day: it goes in circles, or does more than was meant. The day's limit pauses it. */
async function limitOf(tx: Tx, of: { run: DueRun; automation: StoredAutomation; now: Date }): Promise<string | null> {
  const { run, automation, now } = of;
  const { workspaceId, subject } = run;
  const asked = { automationId: automation.id, exceptId: run.id, subject, now };
  const counts = await countRuns(tx, workspaceId, asked);
  if (subject !== null && counts.ofHour >= automation.hourlyMaxEach)
    return `It ran ${counts.ofHour} times within an hour for the same creator; ${automation.hourlyMaxEach} is the limit.`;
  if (counts.ofDay < automation.dailyMax) return null;
  const because = `It ran ${counts.ofDay} times within a day; ${automation.dailyMax} is the limit.`;
  await updateState(tx, workspaceId, { id: automation.id, by: 'Rapport', at: now, state: 'paused', because });
  return because;
}

interface Start {
  run: DueRun;
  automation: StoredAutomation;
  facts: Facts;
  today: string;
}

async function runSteps(infra: Infra, doors: Doors, { run, automation, facts, today }: Start): Promise<Outcome> {
  const { workspaceId, id } = run;
  const act = actAs(infra, doors, { run, automation });
  const steps: Step[] = automation.actions.map(
    ({ action }, at) => run.steps[at] ?? { action, state: 'waiting' as const, said: '' },
  );
  const save = (at: number, step: Step) => {
    steps[at] = step;
    return infra.db.inWorkspace(workspaceId, (tx) => writeSteps(tx, workspaceId, { id, steps }));
  };
  for (const [at, { action, settings }] of automation.actions.entries()) {
    const before = steps[at];
    if (before?.state === 'done') continue;
    if (!isActionId(action))
      return { id, state: 'failed', because: `There is no action "${action}" any more.`, at: infra.clock.now() };
    const { title, isRepeatable } = aboutAction(action);
    if (before?.state === 'running' && !isRepeatable) {
      const because = `The program ended while “${title}” was being done. See whether it was, before you try again.`;
      await save(at, { action, state: 'failed', said: because });
      return { id, state: 'interrupted', because, at: infra.clock.now() };
    }
    await save(at, { action, state: 'running', said: '' });
    try {
      await save(at, { action, state: 'done', said: await runAction(action, { facts, settings, today, act }) });
    } catch (error) {
      if (!(error instanceof AppError))
        infra.log.error({ err: error, run: id, action }, 'an action of an automation failed');
      const because = `“${title}”: ${messageOf(error)}`;
      await save(at, { action, state: 'failed', said: messageOf(error) });
      return retryOrFail(infra, { run, because, isPassing: isPassing(error) });
    }
  }
  return { id, state: 'done', because: null, at: infra.clock.now() };
}

function retryOrFail(infra: Infra, of: { run: DueRun; because: string; isPassing: boolean }): Outcome {
  const { run, because } = of;
  const at = infra.clock.now();
  const wait = waitsMinutes[run.attempts - 1];
  if (!of.isPassing || run.attempts >= attemptsMax || wait === undefined)
    return { id: run.id, state: 'failed', because, at };
  return { id: run.id, state: 'waiting', because, at, dueAt: new Date(at.getTime() + wait * minuteMs) };
}

/** Busy, out of reach or a fault of ours may pass; what the caller did wrong does not. */
const isPassing = (error: unknown) =>
  !(error instanceof AppError) || error.kind === 'unavailable' || error.kind === 'too_many';

const messageOf = (error: unknown) =>
  error instanceof AppError ? error.message : 'Something went wrong on our side; the log has it.';

/** Calls endpoints as the automation: their input parsed, their use case run as for a person. */
function actAs(infra: Infra, doors: Doors, { run, automation }: Pick<Start, 'run' | 'automation'>): Act {
  const actor = { kind: 'system' as const, id: automation.id, name: actorNameOf(automation.name) };
  return async (target: Endpoint, input: unknown) => {
    const door = doors().get(target.name);
    if (door === undefined) throw new Error(`Nothing answers ${target.name}`);
    const parsed = target.input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new AppError(
        'invalid',
        'automations.bad_action',
        `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not as expected'}`,
      );
    }
    const answer = await door.run({
      input: parsed.data,
      workspaceId: run.workspaceId,
      actor,
      requestId: run.id,
      request: new Request(`${infra.config.publicUrl}/automations`),
      remoteAddress: '127.0.0.1',
      answerHeaders: new Headers(),
    });
    return target.output.parse(answer) as never;
  };
}
