import { setImmediate as pause } from 'node:timers/promises';
import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { type Platform, platformNames, platforms } from '#kernel/platform.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import { type AudienceOverlap, type getOverlap, type ReckonedJson, sketchSize } from '../api.ts';
import { type FollowerSetRow, selectHashes, selectNewestSets } from './queries/follower-sets.ts';
import { describeSets } from './read-sets.ts';
import { commonLimit, type OverlapFigures, overlapFigures, type Reckoned } from './rules/overlap-figures.ts';
import { type AudienceSet, tallySets } from './rules/set-tally.ts';

/** Followers of all audiences together that are counted one by one; of more, the smallest hashes of each stand for the rest. */
const followersReadMax = 6_000_000;
/** Followers between two breaths, so that other requests are answered meanwhile. */
const stepFollowers = 50_000;

/** How the audiences of the creators overlap, and of whom nothing is known. Error: not_found for a creator. */
export async function compareAudiences(infra: Infra, call: Call<typeof getOverlap>): Promise<AudienceOverlap> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const cards = await readPersonCards(tx, workspaceId, input.personIds);
    if (input.personIds.some((personId) => !cards.has(personId))) throw notFound('creator');
    // A creator asked for twice, or by the id of a merged one, is one creator.
    const people = [...new Map([...cards.values()].map((card) => [card.personId, card])).values()].sort(
      (a, b) => placeOf(input.personIds, cards, a) - placeOf(input.personIds, cards, b),
    );
    const profileIds = people.flatMap((card) => card.profiles.map((profile) => profile.profileId));
    const rows = await selectNewestSets(tx, workspaceId, { profileIds });
    const chosen = choose(people, rows, input.platform);
    if (chosen.sets.length < 2) return nothingKnown(chosen);
    const sets = await readAudiences(
      tx,
      workspaceId,
      chosen.sets.map(({ row }) => row),
    );
    const tally = tallySets(sets, commonLimit(sets));
    while (!tally.step(stepFollowers)) await pause();
    const described = await describeSets(
      tx,
      workspaceId,
      chosen.sets.map(({ row }) => row),
    );
    return toAnswer(chosen, overlapFigures(sets, tally.sums), described);
  });
}

function placeOf(asked: readonly string[], cards: ReadonlyMap<string, PersonCard>, card: PersonCard): number {
  return asked.findIndex((personId) => cards.get(personId)?.personId === card.personId);
}

interface Chosen {
  platform: Platform | null;
  sets: { card: PersonCard; row: FollowerSetRow }[];
  missing: AudienceOverlap['missing'];
}

/** The platform and kind of id that most audiences are known by; only like can be compared with like. */
function choose(people: readonly PersonCard[], rows: readonly FollowerSetRow[], wanted: Platform | undefined): Chosen {
  const groups = platforms
    .filter((platform) => wanted === undefined || platform === wanted)
    .flatMap((platform) => (['handle', 'id'] as const).map((idKind) => ({ platform, idKind })))
    .map((group) => ({ ...group, sets: people.flatMap((card) => newestOf(card, rows, group)) }));
  const best = groups.reduce<(typeof groups)[number] | null>(
    (most, group) => (group.sets.length > (most?.sets.length ?? 0) ? group : most),
    null,
  );
  const platform = best?.platform ?? wanted ?? null;
  const known = new Set(best?.sets.map(({ card }) => card.personId));
  const missing = people
    .filter((card) => !known.has(card.personId))
    .map((card) => ({ personId: card.personId, name: card.name, reason: reasonOf(card, rows, best) }));
  return { platform, sets: best?.sets ?? [], missing };
}

function newestOf(
  card: PersonCard,
  rows: readonly FollowerSetRow[],
  group: { platform: Platform; idKind: 'id' | 'handle' },
): Chosen['sets'] {
  const mine = rows.filter(
    (row) =>
      row.platform === group.platform &&
      row.id_kind === group.idKind &&
      card.profiles.some((profile) => profile.profileId === row.profile_id),
  );
  // The largest profile first, as cards have them; a person has rarely two on one platform.
  const row = card.profiles.flatMap((profile) => mine.find((set) => set.profile_id === profile.profileId) ?? [])[0];
  return row === undefined ? [] : [{ card, row }];
}

function reasonOf(
  card: PersonCard,
  rows: readonly FollowerSetRow[],
  best: { platform: Platform; idKind: 'id' | 'handle' } | null,
): string {
  const mine = rows.filter((row) => card.profiles.some((profile) => profile.profileId === row.profile_id));
  if (mine.length === 0 || best === null) return 'no file of followers yet; import one';
  const here = mine.filter((row) => row.platform === best.platform);
  const kinds = { id: 'ids', handle: 'handles' };
  return here.length > 0
    ? `the file names followers by ${kinds[here[0]?.id_kind ?? 'id']}, the others by ${kinds[best.idKind]}`
    : `the file is of ${platformNames[mine[0]?.platform ?? 'instagram']}, the others of ${platformNames[best.platform]}`;
}

async function readAudiences(tx: Tx, workspaceId: string, rows: readonly FollowerSetRow[]): Promise<AudienceSet[]> {
  const isTooMuch = rows.reduce((sum, row) => sum + Number(row.size), 0) > followersReadMax;
  const sets: AudienceSet[] = [];
  for (const row of rows) {
    const isCut = row.kept === 'smallest' || (isTooMuch && Number(row.size) > sketchSize);
    const most = isCut ? sketchSize + 1 : Number(row.size);
    const hashes = await selectHashes(tx, workspaceId, { setId: row.id, most });
    sets.push({
      hashes: isCut ? hashes.subarray(0, sketchSize) : hashes,
      total: Number(row.total),
      chance: row.coverage === 'complete' ? 1 : Number(row.size) / Number(row.total),
      limit: isCut ? (hashes[sketchSize] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
    });
  }
  return sets;
}

function nothingKnown(chosen: Chosen): AudienceOverlap {
  const known = chosen.sets.map(({ card }) => ({
    personId: card.personId,
    name: card.name,
    reason: 'known, but there is nobody to compare with',
  }));
  return {
    platform: chosen.platform,
    method: 'none',
    note: 'Not enough data: followers of at least two of these creators are needed. Import a file of followers for each.',
    totalFollowers: null,
    totalUniqueFollowers: null,
    sharedShare: null,
    creators: [],
    pairs: [],
    missing: [...known, ...chosen.missing],
  };
}

function toAnswer(
  chosen: Chosen,
  figures: OverlapFigures,
  described: AudienceOverlap['creators'][number]['set'][],
): AudienceOverlap {
  const people = chosen.sets.map(({ card }) => card);
  const totals = chosen.sets.map(({ row }) => Number(row.total));
  return {
    platform: chosen.platform,
    method: figures.method,
    note: noteOf(figures, described),
    totalFollowers: figures.totalFollowers,
    totalUniqueFollowers: figures.totalUnique,
    sharedShare: figures.sharedShare,
    creators: chosen.sets.flatMap(({ card, row }, at) => {
      const profile = card.profiles.find((one) => one.profileId === row.profile_id);
      const set = described[at];
      const figure = figures.creators[at];
      if (profile === undefined || set === undefined || figure === undefined) return [];
      return {
        personId: card.personId,
        profileId: profile.profileId,
        name: card.name,
        handle: profile.handle,
        followers: Number(row.total),
        unique: figure.unique,
        uniqueShare: figure.uniqueShare,
        overlappingShare: rest(figure.uniqueShare),
        set,
      };
    }),
    pairs: figures.pairs.map(({ first, second, shared }) => ({
      first: people[first]?.personId ?? '',
      second: people[second]?.personId ?? '',
      shared,
      shareOfFirst: per(shared, totals[first] ?? 1),
      shareOfSecond: per(shared, totals[second] ?? 1),
    })),
    missing: chosen.missing,
  };
}

function rest(share: Reckoned | null): ReckonedJson | null {
  return share === null ? null : { ...share, value: 1 - share.value, low: 1 - share.high, high: 1 - share.low };
}

function per(figure: Reckoned | null, total: number): ReckonedJson | null {
  if (figure === null) return null;
  return {
    value: figure.value / total,
    standardError: figure.standardError === null ? null : figure.standardError / total,
    low: figure.low / total,
    high: figure.high / total,
    isEstimated: figure.isEstimated,
  };
}

function noteOf(figures: OverlapFigures, sets: readonly { takenOn: string; coverage: string }[]): string {
  const days = sets.map((set) => set.takenOn).sort();
  const when = days[0] === days.at(-1) ? `of ${days[0]}` : `of ${days[0]} to ${days.at(-1)}`;
  switch (figures.method) {
    case 'exact':
      return `Counted: every follower of each, from files ${when}.`;
    case 'sketch':
      return `Estimated from the 65,536 smallest hashes of each audience, files ${when}; intervals hold the truth in 95 of 100 cases.`;
    case 'samples': {
      const odd = figures.isContradictory
        ? ' Some figures contradict one another by far more than chance, so a sample was hardly drawn at random; they are left out.'
        : '';
      const samples = sets.filter((set) => set.coverage === 'sample').length;
      return `Estimated: ${samples} of the ${sets.length} audiences are known by a random sample, files ${when}; intervals hold the truth in 95 of 100 cases.${odd}`;
    }
  }
}
