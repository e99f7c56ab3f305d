import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { dayMs } from '#kernel/time.ts';
import type { checkLink as checkEndpoint, Link } from './api.ts';
import { presentLinks } from './present-links.ts';
import { dueForCheck, noteHealth } from './queries/link-health.ts';
import { selectLinksById } from './queries/links.ts';
import { type HealthVerdict, judgeAnswer } from './rules/judge-answer.ts';

const linksPerRun = 300;
const atOnce = 4;
const timeoutMs = 10_000;
// A page's head is enough to know that it is there; what is longer was there.
const bytesMax = 2 * 1024 * 1024;
const offline: HealthVerdict = {
  state: 'unknown',
  status: null,
  problem: 'Nothing answered; this machine may be offline.',
};

/** Asks destinations that were not asked for a day; each address once, however many links lead there. */
export async function checkDueLinks(infra: Infra): Promise<void> {
  const now = infra.clock.now();
  const due = await infra.db.asSystem((tx) =>
    dueForCheck(tx, { before: new Date(now.getTime() - dayMs), limit: linksPerRun }),
  );
  const targets = [...new Set(due.map((task) => task.target))];
  const verdicts = new Map<string, HealthVerdict>();
  for (let at = 0; at < targets.length; at += atOnce) {
    const group = targets.slice(at, at + atOnce);
    const asked = await Promise.all(group.map((target) => ask(infra, target)));
    for (const [index, target] of group.entries()) verdicts.set(target, asked[index] ?? offline);
  }
  // Where nothing at all answers, it is likelier that this machine is offline than that every shop is gone.
  const isOffline = [...verdicts.values()].every((verdict) => verdict.status === null);
  const at = infra.clock.now();
  for (const [workspaceId, group] of Map.groupBy(due, (task) => task.workspaceId)) {
    const findings = group.map(({ linkId, target }) => ({
      linkId,
      target,
      ...(isOffline ? offline : (verdicts.get(target) ?? offline)),
    }));
    await infra.db.inWorkspace(workspaceId, (tx) => noteHealth(tx, workspaceId, { findings, at }));
  }
}

/** Asks one link's destination now. Error: not_found. */
export async function checkLink(infra: Infra, call: Call<typeof checkEndpoint>): Promise<Link> {
  const { workspaceId, input } = call;
  const read = () => infra.db.inWorkspace(workspaceId, (tx) => selectLinksById(tx, workspaceId, [input.linkId]));
  const [link] = await read();
  if (link === undefined) throw notFound('link');
  const finding = { linkId: link.id, target: link.target, ...(await ask(infra, link.target)) };
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    await noteHealth(tx, workspaceId, { findings: [finding], at: infra.clock.now() });
    const [after] = await presentLinks(infra, tx, workspaceId, await selectLinksById(tx, workspaceId, [link.id]));
    if (after === undefined) throw notFound('link');
    return after;
  });
}

async function ask(infra: Infra, target: string): Promise<HealthVerdict> {
  try {
    const { status } = await infra.fetch(target, { timeoutMs, bytesMax });
    return judgeAnswer({ kind: 'answered', status });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return judgeAnswer({ kind: 'failed', code: error.code, message: error.message });
  }
}
