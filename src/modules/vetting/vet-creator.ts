import { createHash } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { Platform } from '#kernel/platform.ts';
import type { Person, Profile } from '#modules/creators/api.ts';
import { findProfilesByHandle, getPerson, stateFacts } from '#modules/creators/index.ts';
import type { Report, Vetting } from './api.ts';
import { vettingError } from './errors.ts';
import { readBrandProfile } from './queries/brand-profile.ts';
import { findLatestReport, insertReport, lockProfile, refreshReport, type StoredReport } from './queries/reports.ts';
import { newestVerdicts } from './queries/verdicts.ts';
import type { PeerReader } from './read-peers.ts';
import { readSubject } from './read-subject.ts';
import { type ComputedReport, computeReport, factsOf } from './rules/compute-report.ts';
import { rulesVersion } from './rules/reference.ts';

export interface Parts {
  infra: Infra;
  peers: PeerReader;
}

export interface Wanted {
  personId: string;
  profileId?: string | undefined;
}

/** The latest report with its verdicts, computed now when there is none or it is stale. Errors: not_found, vetting.no_profile. */
export async function getLatest(parts: Parts, tx: Tx, workspaceId: string, wanted: Wanted): Promise<Vetting> {
  const { person, profile } = await choose(tx, workspaceId, wanted);
  const latest = await findLatestReport(tx, workspaceId, profile.id);
  const isFresh =
    latest !== null &&
    !latest.isStale &&
    latest.report.rulesVersion === rulesVersion &&
    latest.report.isMain === isMain(person, profile);
  const report = isFresh ? latest.report : await compute(parts, tx, workspaceId, { person, profile });
  return withVerdicts(tx, workspaceId, report);
}

/** Computes the report again, whatever its age. Errors: not_found, vetting.no_profile. */
export async function computeAgain(parts: Parts, tx: Tx, workspaceId: string, wanted: Wanted): Promise<Vetting> {
  const chosen = await choose(tx, workspaceId, wanted);
  return withVerdicts(tx, workspaceId, await compute(parts, tx, workspaceId, chosen));
}

/** The person and profile behind a handle; the one with most followers where several bear it. Error: not_found. */
export async function findByHandle(
  tx: Tx,
  workspaceId: string,
  wanted: { handle: string; platform?: Platform | undefined },
): Promise<Wanted> {
  const [match] = await findProfilesByHandle(tx, workspaceId, wanted);
  if (match === undefined) throw notFound('creator');
  return { personId: match.personId, profileId: match.profileId };
}

/** The profile that is vetted: the wanted one, else the main one. */
export async function choose(
  tx: Tx,
  workspaceId: string,
  wanted: Wanted,
): Promise<{ person: Person; profile: Profile }> {
  const person = await getPerson(tx, workspaceId, wanted.personId);
  const profile =
    wanted.profileId === undefined
      ? person.profiles[0]
      : person.profiles.find((candidate) => candidate.id === wanted.profileId);
  if (profile !== undefined) return { person, profile };
  if (wanted.profileId !== undefined) throw notFound('profile');
  throw vettingError(
    'no_profile',
    `${person.name ?? 'This creator'} has no profile on any platform yet. Add one, or import posts, and vet again.`,
  );
}

const isMain = (person: Person, profile: Profile) => person.profiles[0]?.id === profile.id;

async function compute(
  parts: Parts,
  tx: Tx,
  workspaceId: string,
  of: { person: Person; profile: Profile },
): Promise<Report> {
  const { person, profile } = of;
  await lockProfile(tx, workspaceId, profile.id);
  const now = parts.infra.clock.now();
  const subject = await readSubject(tx, workspaceId, { person, profile, peers: parts.peers });
  const computed = computeReport(subject, { now: now.toISOString(), seed: 7 });
  const latest = await findLatestReport(tx, workspaceId, profile.id);
  const report = await store(tx, workspaceId, { computed, latest, now, person, profile });
  if (report.isMain) {
    const facts = Object.entries(factsOf(report)).map(([name, value]) => ({ personId: person.id, name, value }));
    await stateFacts(parts.infra, tx, { workspaceId, statedBy: 'vetting', facts });
  }
  return report;
}

interface Outcome {
  computed: ComputedReport;
  latest: StoredReport | null;
  now: Date;
  person: Person;
  profile: Profile;
}

async function store(
  tx: Tx,
  workspaceId: string,
  { computed, latest, now, person, profile }: Outcome,
): Promise<Report> {
  const resultHash = hashOf(computed);
  const at = now.toISOString();
  const identity = { personId: person.id, profileId: profile.id, isMain: isMain(person, profile), checkedAt: at };
  if (latest !== null && latest.resultHash === resultHash) {
    const report: Report = { ...computed, ...identity, id: latest.report.id, computedAt: latest.report.computedAt };
    await refreshReport(tx, workspaceId, report);
    return report;
  }
  const report: Report = { ...computed, ...identity, id: newId('vettingReport', now.getTime()), computedAt: at };
  await insertReport(tx, workspaceId, { report, resultHash });
  return report;
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

async function withVerdicts(tx: Tx, workspaceId: string, report: Report): Promise<Vetting> {
  const verdicts = await newestVerdicts(tx, workspaceId, report.personId);
  const brand = await readBrandProfile(tx, workspaceId);
  return { ...report, verdicts, hasBrandProfile: brand.version > 0 };
}
