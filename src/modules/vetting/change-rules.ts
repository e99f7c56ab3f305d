import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  getVettingRules,
  OwnWeight,
  previewVettingRules,
  putVettingRules,
  RulesPreview,
  VerdictRules,
  VettingRules,
} from './api.ts';
import { vettingError } from './errors.ts';
import { listRaisedFlags, listVettedPersons, pageFindings, type StoredFindings } from './queries/report-batches.ts';
import { markStale } from './queries/reports.ts';
import { findVettingRules, insertVettingRules, readVettingRules, type StoredRules } from './queries/rules.ts';
import { changedPoints, describeWeights, flagsToSet, problemsOf } from './rules/describe-rules.ts';
import { type Rescored, rescore } from './rules/findings.ts';
import { median } from './rules/statistics.ts';
import { defaultVerdictRules } from './rules/verdict-rules.ts';
import { weightSet } from './rules/weights.ts';
import { addRun, beginRun } from './vet-many.ts';

/** Vetted creators a preview looks at, and of whom a save starts the scoring anew; the rest are when next read. */
const previewMax = 10_000;
const rescoredMax = 100_000;
const findingsAtOnce = 1000;

/** The points and rules of a version, the newest when none is named. Error: not_found. */
export function readRules(infra: Infra, call: Call<typeof getVettingRules>): Promise<VettingRules> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const stored = await findVettingRules(tx, workspaceId, input.version);
    if (stored === null) throw notFound('version of the vetting rules');
    return describe(tx, workspaceId, stored);
  });
}

/** Saves a new version, marks every report as stale and starts scoring them again. Errors: vetting.bad_rules, vetting.rules_changed. */
export async function saveRules(
  infra: Infra,
  call: Call<typeof putVettingRules>,
): Promise<OutputOf<typeof putVettingRules>> {
  const { workspaceId, actor, input } = call;
  refuse(input);
  const saved = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await readVettingRules(tx, workspaceId);
    if (before.version !== input.baseVersion) throw changedMeanwhile(before);
    const at = infra.clock.now();
    const points = changedPoints(input.weights);
    const next = { version: before.version + 1, points, verdict: input.verdict, note: input.note, by: actor, at };
    const changes = differences(before, next);
    if (changes === null) return { rules: await describe(tx, workspaceId, before), runId: null };
    if (!(await insertVettingRules(tx, workspaceId, next))) throw changedMeanwhile(before);
    await markStale(tx, workspaceId, { personIds: 'all', at });
    await recordAudit(tx, {
      ...call,
      action: 'vetting_rules.saved',
      subjectKind: 'vetting_rules',
      subjectId: String(next.version),
      changes: { ...changes, ...(input.note === '' ? {} : { note: input.note }) },
    });
    const personIds = await listVettedPersons(tx, workspaceId, rescoredMax);
    const run = personIds.length === 0 ? null : await addRun(infra, tx, { workspaceId, personIds, by: actor });
    return { rules: await describe(tx, workspaceId, await readVettingRules(tx, workspaceId)), runId: run?.id ?? null };
  });
  if (saved.runId !== null) await beginRun(infra, workspaceId, saved.runId);
  return { ...saved.rules, runId: saved.runId };
}

/** What points and rules would change among the vetted creators, scored again from what is stored; nothing is written. Error: vetting.bad_rules. */
export function previewRules(infra: Infra, call: Call<typeof previewVettingRules>): Promise<RulesPreview> {
  const { workspaceId, input } = call;
  refuse(input);
  const set = weightSet(0, changedPoints(input.weights));
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const outcomes: Outcome[] = [];
    let after = '';
    let isPartial = false;
    while (outcomes.length < previewMax) {
      const page = await pageFindings(tx, workspaceId, { afterProfileId: after, limit: findingsAtOnce });
      outcomes.push(...page.map((before) => ({ before, after: rescore(before.findings, set, input.verdict) })));
      after = page.at(-1)?.profileId ?? after;
      if (page.length < findingsAtOnce) break;
      isPartial = outcomes.length >= previewMax;
    }
    return summarise(tx, workspaceId, { outcomes, isPartial, limit: input.limit });
  });
}

interface Outcome {
  before: StoredFindings;
  after: Rescored;
}

async function summarise(
  tx: Tx,
  workspaceId: string,
  of: { outcomes: Outcome[]; isPartial: boolean; limit: number },
): Promise<RulesPreview> {
  const { outcomes, isPartial, limit } = of;
  const hasMoved = ({ before, after }: Outcome) => before.verdict !== after.verdict;
  const distance = ({ before, after }: Outcome) => Math.abs((after.score ?? 0) - (before.score ?? 0));
  const changed = outcomes.filter((one) => hasMoved(one) || distance(one) >= 0.05);
  const shown = changed
    .sort(
      (a, b) =>
        Number(hasMoved(b)) - Number(hasMoved(a)) ||
        distance(b) - distance(a) ||
        (a.before.profileId < b.before.profileId ? -1 : 1),
    )
    .slice(0, limit);
  const cards = await readPersonCards(
    tx,
    workspaceId,
    shown.map((one) => one.before.personId),
  );
  const moves = Map.groupBy(outcomes.filter(hasMoved), (one) => `${one.before.verdict} ${one.after.verdict}`);
  const scores = (read: (one: Outcome) => number | null) => median(outcomes.flatMap((one) => read(one) ?? []));
  return {
    creators: outcomes.length,
    isPartial,
    scoresChanged: outcomes.filter((one) => distance(one) >= 0.05).length,
    verdictsChanged: outcomes.filter(hasMoved).length,
    moves: [...moves.values()]
      .flatMap((of_) =>
        of_[0] === undefined ? [] : [{ from: of_[0].before.verdict, to: of_[0].after.verdict, creators: of_.length }],
      )
      .sort((a, b) => b.creators - a.creators),
    medianBefore: scores((one) => one.before.score),
    medianAfter: scores((one) => one.after.score),
    rows: shown.map(({ before, after }) => ({
      personId: before.personId,
      name: cards.get(before.personId)?.name ?? 'Creator without a name',
      before: { score: before.score, verdict: before.verdict },
      after: { score: after.score, verdict: after.verdict, rule: after.rule.text },
    })),
  };
}

function refuse(input: { weights: readonly OwnWeight[]; verdict: VerdictRules }): void {
  const problems = problemsOf(input);
  const first = problems[0];
  if (first !== undefined)
    throw vettingError('bad_rules', `These rules cannot be saved: ${first.field}: ${first.message}.`, problems);
}

function changedMeanwhile(before: StoredRules) {
  const who = before.savedBy ?? 'somebody';
  return vettingError(
    'rules_changed',
    `${who} saved version ${before.version} meanwhile. Read it and make your changes again.`,
  );
}

/** What differs, for the audit trail; null when nothing does. */
function differences(
  before: StoredRules,
  next: { points: Record<string, unknown>; verdict: VerdictRules },
): Record<string, { from: unknown; to: unknown }> | null {
  const old = changedPoints(Object.entries(before.weights.points).map(([signal, one]) => ({ signal, ...one })));
  const changes: Record<string, { from: unknown; to: unknown }> = {};
  const note = (name: string, from: unknown, to: unknown) => {
    if (JSON.stringify(from) !== JSON.stringify(to)) changes[name] = { from: from ?? 'default', to: to ?? 'default' };
  };
  for (const name of new Set([...Object.keys(old), ...Object.keys(next.points)]))
    note(`points.${name}`, old[name], next.points[name]);
  for (const name of Object.keys(defaultVerdictRules) as (keyof VerdictRules)[])
    note(name, before.verdict[name], next.verdict[name]);
  return Object.keys(changes).length === 0 ? null : changes;
}

async function describe(tx: Tx, workspaceId: string, stored: StoredRules): Promise<VettingRules> {
  const { version, savedBy, savedAt, note, verdict } = stored;
  return {
    version,
    savedBy,
    savedAt,
    note,
    ...describeWeights(stored.weights),
    verdict,
    verdictDefaults: defaultVerdictRules,
    flags: flagsToSet(await listRaisedFlags(tx, workspaceId)),
  };
}
