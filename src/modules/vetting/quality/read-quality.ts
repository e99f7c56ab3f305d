import type { Tx } from '#infra/db/database.ts';
import { matchSignals } from '#modules/discovery/api.ts';
import { type BrandBrief, fitBrand, readHeldTopics, readText } from '#modules/discovery/index.ts';
import type { BrandProfile } from '../api.ts';
import { postsInWindow } from '../rules/reference.ts';
import type { SubjectFit, SubjectTopics } from '../rules/subject.ts';

export interface TopicTarget {
  personId: string;
  profileId: string;
  posts: readonly { id: string; caption: string | null; hashtags: readonly string[] }[];
}

/** More of a caption says nothing new of its topic. */
const charactersMax = 400;

/** What creators are about and what each of their newest posts is about, by profile id. */
export async function readTopics(
  tx: Tx,
  workspaceId: string,
  targets: readonly TopicTarget[],
): Promise<Map<string, SubjectTopics>> {
  const held = await readHeldTopics(tx, workspaceId, [...new Set(targets.map((target) => target.personId))]);
  return new Map(
    targets.map((target) => {
      const own = held.get(target.personId);
      const posts = target.posts.slice(0, postsInWindow).flatMap((post) => {
        const text = (post.caption ?? post.hashtags.map((tag) => `#${tag}`).join(' ')).slice(0, charactersMax);
        return text.trim() === '' ? [] : [[post.id, readText(text)] as const];
      });
      const topics = own?.topics.map(({ topic, name }) => ({ topic, name })) ?? [];
      return [target.profileId, { held: topics, isCorrected: own?.isCorrected ?? false, posts: new Map(posts) }];
    }),
  );
}

/** How creators match the brand profile, by person id; empty while the profile says nothing to match by. */
export async function readFits(
  tx: Tx,
  workspaceId: string,
  of: { brand: BrandProfile; personIds: readonly string[] },
): Promise<Map<string, SubjectFit>> {
  const { brand } = of;
  const text = [brand.brief, brand.values.join(', '), brand.niches.join(', '), brand.keywords.join(', ')]
    .filter((part) => part !== '')
    .join('. ');
  const saysMore =
    brand.brief !== '' || brand.values.length + brand.handles.length > 0 || Object.keys(brand.audience).length > 0;
  if (brand.version === 0 || !saysMore) return new Map();
  const brief = { text, handles: brand.handles, audience: brand.audience };
  return readBriefFits(tx, workspaceId, { brief, personIds: of.personIds });
}

/** How creators match any brief, by person id. */
export async function readBriefFits(
  tx: Tx,
  workspaceId: string,
  of: { brief: BrandBrief; personIds: readonly string[] },
): Promise<Map<string, SubjectFit>> {
  const fits = await fitBrand(tx, workspaceId, { brief: of.brief, personIds: [...new Set(of.personIds)] });
  return new Map(
    [...fits].map(([personId, fit]) => [
      personId,
      {
        comparedWith: fit.comparedWith,
        weightsVersion: fit.weightsVersion,
        contributions: fit.contributions.map(({ signal, value, weight, points, line, evidence }) => ({
          signal,
          title: matchSignals[signal],
          value,
          weight,
          points,
          line,
          evidence: evidence.map(({ text: words, source, n }) => ({ text: words, source, n })),
        })),
      },
    ]),
  );
}
