import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { dayMs } from '#kernel/time.ts';
import { readCodeDays, readCodesOf, readTrafficClicks, readTrafficOrders } from '#modules/tracking/index.ts';
import type { FraudPolicy } from './api.ts';
import { keepFindings, lapseGroups, type ToldFinding } from './keep-findings.ts';
import { dropCreatorEvents } from './queries/events.ts';
import {
  type CreatorJudgement,
  lockJudging,
  refreshStates,
  saveCreators,
  saveFigures,
  selectFigures,
} from './queries/judgements.ts';
import { readPolicy } from './queries/policies.ts';
import { readAccountFacts } from './read-creator-facts.ts';
import { readOrderFacts } from './read-order-facts.ts';
import { makeBaseline } from './rules/baseline.ts';
import { isTold, judgeCreator } from './rules/score-findings.ts';
import { type SummedTraffic, sumTraffic } from './rules/sum-traffic.ts';

/** The newest rows of a creator that are read; with more, what was before is not compared. */
const clicksMax = 20_000;
const ordersMax = 5_000;
/** Creators that what is usual is told by. */
const othersMax = 10_000;

/** Judges the traffic of creators by all that is known now, beside that of the others. Creators that are gone are passed over. */
export async function judgeCreators(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personIds: readonly string[] },
): Promise<CreatorJudgement[]> {
  const { workspaceId } = of;
  await lockJudging(tx, workspaceId);
  const { policy, version } = await readPolicy(tx, workspaceId);
  const accounts = await readAccountFacts(infra, tx, of);
  const personIds = of.personIds.filter((id) => accounts.has(id));
  if (personIds.length === 0) return [];
  const at = infra.clock.now();
  const programDays = await readProgram(tx, { workspaceId, policy, at });
  const summed = new Map<string, SummedTraffic>();
  for (const personId of personIds)
    summed.set(personId, await readTraffic(infra, tx, { workspaceId, personId, policy, at, programDays }));
  await saveFigures(tx, workspaceId, {
    creators: [...summed].map(([personId, { figures }]) => ({ personId, figures })),
    at,
  });
  const all = await selectFigures(tx, workspaceId, othersMax);
  const judged = [...summed].map(([personId, traffic]) => {
    const baseline = makeBaseline(all.filter((one) => one.personId !== personId).map((one) => one.figures));
    const { score, findings } = judgeCreator(
      { personId, traffic, account: accounts.get(personId) ?? null, baseline },
      policy,
    );
    const state = score >= policy.flagAt || findings.some(isTold) ? ('flagged' as const) : ('clear' as const);
    return { personId, figures: traffic.figures, score, findings, state };
  });
  await saveCreators(tx, workspaceId, { creators: judged, policyVersion: version, at });
  const told = judged.flatMap(({ findings }): ToldFinding[] =>
    findings.filter(isTold).map((finding) => ({ finding, conversionId: null, happenedAt: at })),
  );
  const keptGroups = await keepFindings(infra, tx, { workspaceId, told, policy });
  await dropCreatorEvents(tx, workspaceId, { personIds, keptGroups });
  await lapseGroups(infra, tx, workspaceId);
  await refreshStates(tx, workspaceId, { conversionIds: [], personIds, at });
  return judged;
}

async function readProgram(
  tx: Tx,
  of: { workspaceId: string; policy: FraudPolicy; at: Date },
): Promise<ReadonlyMap<string, number>> {
  const from = new Date(of.at.getTime() - 2 * of.policy.windowDays * dayMs);
  const days = await readCodeDays(tx, { workspaceId: of.workspaceId, from, until: of.at });
  return new Map(days.map(({ day, uses }) => [day, uses]));
}

async function readTraffic(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    personId: string;
    policy: FraudPolicy;
    at: Date;
    programDays: ReadonlyMap<string, number>;
  },
): Promise<SummedTraffic> {
  const { workspaceId, personId, policy, at } = of;
  // As many days before the window as in it: what was usual before.
  const span = { workspaceId, personId, from: new Date(at.getTime() - 2 * policy.windowDays * dayMs), until: at };
  const clicks = await readTrafficClicks(tx, { ...span, limit: clicksMax });
  const conversionIds = await readTrafficOrders(tx, { ...span, limit: ordersMax });
  const orders = await readOrderFacts(infra, tx, { workspaceId, conversionIds });
  return sumTraffic(
    {
      personId,
      clicks: clicks.map((click) => ({ ...click, atMs: click.clickedAt.getTime() })),
      isCut: clicks.length >= clicksMax,
      orders,
      codes: await readCodesOf(tx, workspaceId, personId),
      programDays: of.programDays,
      // Told apart only where a hit was ever dropped for it.
      tellsDatacentres: clicks.some((click) => click.dropReason === 'datacentre'),
    },
    { untilMs: at.getTime(), policy },
  );
}
