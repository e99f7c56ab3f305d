import type { Tx } from '#infra/db/database.ts';
import { notFound } from '#kernel/errors.ts';
import { type Platform, platforms } from '#kernel/platform.ts';
import type { Person } from './api.ts';
import { type ProfileMatch, selectPerson, selectPersons, selectProfilesByHandleKey } from './queries/persons.ts';
import { parseHandle } from './rules/parse-handle.ts';

/** The person with profiles, figures and facts. The id of a merged person gives the kept one. Error: not_found. */
export async function getPerson(tx: Tx, workspaceId: string, personId: string): Promise<Person> {
  const person = await selectPerson(tx, workspaceId, personId);
  if (person === null) throw notFound('creator');
  return person;
}

/** Persons by the id asked for, three statements for all of them; those that do not exist are left out. */
export function getPersons(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<Map<string, Person>> {
  return selectPersons(tx, workspaceId, personIds);
}

/** Profiles that bear the handle ("@Name", "name" or a profile's address), most followers first; none when it is no handle. */
export async function findProfilesByHandle(
  tx: Tx,
  workspaceId: string,
  wanted: { handle: string; platform?: Platform | undefined },
): Promise<ProfileMatch[]> {
  const byKey = new Map<string, Platform[]>();
  for (const platform of wanted.platform === undefined ? platforms : [wanted.platform]) {
    const parsed = parseHandle(wanted.handle, platform);
    if (!parsed.ok) continue;
    byKey.set(parsed.value.key, [...(byKey.get(parsed.value.key) ?? []), parsed.value.platform]);
  }
  const found: ProfileMatch[] = [];
  for (const [handleKey, on] of byKey)
    found.push(...(await selectProfilesByHandleKey(tx, workspaceId, { handleKey, platforms: [...new Set(on)] })));
  return found.sort((a, b) => (b.followers ?? -1) - (a.followers ?? -1));
}
