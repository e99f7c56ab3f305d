import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { listAudiences, readPersonCards } from '#modules/creators/index.ts';
import type { SearchAnswer, SearchQuery, Tier } from '../api.ts';
import { discoveryError } from '../errors.ts';
import type { SearchEngine } from '../search-engine.ts';
import { audienceLikeness } from './rules/distribution-distance.ts';

/** Audiences compared one by one; a workspace with more has those of most followers compared, and is told so. */
const audiencesMax = 20_000;
/** As many hits as one answer of the engine holds. */
const hitsMax = 500;

interface Likeness {
  likeness: number;
  dimensions: string[];
}

/**
 * Creators whose audience is most like a creator's, within the query's filters: 1 minus the mean Jensen-Shannon distance over the dimensions both are
 * known in. At most 500, the likest first unless another order is asked for. Errors: not_found, discovery.no_audience, discovery.cursor.
 */
export async function searchAudienceLike(
  infra: Infra,
  engine: SearchEngine,
  asked: { workspaceId: string; personId: string; query: SearchQuery; tiers: Tier[] },
): Promise<SearchAnswer> {
  const { workspaceId, personId, query, tiers } = asked;
  const { likenesses, compared, isCut } = await compareAll(infra, workspaceId, personId);
  const nearest = [...likenesses]
    .sort(([a, one], [b, other]) => other.likeness - one.likeness || (a < b ? -1 : 1))
    .slice(0, hitsMax);
  const answer = await engine.search(
    workspaceId,
    {
      ...query,
      cursor: undefined,
      limit: hitsMax,
      filters: [
        ...query.filters,
        { field: 'creator', op: 'in', values: nearest.map(([id]) => id).concat(personId) },
        itself(personId),
      ],
    },
    tiers,
  );
  const from = offsetOf(query.cursor);
  const rows = query.sort === undefined ? byLikeness(answer.rows, likenesses) : answer.rows;
  const page = rows
    .slice(from, from + query.limit)
    .map((hit) => ({ ...hit, why: explain(hit.why, likenesses.get(hit.personId)) }));
  const note = `Of ${compared} creators whose audience is known, the ${nearest.length} likest were searched${isCut ? `; more are known than the ${audiencesMax} that are compared` : ''}.`;
  return {
    ...answer,
    rows: page,
    nextCursor: from + query.limit < rows.length ? encodeCursor([from + query.limit]) : null,
    notes: [...answer.notes, note],
  };
}

const itself = (personId: string) => ({ field: 'creator', op: 'in' as const, values: [personId], not: true });

async function compareAll(
  infra: Infra,
  workspaceId: string,
  personId: string,
): Promise<{ likenesses: Map<string, Likeness>; compared: number; isCut: boolean }> {
  const { own, all } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    if (!(await readPersonCards(tx, workspaceId, [personId])).has(personId)) throw notFound('creator');
    return {
      own: await listAudiences(tx, workspaceId, { personIds: [personId], limit: 1 }),
      all: await listAudiences(tx, workspaceId, { limit: audiencesMax + 1 }),
    };
  });
  const wanted = own[0]?.distributions;
  if (wanted === undefined)
    throw discoveryError('no_audience', 'Nothing is known of the audience of this creator. Import or state it first.', [
      { field: 'audienceLike', message: 'has no known audience' },
    ]);
  const likenesses = new Map<string, Likeness>();
  for (const audience of all.slice(0, audiencesMax)) {
    if (audience.personId === personId) continue;
    const likeness = audienceLikeness(wanted, audience.distributions);
    const before = likenesses.get(audience.personId);
    if (likeness !== null && (before === undefined || before.likeness < likeness.likeness))
      likenesses.set(audience.personId, likeness);
  }
  return { likenesses, compared: likenesses.size, isCut: all.length > audiencesMax };
}

function byLikeness<Hit extends { personId: string }>(
  rows: readonly Hit[],
  likenesses: ReadonlyMap<string, Likeness>,
): Hit[] {
  const of = (hit: Hit) => likenesses.get(hit.personId)?.likeness ?? 0;
  return [...rows].sort((a, b) => of(b) - of(a) || (a.personId < b.personId ? -1 : 1));
}

function explain(
  why: SearchAnswer['rows'][number]['why'],
  likeness: Likeness | undefined,
): SearchAnswer['rows'][number]['why'] {
  if (likeness === undefined) return why;
  const said = `Audience ${Math.round(likeness.likeness * 100)} % alike in ${likeness.dimensions.join(', ')}`;
  return { ...why, line: why.line === '' ? said : `${said}; ${why.line}` };
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const [offset, ...rest] = decodeCursor(cursor) ?? [];
  if (typeof offset === 'number' && Number.isInteger(offset) && offset >= 0 && rest.length === 0) return offset;
  throw discoveryError('cursor', 'This cursor is not one of this search. Start again without it.', [
    { field: 'cursor', message: 'is not valid here' },
  ]);
}
