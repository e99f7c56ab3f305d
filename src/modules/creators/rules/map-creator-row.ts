import type { Platform } from '#kernel/platform.ts';
import type { CreatorRow, ProfileRow } from '../api.ts';
import type { RowProblem } from './creator-state.ts';
import type { Target } from './header-synonyms.ts';
import { parseHandle } from './parse-handle.ts';
import { type Cell, type ColumnPlan, readCell } from './read-cell.ts';
import { readEmails, readLocation } from './read-text.ts';
import { RowStatements } from './row-statements.ts';
import { isStatementTarget } from './statement-target.ts';

type Value = string | number | boolean | string[];
type Slots = Map<Platform | '', Partial<Record<Target, Value>>>;

const personTexts = [
  'name',
  'country',
  'region',
  'city',
  'website',
  'gender',
  'age',
  'isOpenToGifting',
  'contactType',
] as const;
const personLists = ['languages', 'emails', 'phones', 'niches', 'tags', 'interests'] as const;
const profileTargets = [
  'externalId',
  'displayName',
  'bio',
  'category',
  'accountType',
  'isPrivate',
  'isVerified',
  'followers',
  'following',
  'postCount',
  'avgLikes',
  'avgComments',
  'avgViews',
  'avgShares',
  'avgSaves',
  'engagementRate',
  'lastPostAt',
  'isOfficialArtist',
] as const;

export type MappedRow = { ok: true; row: CreatorRow } | { ok: false; problems: RowProblem[] };

/** Reads a row of a creators file by its plan: one person with one profile per platform the row speaks of, or everything wrong with it. */
export function mapCreatorRow(
  plans: readonly ColumnPlan[],
  cells: readonly Cell[],
  by: { row: number; platform: Platform },
): MappedRow {
  const problems: RowProblem[] = [];
  const slots: Slots = new Map();
  const custom: Record<string, string> = {};
  let statements: RowStatements | null = null;
  for (let at = 0; at < plans.length; at += 1) {
    const plan = plans[at];
    if (plan === undefined || plan.target === null) continue;
    const result = readCell(plan, cells[at] ?? null);
    if (!result.ok) problems.push({ row: by.row, field: plan.column, message: result.message });
    else if (result.value !== null && plan.target === 'custom') custom[plan.column] = String(result.value);
    else if (result.value === null) continue;
    else if (isStatementTarget(plan.target)) {
      statements ??= new RowStatements();
      statements.add({ target: plan.target, column: plan.column, platform: plan.platform }, result.value);
    } else put(slots, plan, result.value);
  }
  const profiles = readProfiles(slots, by, problems);
  if (statements !== null) problems.push(...statements.applyTo(profiles, by.row));
  if (problems.length > 0) return { ok: false, problems };
  if (profiles.length === 0)
    return {
      ok: false,
      problems: [{ row: by.row, field: 'handle', message: 'The row names no handle and no address of a profile' }],
    };
  const row = toPerson(slots.get('') ?? {}, profiles, custom);
  if (statements !== null) addContacts(row, statements);
  return { ok: true, row };
}

/** Contacts of kinds; addresses that are none are kept beside, so that one bad address does not lose the row. */
function addContacts(row: CreatorRow, { contacts, emails, phones }: RowStatements): void {
  const read = emails.map((email) => readEmails(email));
  const good = read.flatMap((one) => one.emails);
  const others = [...contacts, ...read.flatMap((one) => one.rejected).map((text) => `other:email ${text}`)];
  if (good.length > 0) row.emails = [...new Set([...(row.emails ?? []), ...good])];
  if (phones.length > 0) row.phones = [...new Set([...(row.phones ?? []), ...phones])];
  if (others.length > 0) row.contacts = others;
}

function put(slots: Slots, plan: ColumnPlan, value: Value): void {
  if (plan.target === null) return;
  const platform = plan.platform ?? '';
  let slot = slots.get(platform);
  if (slot === undefined) {
    slot = {};
    slots.set(platform, slot);
  }
  const before = slot[plan.target];
  slot[plan.target] = Array.isArray(before) && Array.isArray(value) ? [...new Set([...before, ...value])] : value;
}

function readProfiles(slots: Slots, by: { row: number; platform: Platform }, problems: RowProblem[]): ProfileRow[] {
  const profiles: ProfileRow[] = [];
  const main = slots.get('');
  for (const [platform, slot] of slots) {
    if (platform === '') continue;
    if (slot.handle === undefined && slot.url === undefined) continue;
    const profile = readProfile(slot, { ...by, platform });
    if ('message' in profile) problems.push(profile);
    else profiles.push(profile);
  }
  if (main?.handle !== undefined || main?.url !== undefined) {
    const profile = readProfile(main, {
      row: by.row,
      platform: (main.platform as Platform | undefined) ?? by.platform,
    });
    if ('message' in profile) problems.push(profile);
    else mergeMain(profiles, profile);
  } else if (main !== undefined && profiles[0] !== undefined) {
    // Figures without a platform belong to the platform the row names, or to its first account.
    const own = profiles.find((profile) => profile.platform === (main.platform ?? by.platform)) ?? profiles[0];
    Object.assign(own, { ...fieldsOf(main), ...withoutMissing(own) });
  }
  return profiles;
}

function mergeMain(profiles: ProfileRow[], main: ProfileRow): void {
  const same = profiles.findIndex(
    (profile) => profile.platform === main.platform && profile.handle.toLowerCase() === main.handle.toLowerCase(),
  );
  if (same < 0) profiles.unshift(main);
  else profiles[same] = { ...main, ...withoutMissing(profiles[same] ?? main) };
}

function withoutMissing(profile: ProfileRow): ProfileRow {
  return Object.fromEntries(
    Object.entries(profile).filter(([, value]) => value !== null && value !== undefined),
  ) as ProfileRow;
}

/** The account a slot names: by its handle, else by its address; an address tells the platform of a bare handle. */
function readProfile(
  slot: Partial<Record<Target, Value>>,
  by: { row: number; platform: Platform },
): ProfileRow | RowProblem {
  const handle = text(slot.handle);
  const url = text(slot.url);
  const byUrl = url === null ? null : parseHandle(url, by.platform);
  const platform = byUrl?.ok === true && slot.platform === undefined ? byUrl.value.platform : by.platform;
  const byHandle = handle === null ? null : parseHandle(handle, platform);
  const fields = fieldsOf(slot);
  // A profile name that is no handle ("Anna Müller") is a name to show when the address beside it names the account.
  if (byHandle?.ok === false && byUrl?.ok === true)
    return {
      ...fields,
      displayName: fields.displayName ?? handle,
      platform: byUrl.value.platform,
      handle: byUrl.value.handle,
      url: byUrl.value.url,
    };
  const found = byHandle ?? byUrl;
  if (found === null)
    return { row: by.row, field: 'handle', message: 'The row names no handle and no address of a profile' };
  if (!found.ok) return { row: by.row, field: byHandle === null ? 'url' : 'handle', message: found.message };
  const website = byUrl?.ok === false && url !== null && /^https?:\/\//i.test(url) ? { website: url } : {};
  return { ...fields, ...website, platform: found.value.platform, handle: found.value.handle, url: found.value.url };
}

function fieldsOf(slot: Partial<Record<Target, Value>>): Omit<ProfileRow, 'platform' | 'handle'> {
  const fields: Record<string, Value> = {};
  for (const target of profileTargets) {
    const value = slot[target];
    if (value !== undefined) fields[target] = value;
  }
  if (slot.website !== undefined) fields.website = slot.website;
  return fields;
}

function toPerson(
  slot: Partial<Record<Target, Value>>,
  profiles: ProfileRow[],
  custom: Record<string, string>,
): CreatorRow {
  const row: Record<string, unknown> = { profiles };
  for (const name of personTexts) if (slot[name] !== undefined) row[name] = slot[name];
  for (const name of personLists) if (slot[name] !== undefined) row[name] = slot[name];
  const names = [text(slot.firstName), text(slot.lastName)].filter((part) => part !== null);
  if (row.name === undefined && names.length > 0) row.name = names.join(' ');
  if (slot.category !== undefined && row.niches === undefined) row.niches = [slot.category];
  const location = text(slot.location);
  if (location !== null) applyLocation(row, location);
  if (slot.key !== undefined) row.key = slot.key;
  if (slot.observedAt !== undefined) row.observedAt = slot.observedAt;
  if (Object.keys(custom).length > 0) row.custom = custom;
  return row as CreatorRow;
}

function applyLocation(row: Record<string, unknown>, location: string): void {
  const { city, region, country } = readLocation(location);
  row.city ??= city ?? undefined;
  row.region ??= region ?? undefined;
  row.country ??= country ?? undefined;
}

function text(value: Value | undefined): string | null {
  return value === undefined ? null : Array.isArray(value) ? value.join(', ') : String(value);
}
