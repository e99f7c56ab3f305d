import { createHash } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import type { Person, Profile } from '#modules/creators/api.ts';
import { stateFacts } from '#modules/creators/index.ts';
import type { Report } from './api.ts';
import { packReport, type ReportText, textOfReport } from './queries/pack-report.ts';
import { findLatestKeys, insertReports, lockProfiles, refreshReports } from './queries/report-batches.ts';
import { readVettingRules } from './queries/rules.ts';
import type { PeerReader } from './read-peers.ts';
import { readSubjects, type Target } from './read-subject.ts';
import { type ComputedReport, computeReport, factsOf } from './rules/compute-report.ts';

export interface Parts {
  infra: Infra;
  peers: PeerReader;
}

/** Seed of every resampling: the same data give the same report. */
const seed = 7;

export const isMain = (person: Person, profile: Profile) => person.profiles[0]?.id === profile.id;

/**
 * Computes and stores the reports of many profiles in their order, reading and writing for all of them at once. A result equal to the one before is
 * not stored twice: the newest report stands and is marked as checked now.
 */
export async function vetTargets(
  parts: Parts,
  tx: Tx,
  workspaceId: string,
  targets: readonly Target[],
): Promise<Report[]> {
  if (targets.length === 0) return [];
  const profileIds = targets.map((target) => target.profile.id);
  await lockProfiles(tx, workspaceId, profileIds);
  const now = parts.infra.clock.now();
  const at = now.toISOString();
  const rules = await readVettingRules(tx, workspaceId);
  const context = { now: at, seed, weights: rules.weights, verdictRules: rules.verdict };
  const subjects = await readSubjects(tx, workspaceId, { targets, peers: parts.peers, now: parts.infra.clock.now() });
  const latest = await findLatestKeys(tx, workspaceId, profileIds);
  const changed: { report: Report; resultHash: string; text: ReportText }[] = [];
  const same: { report: Report; text: ReportText; isEqual: boolean }[] = [];
  const reports = subjects.map((subject, i) => {
    const { person, profile } = targets[i] ?? missing();
    const computed = computeReport(subject, context);
    const resultHash = hashOf(computed);
    const before = latest.get(profile.id);
    const identity = { personId: person.id, profileId: profile.id, isMain: isMain(person, profile), checkedAt: at };
    if (before?.resultHash === resultHash) {
      const report: Report = { ...computed, ...identity, id: before.id, computedAt: before.computedAt };
      const text = textOfReport(report);
      same.push({ report, text, isEqual: before.textHash !== null && text.textHash.equals(before.textHash) });
      return report;
    }
    const report: Report = { ...computed, ...identity, id: newId('vettingReport', now.getTime()), computedAt: at };
    changed.push({ report, resultHash, text: textOfReport(report) });
    return report;
  });
  const equal = same.filter((one) => one.isEqual).map((one) => one.report);
  // Deflating costs as much as a fourth of computing: only what is written anew.
  const rewritten = same.filter((one) => !one.isEqual).map((one) => ({ ...one, text: packReport(one.text) }));
  await insertReports(
    tx,
    workspaceId,
    changed.map((one) => ({ ...one, text: packReport(one.text) })),
  );
  await refreshReports(tx, workspaceId, { equal, rewritten });
  const facts = reports
    .filter((report) => report.isMain)
    .flatMap((report) =>
      Object.entries(factsOf(report)).map(([name, value]) => ({ personId: report.personId, name, value })),
    );
  if (facts.length > 0) await stateFacts(parts.infra, tx, { workspaceId, statedBy: 'vetting', facts });
  return reports;
}

function missing(): never {
  throw new Error('One subject a target');
}

/** What makes two results different: the score, verdict, flags and what each signal gives; not the day or the wording. */
function hashOf(report: ComputedReport): string {
  const result = [
    report.rulesVersion,
    report.score,
    report.verdict,
    report.rule.name,
    report.flags.map((flag) => flag.name),
    report.signals.map((signal) => [signal.name, signal.state, signal.contribution]),
  ];
  return createHash('sha256').update(JSON.stringify(result)).digest('hex');
}
