import type { Tx } from '#infra/db/database.ts';
import { platforms } from '#kernel/platform.ts';
import { parseHandle, readPersonCards } from '#modules/creators/index.ts';
import { selectMatchTargets } from './queries/content.ts';
import { urlKey } from './rules/url-key.ts';

/** What a row says of the post it is about; null where it says nothing. */
export interface Subject {
  deliverable: string | null;
  url: string | null;
  handle: string | null;
}

export type Match = { deliverableId: string } | { field: 'deliverable_id' | 'url' | 'handle'; problem: string };

/** Finds the deliverable a row of results is about: by id, else by address, else by a creator with only one that fits. */
export async function openMatcher(
  tx: Tx,
  workspaceId: string,
  campaignId: string,
): Promise<(subject: Subject) => Match> {
  const targets = await selectMatchTargets(tx, workspaceId, campaignId);
  const ids = new Set(targets.map((target) => target.id));
  const byUrl = Map.groupBy(
    targets.filter((target) => target.live_url_key !== null),
    (target) => target.live_url_key ?? '',
  );
  const byPerson = Map.groupBy(targets, (target) => target.person_id);
  const cards = await readPersonCards(tx, workspaceId, [...byPerson.keys()]);
  const personOf = new Map<string, string>();
  for (const [personId, card] of cards)
    for (const profile of card.profiles) personOf.set(`${profile.platform} ${profile.handleKey}`, personId);

  const findPersons = (handle: string) => {
    const found = new Set<string>();
    for (const platform of platforms) {
      const parsed = parseHandle(handle, platform);
      const person = parsed.ok ? personOf.get(`${parsed.value.platform} ${parsed.value.key}`) : undefined;
      if (person !== undefined) found.add(person);
    }
    return [...found];
  };

  return ({ deliverable, url, handle }) => {
    if (deliverable !== null) {
      if (ids.has(deliverable)) return { deliverableId: deliverable };
      return { field: 'deliverable_id', problem: `This campaign has no deliverable "${deliverable}".` };
    }
    const key = url === null ? null : urlKey(url);
    const posts = key === null ? [] : (byUrl.get(key) ?? []);
    const [post] = posts;
    if (post !== undefined && posts.length === 1) return { deliverableId: post.id };
    if (posts.length > 1)
      return {
        field: 'url',
        problem: `${posts.length} deliverables have the address ${url}. Use their ids in a column deliverable_id.`,
      };
    if (url !== null)
      return {
        field: 'url',
        problem: `No deliverable of this campaign has the address ${url}. Enter it there first, or use a column deliverable_id.`,
      };
    if (handle === null)
      return { field: 'handle', problem: 'The row names no post: deliverable_id, url and handle are all empty.' };
    const persons = findPersons(handle);
    if (persons.length === 0)
      return { field: 'handle', problem: `No creator of this campaign with deliverables is ${handle}.` };
    const own = persons.flatMap((person) => byPerson.get(person) ?? []);
    const live = own.filter((target) => target.state === 'live');
    const [only] = own.length === 1 ? own : live;
    if (only !== undefined && (own.length === 1 || live.length === 1)) return { deliverableId: only.id };
    return {
      field: 'handle',
      problem: `${handle} has ${own.length} deliverables, ${live.length} of them live. Say which by a column url or deliverable_id.`,
    };
  };
}
