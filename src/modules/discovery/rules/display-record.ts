import type { IndexedCreator, IndexedProfile } from './indexed-creator.ts';

export type ProfileRecord = Pick<IndexedProfile, 'profileId' | 'url' | 'displayName' | 'bio' | 'provenance'>;

/** What of a creator is only shown; profiles in the order of the rows. */
interface DisplayRecord {
  facts: Record<string, unknown>;
  profiles: ProfileRecord[];
}

export function writeDisplay(creator: IndexedCreator): string {
  const record: DisplayRecord = {
    facts: creator.facts,
    profiles: creator.profiles.map(({ profileId, url, displayName, bio, provenance }) => ({
      profileId,
      url,
      displayName,
      bio,
      provenance,
    })),
  };
  return JSON.stringify(record);
}

/** Null when the text is not there or was cut off. */
export function readDisplay(text: string | null): DisplayRecord | null {
  if (text === null) return null;
  try {
    // Only `writeDisplay` writes these texts, and a store checks that it gives back what it was given.
    return JSON.parse(text) as DisplayRecord;
  } catch {
    return null;
  }
}
