import { z } from 'zod';
import type { IndexedCreator } from './indexed-creator.ts';

const profileRecord = z.object({
  profileId: z.string(),
  url: z.string().nullable(),
  displayName: z.string().nullable(),
  bio: z.string().nullable(),
  provenance: z.record(
    z.string(),
    z.object({ source: z.string(), at: z.string(), n: z.number().optional(), formula: z.string().optional() }),
  ),
});
const displayRecord = z.object({ facts: z.record(z.string(), z.unknown()), profiles: z.array(profileRecord) });

/** What of a creator is only shown; profiles in the order of the rows. */
export type DisplayRecord = z.infer<typeof displayRecord>;
export type ProfileRecord = z.infer<typeof profileRecord>;

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

/** Null when the text is not one that `writeDisplay` wrote. */
export function readDisplay(text: string | null): DisplayRecord | null {
  if (text === null) return null;
  try {
    return displayRecord.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
