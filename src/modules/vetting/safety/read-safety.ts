import type { Tx } from '#infra/db/database.ts';
import { findSafetyWords } from '../rules/safety-matcher.ts';
import type { SafetyFinding } from '../rules/subject.ts';
import { languageOf } from './language-of.ts';
import { countSafetyFlags, dismissedSafetyKeys } from './queries-flags.ts';
import { readScans } from './queries-scans.ts';
import { readMatcher } from './scan-texts.ts';

export interface SafetyTarget {
  personId: string;
  profileId: string;
  bio: string | null;
  posts: readonly { id: string; caption: string | null; hashtags: readonly string[] }[];
}

/**
 * What the lists find in the texts of profiles, by profile id: as stored where the texts did not change since, else searched now in what a report
 * reads, with what people dismissed left out.
 */
export async function readSafety(
  tx: Tx,
  workspaceId: string,
  of: { targets: readonly SafetyTarget[]; now: Date },
): Promise<Map<string, SafetyFinding>> {
  const personIds = [...new Set(of.targets.map((target) => target.personId))];
  const scans = await readScans(tx, workspaceId, personIds);
  const counts = Map.groupBy(await countSafetyFlags(tx, workspaceId, personIds), (count) => count.profileId);
  const dismissed = await dismissedSafetyKeys(tx, workspaceId, personIds);
  const { matcher, version } = await readMatcher(tx, workspaceId);
  const findings = new Map<string, SafetyFinding>();
  for (const target of of.targets) {
    const scan = scans.get(target.personId);
    const texts = textsOf(target);
    if (scan !== undefined && !scan.isDue && scan.listsVersion === version) {
      const found = (counts.get(target.profileId) ?? []).map(
        ({ category, open, dismissed: closed, words, postIds }) => ({
          category,
          open,
          dismissed: closed,
          words,
          placeIds: postIds,
        }),
      );
      const scannedAt = scan.scannedAt?.toISOString() ?? null;
      findings.set(target.profileId, { scannedAt, texts: texts.length, listsVersion: version, found });
      continue;
    }
    const byCategory = new Map<string, SafetyFinding['found'][number]>();
    for (const { placeId, text } of texts)
      for (const hit of findSafetyWords(matcher, text, languageOf)) {
        const one = byCategory.get(hit.category) ?? {
          category: hit.category,
          open: 0,
          dismissed: 0,
          words: [],
          placeIds: [],
        };
        byCategory.set(hit.category, one);
        if (dismissed.has(`${placeId} ${hit.category} ${hit.word}`)) one.dismissed += 1;
        else {
          one.open += 1;
          if (!one.words.includes(hit.word)) one.words.push(hit.word);
          if (!one.placeIds.includes(placeId)) one.placeIds.push(placeId);
        }
      }
    const found = [...byCategory.values()].sort((a, b) => (a.category < b.category ? -1 : 1));
    const scannedAt = texts.length === 0 ? null : of.now.toISOString();
    findings.set(target.profileId, { scannedAt, texts: texts.length, listsVersion: version, found });
  }
  return findings;
}

/** Hashtags that the caption does not write itself. */
function otherTags({ caption, hashtags }: SafetyTarget['posts'][number]): string[] {
  const written = (caption ?? '').toLowerCase();
  return hashtags.map((tag) => `#${tag.replace(/^#/, '')}`).filter((tag) => !written.includes(tag.toLowerCase()));
}

function textsOf(target: SafetyTarget): { placeId: string; text: string }[] {
  const posts = target.posts.map((post) => ({
    placeId: post.id,
    text: [post.caption ?? '', ...otherTags(post)].join(' ').trim(),
  }));
  return [{ placeId: target.profileId, text: target.bio ?? '' }, ...posts].filter(({ text }) => text !== '');
}
