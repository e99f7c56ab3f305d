import type { Tx } from '#infra/db/database.ts';
import { type Platform, platforms } from '#kernel/platform.ts';
import { matchContacts, parseHandle } from '#modules/creators/index.ts';
import type { PastFile } from './read-past-file.ts';

export type CreatorMatch = { personId: string } | { field: 'creator' | 'email'; problem: string };

export interface CreatorSubject {
  creator: string | null;
  platform: string | null;
  email: string | null;
}

const lookupsPerStatement = 5000;

/** Finds whom a row is about: by handle or profile address, on its platform where one is named, else by e-mail. A few statements for a whole file. */
export async function openCreatorMatch(
  tx: Tx,
  workspaceId: string,
  file: PastFile,
): Promise<(subject: CreatorSubject) => CreatorMatch> {
  const { at } = file.header;
  const cell = (cells: string[], index: number | undefined) => (index === undefined ? '' : (cells[index] ?? ''));
  const handles = new Map<string, { platform: Platform; key: string }>();
  const emails = new Set<string>();
  for (const { cells } of file.rows) {
    for (const one of handlesOf(cell(cells, at.creator), cell(cells, at.platform)))
      handles.set(`${one.platform} ${one.key}`, one);
    const email = cell(cells, at.email).trim().toLowerCase();
    if (email !== '') emails.add(email);
  }
  const personOf = new Map<string, Set<string>>();
  const personByEmail = new Map<string, Set<string>>();
  const askHandles = [...handles.values()];
  const askEmails = [...emails];
  for (let from = 0; from < Math.max(askHandles.length, askEmails.length); from += lookupsPerStatement) {
    const found = await matchContacts(tx, workspaceId, {
      handles: askHandles.slice(from, from + lookupsPerStatement),
      emails: askEmails.slice(from, from + lookupsPerStatement),
      names: [],
      bareNames: [],
    });
    for (const row of found.handles) addTo(personOf, `${row.platform} ${row.key}`, row.person_id);
    for (const row of found.emails) addTo(personByEmail, row.email, row.person_id);
  }
  return ({ creator, platform, email }) => {
    const byHandle = new Set<string>();
    if (creator !== null)
      for (const one of handlesOf(creator, platform ?? ''))
        for (const person of personOf.get(`${one.platform} ${one.key}`) ?? []) byHandle.add(person);
    const [only] = byHandle;
    if (only !== undefined && byHandle.size === 1) return { personId: only };
    if (byHandle.size > 1)
      return {
        field: 'creator',
        problem: `${byHandle.size} creators here are ${creator}. Add a column platform, or give the address of the profile.`,
      };
    const byEmail = email === null ? undefined : personByEmail.get(email.toLowerCase());
    const [mailed] = byEmail ?? [];
    if (mailed !== undefined && byEmail?.size === 1) return { personId: mailed };
    if (byEmail !== undefined && byEmail.size > 1)
      return { field: 'email', problem: `${byEmail.size} creators here have the address ${email}. Give a handle.` };
    if (creator === null && email === null)
      return { field: 'creator', problem: 'The row names no creator: handle and e-mail are empty.' };
    return {
      field: creator === null ? 'email' : 'creator',
      problem: `No creator here is ${creator ?? email}. Import them first; then read this file again.`,
    };
  };
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key) ?? new Set();
  set.add(value);
  map.set(key, set);
}

function handlesOf(text: string, platformText: string): { platform: Platform; key: string }[] {
  if (text.trim() === '') return [];
  const named = platforms.find((platform) =>
    platformText
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .startsWith(platform),
  );
  const found = new Map<string, { platform: Platform; key: string }>();
  for (const platform of named === undefined ? platforms : [named]) {
    const parsed = parseHandle(text, platform);
    if (parsed.ok) found.set(`${parsed.value.platform} ${parsed.value.key}`, parsed.value);
  }
  return [...found.values()];
}
