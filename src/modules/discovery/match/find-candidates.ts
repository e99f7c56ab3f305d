import type { Infra } from '#infra/module.ts';
import type { Filter, Tier } from '../api.ts';
import type { IndexHost } from '../index-host.ts';
import { searchIn } from '../search-creators.ts';
import { toIndexVector } from './encoder.ts';
import { tiedCreators } from './queries/mentions.ts';

const nearestMax = 400;
const tiedMax = 400;

/**
 * Creators worth scoring in full: the 400 whose vector is nearest to what is asked for, and the 400 most tied to the examples by whom they mention,
 * both within the filters.
 */
export async function findCandidates(
  infra: Infra,
  host: IndexHost,
  asked: {
    workspaceId: string;
    vector: Float32Array | null;
    exampleIds: readonly string[];
    filters: Filter[];
    tiers: Tier[];
  },
): Promise<string[]> {
  const { workspaceId, vector, exampleIds, filters, tiers } = asked;
  const nearest =
    vector === null
      ? []
      : await host.nearest(
          workspaceId,
          { vector: toIndexVector(vector), limit: nearestMax + exampleIds.length, filters },
          tiers,
        );
  const tied =
    exampleIds.length === 0
      ? []
      : await infra.db.inWorkspace(workspaceId, (tx) => tiedCreators(tx, workspaceId, { exampleIds, limit: tiedMax }));
  const within = await keepMatching(infra, host, { workspaceId, filters, personIds: tied });
  const examples = new Set(exampleIds);
  const all = new Set([...nearest.map((one) => one.personId), ...within]);
  return [...all].filter((id) => !examples.has(id));
}

/** Those of the creators that match the filters. */
async function keepMatching(
  infra: Infra,
  host: IndexHost,
  asked: { workspaceId: string; filters: Filter[]; personIds: readonly string[] },
): Promise<string[]> {
  const { workspaceId, filters, personIds } = asked;
  if (personIds.length === 0) return [];
  const { rows } = await searchIn(infra, host, {
    workspaceId,
    query: {
      filters: [...filters, { field: 'creator', op: 'in', values: [...personIds] }],
      facets: [],
      limit: Math.min(500, personIds.length),
    },
  });
  return rows.map((hit) => hit.personId);
}
