import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Tx } from '#infra/db/database.ts';
import { newId } from '#kernel/id.ts';
import {
  type KnownProfile,
  profileKey,
  selectKnownProfiles,
  selectPersonKeys,
  selectPersonStates,
  selectProfileStates,
} from './queries/known-creators.ts';
import { type PriceWrite, upsertPrices } from './queries/prices.ts';
import {
  type HistoryWrite,
  type PersonWrite,
  type ProfileWrite,
  writeCreators,
  writePersonKeys,
} from './queries/write-creators.ts';
import { mergePerson, mergeProfile, type ReadyRow, samePerson, sameProfile } from './rules/creator-state.ts';
import { mergeFields } from './rules/merge-fields.ts';
import { pricesOfRow } from './rules/prices-of-row.ts';
import { rowHashText } from './rules/row-hash-text.ts';

export type RowOutcome = 'created' | 'updated' | 'unchanged';

export interface AppliedRows {
  /** By row number: what the row did and to whom. */
  outcomes: Map<number, { outcome: RowOutcome; personId: string }>;
  /** Persons whose document changed. */
  changedPersonIds: Set<string>;
}

export interface ApplyOptions {
  workspaceId: string;
  now: Date;
  /** Whose keys the rows bear: rows of one scope and key are one person. */
  keyScope: string;
  /** Persons that keys are known to mean, instead of the stored keys. */
  owners?: ReadonlyMap<string, string>;
}

interface Draft {
  persons: Map<string, PersonWrite & { isChanged: boolean }>;
  profiles: Map<string, ProfileWrite & { isChanged: boolean; history: Map<string, HistoryWrite> }>;
  keys: Map<string, string>;
  prices: PriceWrite[];
}

/**
 * Brings a batch of rows into the workspace inside the caller's transaction: finds the known, merges by the rules of merge-fields, writes what
 * differs with its history. The end state is the same for any order, split or repetition of rows. The caller holds `lockCreators`.
 */
export async function applyCreatorRows(
  client: pg.PoolClient,
  tx: Tx,
  batch: ApplyOptions & { rows: ReadyRow[] },
): Promise<AppliedRows> {
  const { workspaceId, rows } = batch;
  const known = await selectKnownProfiles(
    tx,
    workspaceId,
    rows.flatMap((row) => row.profiles),
  );
  const outcomes: AppliedRows['outcomes'] = new Map();
  const fresh: { row: ReadyRow; hash: Buffer }[] = [];
  for (const row of rows) {
    const hash = createHash('sha1').update(rowHashText(row)).digest();
    const personId = unchangedPerson(row, { hash, known });
    if (personId === null) fresh.push({ row, hash });
    else outcomes.set(row.row, { outcome: 'unchanged', personId });
  }
  const draft = await openDraft(tx, { ...batch, rows: fresh.map(({ row }) => row), known });
  for (const { row, hash } of fresh) outcomes.set(row.row, applyRow(draft, row, { hash, known }));
  const changedPersonIds = await writeDraft(client, batch, draft);
  // A row that only states a new price changes its creator too.
  for (const { row } of fresh) {
    const outcome = outcomes.get(row.row);
    const hasPrices = row.profiles.some((profile) => profile.prices.length > 0);
    if (hasPrices && outcome?.outcome === 'unchanged' && changedPersonIds.has(outcome.personId))
      outcomes.set(row.row, { ...outcome, outcome: 'updated' });
  }
  return { outcomes, changedPersonIds };
}

function unchangedPerson(row: ReadyRow, by: { hash: Buffer; known: Map<string, KnownProfile> }): string | null {
  let personId: string | null = null;
  for (const profile of row.profiles) {
    const found = by.known.get(profileKey(profile.platform, profile.handleKey));
    if (found?.rowHash == null || !found.rowHash.equals(by.hash)) return null;
    personId = found.personId;
  }
  return personId;
}

async function openDraft(
  tx: Tx,
  batch: ApplyOptions & { rows: ReadyRow[]; known: Map<string, KnownProfile> },
): Promise<Draft> {
  const { workspaceId, rows, known } = batch;
  const draft: Draft = { persons: new Map(), profiles: new Map(), keys: new Map(), prices: [] };
  const keys = [...new Set(rows.flatMap((row) => row.key ?? []))];
  draft.keys =
    batch.owners === undefined
      ? await selectPersonKeys(tx, workspaceId, { scope: batch.keyScope, keys })
      : new Map(batch.owners);
  const touched = new Map<string, { found: KnownProfile; profile: ReadyRow['profiles'][number] }>();
  for (const profile of rows.flatMap((row) => row.profiles)) {
    const key = profileKey(profile.platform, profile.handleKey);
    const found = known.get(key);
    if (found !== undefined) touched.set(key, { found, profile });
  }
  const profileStates = await selectProfileStates(
    tx,
    workspaceId,
    [...touched.values()].map(({ found }) => found.profileId),
  );
  const personIds = new Set([...[...touched.values()].map(({ found }) => found.personId), ...draft.keys.values()]);
  for (const [id, state] of await selectPersonStates(tx, workspaceId, [...personIds])) {
    draft.persons.set(id, { id, isNew: false, state, isChanged: false });
  }
  for (const [key, { found, profile }] of touched) {
    const state = profileStates.get(found.profileId);
    if (state === undefined) continue;
    const { platform, handleKey } = profile;
    draft.profiles.set(key, {
      id: found.profileId,
      personId: found.personId,
      platform,
      handleKey,
      isNew: false,
      state,
      rowHash: null,
      source: '',
      isChanged: false,
      history: new Map(),
    });
  }
  return draft;
}

function applyRow(
  draft: Draft,
  row: ReadyRow,
  by: { hash: Buffer; known: Map<string, KnownProfile> },
): { outcome: RowOutcome; personId: string } {
  const home = row.profiles
    .map((profile) => draft.profiles.get(profileKey(profile.platform, profile.handleKey)))
    .find((profile) => profile !== undefined);
  const personId = home?.personId ?? (row.key === null ? undefined : draft.keys.get(row.key)) ?? newId('person');
  if (row.key !== null && !draft.keys.has(row.key)) draft.keys.set(row.key, personId);
  let isChanged = applyPerson(draft, personId, row);
  let isCreated = false;
  for (const profile of row.profiles) {
    const key = profileKey(profile.platform, profile.handleKey);
    const before = draft.profiles.get(key);
    if (before === undefined) {
      isCreated = true;
      draft.profiles.set(key, newProfile(profile, { personId, hash: by.hash }));
    } else {
      const state = mergeProfile(before.state, profile.state);
      const differs = !sameProfile(before.state, state);
      isChanged ||= differs;
      before.isChanged ||=
        differs ||
        stampsDiffer(before.state.figures.stamps, state.figures.stamps) ||
        stampsDiffer(before.state.identity.stamps, state.identity.stamps);
      Object.assign(before, { state, rowHash: by.hash });
    }
    const write = draft.profiles.get(key);
    if (write === undefined) continue;
    isChanged = addHistory(write, profile) || isChanged;
    draft.prices.push(...pricesOfRow(write.id, profile));
  }
  return { outcome: isCreated ? 'created' : isChanged ? 'updated' : 'unchanged', personId };
}

function applyPerson(draft: Draft, personId: string, row: ReadyRow): boolean {
  const before = draft.persons.get(personId);
  if (before === undefined) {
    draft.persons.set(personId, { id: personId, isNew: true, state: row.person, isChanged: true });
    return true;
  }
  const state = mergePerson(before.state, row.person);
  const differs = !samePerson(before.state, state);
  before.isChanged ||= differs || stampsDiffer(before.state.fields.stamps, state.fields.stamps);
  before.state = state;
  return differs;
}

function newProfile(profile: ReadyRow['profiles'][number], by: { personId: string; hash: Buffer }) {
  const { platform, handleKey, state } = profile;
  const source = state.identity.stamps['*']?.source ?? 'unknown';
  return {
    id: newId('profile'),
    personId: by.personId,
    platform,
    handleKey,
    isNew: true,
    state,
    rowHash: by.hash,
    source,
    isChanged: true,
    history: new Map<string, HistoryWrite>(),
  };
}

/** Adds the row's figures as points of history; true when it brought a day of its own beside the current figures. */
function addHistory(
  write: { id: string; isNew: boolean; isChanged: boolean; history: Map<string, HistoryWrite> },
  profile: ReadyRow['profiles'][number],
): boolean {
  const stamp = profile.state.figures.stamps['*'];
  if (stamp === undefined) return false;
  const points = profile.history.map(({ day, ...figures }) => ({ day, figures: figures as HistoryWrite['figures'] }));
  const { lastPostAt: _last, audience: _audience, ...now } = profile.state.figures.values;
  if (write.isNew || write.isChanged) points.push({ day: stamp.at.slice(0, 10), figures: now });
  for (const point of points) {
    if (!Object.values(point.figures).some((value) => value !== null && value !== undefined)) continue;
    const key = `${point.day} ${stamp.source}`;
    const incoming = { values: point.figures, stamps: { '*': stamp } };
    const before = write.history.get(key);
    const merged =
      before === undefined
        ? incoming
        : mergeFields({ values: before.figures, stamps: { '*': { ...stamp, at: before.observedAt } } }, incoming, {
            handWins: false,
          });
    const observedAt = before !== undefined && before.observedAt > stamp.at ? before.observedAt : stamp.at;
    write.history.set(key, {
      profileId: write.id,
      day: point.day,
      source: stamp.source,
      observedAt,
      figures: merged.values,
    });
  }
  return profile.history.length > 0;
}

function stampsDiffer(a: object, b: object): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}

async function writeDraft(client: pg.PoolClient, batch: ApplyOptions, draft: Draft): Promise<Set<string>> {
  const persons = [...draft.persons.values()].filter((person) => person.isChanged);
  const profiles = [...draft.profiles.values()];
  const written = profiles.filter((profile) => profile.isChanged);
  const history = profiles.flatMap((profile) => [...profile.history.values()]);
  const growing = profiles
    .filter((profile) => profile.history.size > (profile.isNew ? 1 : 0))
    .map((profile) => profile.id);
  const { workspaceId, now } = batch;
  await writeCreators(client, { workspaceId, now, persons, profiles: written, history, growing });
  if (batch.owners === undefined)
    await writePersonKeys(client, {
      workspaceId,
      scope: batch.keyScope,
      entries: [...draft.keys].map(([key, personId]) => ({ key, personId })),
    });
  const priced = new Set(await upsertPrices(client, workspaceId, draft.prices));
  const touched = profiles.filter((profile) => profile.isChanged || profile.history.size > 0 || priced.has(profile.id));
  return new Set([...persons.map((person) => person.id), ...touched.map((profile) => profile.personId)]);
}

/**
 * What the rows would do, without writing: rows of earlier batches of the same trial are remembered in `seen` by profile and hash, so that a
 * creator who comes twice is created once.
 */
export async function judgeCreatorRows(
  tx: Tx,
  batch: ApplyOptions & { rows: ReadyRow[] },
  seen: Map<string, string>,
): Promise<Map<number, RowOutcome>> {
  const known = await selectKnownProfiles(
    tx,
    batch.workspaceId,
    batch.rows.flatMap((row) => row.profiles),
  );
  const outcomes = new Map<number, RowOutcome>();
  const fresh: { row: ReadyRow; hash: Buffer }[] = [];
  for (const row of batch.rows) {
    const hash = createHash('sha1').update(rowHashText(row)).digest();
    const keys = row.profiles.map((profile) => profileKey(profile.platform, profile.handleKey));
    const before = keys.map((key) => seen.get(key));
    if (before.some((hashBefore) => hashBefore !== undefined))
      outcomes.set(row.row, before.every((one) => one === hash.toString('base64')) ? 'unchanged' : 'updated');
    else if (unchangedPerson(row, { hash, known }) !== null) outcomes.set(row.row, 'unchanged');
    else fresh.push({ row, hash });
    for (const key of keys) seen.set(key, hash.toString('base64'));
  }
  const draft = await openDraft(tx, { ...batch, rows: fresh.map(({ row }) => row), known });
  for (const { row, hash } of fresh) outcomes.set(row.row, applyRow(draft, row, { hash, known }).outcome);
  return outcomes;
}
