import { setImmediate as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { dayMs } from '#kernel/time.ts';
import { letImportsPass, readWrittenTexts, stateFacts, type WrittenText } from '#modules/creators/index.ts';
import { safetyFact } from '../api.ts';
import { compileSafety, findSafetyWords, type SafetyMatcher } from '../rules/safety-matcher.ts';
import { languageOf } from './language-of.ts';
import { shippedLists, shippedVersion } from './load-safety-words.ts';
import { countSafetyFlags, type FoundFlag, syncSafetyFlags } from './queries-flags.ts';
import { readSafetySettings, selectSafetyLists } from './queries-lists.ts';
import { type DueScan, saveScans, selectSafetyDue, workspacesWithDue } from './queries-scans.ts';

export const safetyJob = 'vetting.safety_scan';
const sweepJob = 'vetting.safety_sweep';
const payloadSchema = z.object({ workspaceId: z.string() });

/** As far back as brands look. */
const daysBack = 3 * 365;
const postsEach = 500;
const personsAtOnce = 100;
/** Flags a person at most: more say nothing new, and one text cannot fill the table. */
const flagsEachMax = 500;
const roundsMax = 20_000;
const matchersMax = 50;

const matchers = new Map<string, SafetyMatcher>();

/** The words of a workspace, ready to search with, and the version of all of them together. */
export async function readMatcher(tx: Tx, workspaceId: string): Promise<{ matcher: SafetyMatcher; version: string }> {
  const { off, version } = await readSafetySettings(tx, workspaceId);
  const whole = `${shippedVersion}/${version}`;
  const key = version === 0 ? whole : `${workspaceId} ${whole}`;
  const known = matchers.get(key);
  if (known !== undefined) return { matcher: known, version: whole };
  const own = version === 0 ? [] : await selectSafetyLists(tx, workspaceId);
  const matcher = compileSafety(shippedLists, own, new Set(off));
  const [oldest] = matchers.keys();
  if (matchers.size >= matchersMax && oldest !== undefined) matchers.delete(oldest);
  matchers.set(key, matcher);
  return { matcher, version: whole };
}

/** The jobs that search texts in the background: one a workspace, and a sweep for marks nobody told of. */
export function defineSafetyJobs(infra: Infra): void {
  infra.jobs.define({
    name: safetyJob,
    payload: payloadSchema,
    retriesMax: 10,
    timeoutSeconds: 3600,
    handle: ({ workspaceId }, signal) => scanWorkspace(infra, workspaceId, signal),
  });
  infra.jobs.define({
    name: sweepJob,
    payload: z.unknown(),
    retriesMax: 0,
    timeoutSeconds: 60,
    cron: '* * * * *',
    handle: async () => {
      for (const workspaceId of await infra.db.asSystem(workspacesWithDue))
        await infra.jobs.enqueue(safetyJob, { workspaceId }, workspaceId);
    },
  });
}

/** Searches everybody of a workspace who is due, a hundred a transaction, after imports. */
export async function scanWorkspace(infra: Infra, workspaceId: string, signal?: AbortSignal): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    await letImportsPass(infra, workspaceId, signal);
    const searched = await infra.db.inWorkspace(workspaceId, async (tx) => {
      const due = await selectSafetyDue(tx, workspaceId, { limit: personsAtOnce });
      if (due.length > 0) await scanPersons(infra, tx, { workspaceId, due });
      return due.length;
    });
    if (searched === 0) return;
    await pause();
  }
}

/** Searches one person now when due, so that what is shown is of the texts as they are. */
export async function scanIfDue(infra: Infra, tx: Tx, of: { workspaceId: string; personId: string }): Promise<void> {
  const { workspaceId, personId } = of;
  const due = await selectSafetyDue(tx, workspaceId, { limit: 1, personIds: [personId] });
  if (due.length > 0) await scanPersons(infra, tx, { workspaceId, due });
}

async function scanPersons(infra: Infra, tx: Tx, of: { workspaceId: string; due: readonly DueScan[] }): Promise<void> {
  const { workspaceId, due } = of;
  const personIds = due.map((one) => one.personId);
  const now = infra.clock.now();
  const { matcher, version } = await readMatcher(tx, workspaceId);
  const since = new Date(now.getTime() - daysBack * dayMs);
  const texts = await readWrittenTexts(tx, workspaceId, { personIds, since, postsEach });
  const found: FoundFlag[] = [];
  const textsOf = new Map<string, number>();
  const flagsOf = new Map<string, number>();
  for (const text of texts) {
    textsOf.set(text.personId, (textsOf.get(text.personId) ?? 0) + 1);
    for (const flag of flagsOfText(matcher, text, now)) {
      const known = flagsOf.get(text.personId) ?? 0;
      if (known >= flagsEachMax) break;
      flagsOf.set(text.personId, known + 1);
      found.push(flag);
    }
  }
  await syncSafetyFlags(tx, workspaceId, { personIds, found, at: now });
  const scans = due.map((one) => ({ ...one, texts: textsOf.get(one.personId) ?? 0 }));
  await saveScans(tx, workspaceId, { scans, at: now, listsVersion: version });
  await stateSafety(infra, tx, { workspaceId, personIds });
}

function flagsOfText(matcher: SafetyMatcher, text: WrittenText, now: Date): FoundFlag[] {
  const { personId, profileId, place, placeId, postedAt, url } = text;
  return findSafetyWords(matcher, text.text, languageOf).map((hit) => ({
    id: newId('safetyFlag', now.getTime()),
    personId,
    profileId,
    place,
    placeId,
    ...hit,
    postedAt,
    url,
  }));
}

/** States the categories with an open flag, for filters and columns; nothing where there is none. */
export async function stateSafety(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personIds: readonly string[] },
): Promise<void> {
  const counts = await countSafetyFlags(tx, of.workspaceId, of.personIds);
  const open = Map.groupBy(
    counts.filter((one) => one.open > 0),
    (one) => one.personId,
  );
  const facts = of.personIds.map((personId) => {
    const categories = [...new Set((open.get(personId) ?? []).map((one) => one.category))];
    return { personId, name: safetyFact, value: categories.length === 0 ? null : categories };
  });
  await stateFacts(infra, tx, { workspaceId: of.workspaceId, statedBy: 'vetting', facts });
}
