import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Platform } from '#kernel/platform.ts';
import {
  type CardPersonRow,
  type CardProfileRow,
  selectCardPersons,
  selectCardProfiles,
} from './queries/person-cards.ts';
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

/** Cards of the persons that exist, by the id asked for. A few statements, however many. */
export async function readPersonCards(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[],
): Promise<Map<string, PersonCard>> {
  if (personIds.length === 0) return new Map();
  const persons = await selectCardPersons(tx, workspaceId, [...new Set(personIds)]);
  const profiles = await selectCardProfiles(tx, workspaceId, [...new Set(persons.map((person) => person.person_id))]);
  const profilesOf = Map.groupBy(profiles, (profile) => profile.person_id);
  return new Map(persons.map((person) => [person.asked_id, toCard(person, profilesOf.get(person.person_id) ?? [])]));
}

function toCard(person: CardPersonRow, profiles: readonly CardProfileRow[]): PersonCard {
  const [main] = profiles;
  return {
    personId: person.person_id,
    name: person.name ?? main?.display_name ?? (main === undefined ? 'Creator without a name' : `@${main.handle}`),
    country: person.country,
    profiles: profiles.map((profile) => ({
      profileId: profile.profile_id,
      platform: profile.platform,
      handle: profile.handle,
      handleKey: profile.handle_key,
      url: profile.url,
      followers: profile.followers === null ? null : Number(profile.followers),
    })),
  };
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

/** Of these addresses, in lower case, those whose owner objected to being kept, in any workspace of this installation. */
export async function findSuppressedEmails(
  infra: Pick<Infra, 'secret'>,
  tx: Tx,
  emails: readonly string[],
): Promise<Set<string>> {
  if (emails.length === 0 || !(await hasSuppressions(tx))) return new Set();
  const owners = new Map(
    emails.map((email) => [suppressionHash(infra.secret, { kind: 'email', email }).toString('hex'), email]),
  );
  const found = await selectSuppressed(
    tx,
    [...owners.keys()].map((hash) => Buffer.from(hash, 'hex')),
  );
  return new Set([...found].flatMap((hash) => owners.get(hash) ?? []));
}
