import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Platform } from '#kernel/platform.ts';
import { selectPersonCards } from './queries/person-cards.ts';
import { hasSuppressions, selectSuppressed } from './queries/suppressions.ts';
import { suppressionHash } from './suppression-hash.ts';

/** What another module shows of an account beside its own rows. */
export interface ProfileCard {
  profileId: string;
  platform: Platform;
  handle: string;
  handleKey: string;
  url: string | null;
  /** Null is not known. */
  followers: number | null;
}

/** What another module shows of a person beside its own rows: light, for whole rosters at once. */
export interface PersonCard {
  /** The kept person when the one asked for was merged. */
  personId: string;
  /** The person's name, else the main profile's display name, else its @handle. */
  name: string;
  country: string | null;
  /** Most followers first. */
  profiles: ProfileCard[];
}

/** Cards of the persons that exist, by the id asked for. One statement, however many. */
export async function readPersonCards(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, PersonCard>> {
  const cards = new Map<string, PersonCard>();
  if (personIds.length === 0) return cards;
  for (const row of await selectPersonCards(tx, workspaceId, [...new Set(personIds)])) {
    const card = cards.get(row.asked_id) ?? {
      personId: row.person_id,
      name: row.name ?? row.display_name ?? (row.handle === null ? 'Creator without a name' : `@${row.handle}`),
      country: row.country,
      profiles: [],
    };
    cards.set(row.asked_id, card);
    if (row.profile_id === null || row.platform === null || row.handle === null || row.handle_key === null) continue;
    card.profiles.push({
      profileId: row.profile_id,
      platform: row.platform,
      handle: row.handle,
      handleKey: row.handle_key,
      url: row.url,
      followers: row.followers === null ? null : Number(row.followers),
    });
  }
  return cards;
}

/** Ids of the cards' persons of whom at least one account objected to being kept, in any workspace of this installation. */
export async function findSuppressedPersons(infra: Infra, tx: Tx, cards: readonly PersonCard[]): Promise<Set<string>> {
  const suppressed = new Set<string>();
  if (!(await hasSuppressions(tx))) return suppressed;
  const owners = new Map<string, string>();
  const hashes = cards.flatMap((card) =>
    card.profiles.map((profile) => {
      const hash = suppressionHash(infra.secret, {
        kind: 'handle',
        platform: profile.platform,
        handleKey: profile.handleKey,
      });
      owners.set(hash.toString('hex'), card.personId);
      return hash;
    }),
  );
  for (const hash of await selectSuppressed(tx, hashes)) suppressed.add(owners.get(hash) ?? '');
  return suppressed;
}
