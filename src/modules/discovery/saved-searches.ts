import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type deleteSearch,
  type listSearches,
  type runSearch,
  type SavedSearch,
  type SearchAnswer,
  savedQuerySchema,
  type saveSearch,
  type updateSearch,
} from './api.ts';
import { discoveryError } from './errors.ts';
import type { IndexHost } from './index-host.ts';
import { lookForMatches } from './look-for-matches.ts';
import {
  changeSearch,
  insertSearch,
  lockSearch,
  removeSearch,
  type SavedSearchRow,
  selectSearch,
  selectSearches,
} from './queries/saved-searches.ts';
import { forgetMatches } from './queries/search-matches.ts';
import { idOfCursor } from './read-lists.ts';
import { queryFaults } from './rules/check-query.ts';
import { searchIn } from './search-creators.ts';

export function toSavedSearch(row: SavedSearchRow): SavedSearch {
  return {
    id: row.id,
    name: row.name,
    query: savedQuerySchema.parse(row.query),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    alerts: row.alerts,
    checkedAt: row.checked_at?.toISOString() ?? null,
    checkFault: row.check_fault,
  };
}

export async function pageSearches(infra: Infra, call: Call<typeof listSearches>): Promise<Page<SavedSearch>> {
  const { limit, cursor } = call.input;
  const beforeId = idOfCursor(cursor);
  const rows = await infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectSearches(tx, call.workspaceId, { beforeId, limit: limit + 1 }),
  );
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit).map(toSavedSearch),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

/** Keeps a search under a name; with alerts, those who match now are not new. Error: discovery.query when it could not be run. */
export async function keepSearch(infra: Infra, host: IndexHost, call: Call<typeof saveSearch>): Promise<SavedSearch> {
  const { workspaceId, input, actor } = call;
  refuseFaults(input.query);
  const id = newId('savedSearch', infra.clock.now().getTime());
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const createdAt = infra.clock.now();
    const { name, query, alerts } = input;
    await insertSearch(tx, { workspaceId, id, name, query, createdBy: actor.name, createdAt, alerts });
    await recordAudit(tx, {
      ...call,
      action: 'search.saved',
      subjectKind: 'saved_search',
      subjectId: id,
      changes: { name, alerts },
    });
  });
  if (input.alerts) await lookForMatches(infra, host, { workspaceId, searchId: id });
  return readSearch(infra, { workspaceId, searchId: id });
}

/** Another question, or alerts switched on, starts the look for new matches again from who matches then. */
export async function changeSavedSearch(
  infra: Infra,
  host: IndexHost,
  call: Call<typeof updateSearch>,
): Promise<SavedSearch> {
  const { workspaceId, input } = call;
  const { searchId } = input;
  if (input.query !== undefined) refuseFaults(input.query);
  const isFresh = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await lockSearch(tx, workspaceId, searchId);
    if (before === null) throw notFound('saved search');
    const { name = before.name, alerts = before.alerts } = input;
    const query = input.query ?? before.query;
    const isOther =
      input.query !== undefined && JSON.stringify(savedQuerySchema.parse(before.query)) !== JSON.stringify(input.query);
    const startsAgain = isOther || (alerts && !before.alerts);
    if (startsAgain) await forgetMatches(tx, workspaceId, searchId);
    const checkedAt = startsAgain ? null : before.checked_at;
    await changeSearch(tx, workspaceId, { id: searchId, name, query, alerts, checkedAt });
    await recordAudit(tx, {
      ...call,
      action: 'search.changed',
      subjectKind: 'saved_search',
      subjectId: searchId,
      changes: { name, alerts, ...(isOther ? { query: 'another' } : {}) },
    });
    return startsAgain && alerts;
  });
  if (isFresh) await lookForMatches(infra, host, { workspaceId, searchId });
  return readSearch(infra, { workspaceId, searchId });
}

export async function readSearch(infra: Infra, of: { workspaceId: string; searchId: string }): Promise<SavedSearch> {
  const row = await infra.db.inWorkspace(of.workspaceId, (tx) => selectSearch(tx, of.workspaceId, of.searchId));
  if (row === null) throw notFound('saved search');
  return toSavedSearch(row);
}

function refuseFaults(query: SavedSearch['query']): void {
  const faults = queryFaults({ ...query, facets: [] });
  if (faults.length === 0) return;
  throw discoveryError(
    'query',
    faults[0]?.message ?? 'The search cannot be read.',
    faults.map((fault) => ({ ...fault, field: `query.${fault.field}` })),
  );
}

export async function forgetSearch(infra: Infra, call: Call<typeof deleteSearch>): Promise<null> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const name = await removeSearch(tx, call.workspaceId, call.input.searchId);
    if (name === null) throw notFound('saved search');
    await recordAudit(tx, {
      ...call,
      action: 'search.deleted',
      subjectKind: 'saved_search',
      subjectId: call.input.searchId,
      changes: { name },
    });
    return null;
  });
}

export async function runSavedSearch(
  infra: Infra,
  host: IndexHost,
  call: Call<typeof runSearch>,
): Promise<SearchAnswer> {
  const { workspaceId, input } = call;
  const { query } = await readSearch(infra, { workspaceId, searchId: input.searchId });
  const { facets, limit, cursor } = input;
  return searchIn(infra, host, {
    workspaceId,
    query: { ...query, facets, limit, ...(cursor === undefined ? {} : { cursor }) },
  });
}
