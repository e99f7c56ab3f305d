import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { type Platform, platformNames } from '#kernel/platform.ts';
import { dayMs } from '#kernel/time.ts';
import type { Person, Profile } from '#modules/creators/api.ts';
import { findProfilesByHandle, getPerson } from '#modules/creators/index.ts';
import type { Report, Vetting } from './api.ts';
import { vettingError } from './errors.ts';
import { readBrandProfile } from './queries/brand-profile.ts';
import { findLatestReport } from './queries/reports.ts';
import { readVettingRules } from './queries/rules.ts';
import { newestVerdicts } from './queries/verdicts.ts';
import type { Target } from './read-subject.ts';
import { rulesVersion } from './rules/reference.ts';
import { isMain, type Parts, vetTargets } from './vet-targets.ts';

export type { Parts } from './vet-targets.ts';

/** A report checked longer ago is computed again: what it says of days would no longer be true. */
const recheckDays = 7;

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
    latest.report.isMain === isMain(person, profile) &&
    latest.rulesSet === (await readVettingRules(tx, workspaceId)).version &&
    parts.infra.clock.now().getTime() - Date.parse(latest.report.checkedAt) < recheckDays * dayMs;
  const report = isFresh ? latest.report : await compute(parts, tx, workspaceId, { person, profile });
  return withVerdicts(tx, workspaceId, report);
}

/** Computes the report again, whatever its age. Errors: not_found, vetting.no_profile. */
export async function computeAgain(parts: Parts, tx: Tx, workspaceId: string, wanted: Wanted): Promise<Vetting> {
  const chosen = await choose(tx, workspaceId, wanted);
  return withVerdicts(tx, workspaceId, await compute(parts, tx, workspaceId, chosen));
}

/**
 * The person and profile behind a handle; of one person's profiles the one with most followers. Errors: not_found; vetting.several_creators when
 * different people bear it and no platform tells whom is meant.
 */
export async function findByHandle(
  tx: Tx,
  workspaceId: string,
  wanted: { handle: string; platform?: Platform | undefined },
): Promise<Wanted> {
  const matches = await findProfilesByHandle(tx, workspaceId, wanted);
  const [match] = matches;
  if (match === undefined) throw notFound('creator');
  const people = new Set(matches.map((one) => one.personId));
  if (people.size > 1) {
    const on = matches.map((one) => platformNames[one.platform]).join(', ');
    throw vettingError(
      'several_creators',
      `${people.size} creators bear the handle "${wanted.handle}" (${on}). Say on which platform.`,
      [{ field: 'platform', message: 'Needed: several creators bear the handle' }],
    );
  }
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
  throw vettingError('no_profile', noProfileText(person));
}

export function noProfileText(person: Pick<Person, 'name'>): string {
  return `${person.name ?? 'This creator'} has no profile on any platform yet. Add one, or import posts, and vet again.`;
}

async function compute(parts: Parts, tx: Tx, workspaceId: string, target: Target): Promise<Report> {
  const [report] = await vetTargets(parts, tx, workspaceId, [target]);
  if (report === undefined) throw new Error('One target gives one report');
  return report;
}

async function withVerdicts(tx: Tx, workspaceId: string, report: Report): Promise<Vetting> {
  const verdicts = await newestVerdicts(tx, workspaceId, report.personId);
  const brand = await readBrandProfile(tx, workspaceId);
  return { ...report, verdicts, hasBrandProfile: brand.version > 0 };
}
