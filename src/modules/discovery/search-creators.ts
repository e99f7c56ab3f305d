import type { Infra } from '#infra/module.ts';
import type { SearchAnswer, SearchQuery } from './api.ts';
import { discoveryError } from './errors.ts';
import type { IndexHost } from './index-host.ts';
import { withNearness } from './match/near-to.ts';
import { searchAudienceLike } from './match/search-audience-like.ts';
import { selectSettings } from './queries/search-settings.ts';
import { readTiers } from './read-tiers.ts';
import { resolvePlaces } from './resolve-places.ts';
import { queryFaults } from './rules/check-query.ts';
import { withFollowersRule } from './rules/followers-rule.ts';

/** Answers a search from the index. Error: discovery.query naming each field at fault, with near misses. */
export async function searchIn(
  infra: Infra,
  host: IndexHost,
  asked: { workspaceId: string; query: SearchQuery },
): Promise<SearchAnswer> {
  const { workspaceId, query } = asked;
  const faults = queryFaults(query);
  if (faults.length > 0) throw discoveryError('query', faults[0]?.message ?? 'The search cannot be read.', faults);
  const { tiers, settings } = await infra.db.inWorkspace(workspaceId, async (tx) => ({
    tiers: await readTiers(tx, workspaceId),
    settings: await selectSettings(tx, workspaceId),
  }));
  const ruled = withFollowersRule(query.filters, settings);
  const placed = await resolvePlaces({ ...query, filters: ruled.filters });
  const { audienceLike } = query;
  const answer =
    audienceLike === undefined
      ? await host.search(workspaceId, await withNearness(infra, workspaceId, placed.query), tiers)
      : await searchAudienceLike(infra, host, { workspaceId, personId: audienceLike, query: placed.query, tiers });
  return { ...answer, notes: [...ruled.notes, ...placed.notes, ...answer.notes] };
}
