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
} from './api.ts';
import { discoveryError } from './errors.ts';
import type { IndexHost } from './index-host.ts';
import {
  insertSearch,
  removeSearch,
  type SavedSearchRow,
  selectSearch,
  selectSearches,
} from './queries/saved-searches.ts';
import { idOfCursor } from './read-lists.ts';
import { queryFaults } from './rules/check-query.ts';
import { searchIn } from './search-creators.ts';

function toSavedSearch(row: SavedSearchRow): SavedSearch {
  return {
    id: row.id,
    name: row.name,
    query: savedQuerySchema.parse(row.query),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
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

/** Keeps a search under a name. Error: discovery.query when it could not be run. */
export async function keepSearch(infra: Infra, call: Call<typeof saveSearch>): Promise<SavedSearch> {
  const { workspaceId, input, actor } = call;
  const faults = queryFaults({ ...input.query, facets: [] });
  if (faults.length > 0) {
    throw discoveryError(
      'query',
      faults[0]?.message ?? 'The search cannot be read.',
      faults.map((fault) => ({ ...fault, field: `query.${fault.field}` })),
    );
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const createdAt = infra.clock.now();
    const id = newId('savedSearch', createdAt.getTime());
    await insertSearch(tx, { workspaceId, id, name: input.name, query: input.query, createdBy: actor.name, createdAt });
    await recordAudit(tx, {
      ...call,
      action: 'search.saved',
      subjectKind: 'saved_search',
      subjectId: id,
      changes: { name: input.name },
    });
    return { id, name: input.name, query: input.query, createdBy: actor.name, createdAt: createdAt.toISOString() };
  });
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
  const row = await infra.db.inWorkspace(workspaceId, (tx) => selectSearch(tx, workspaceId, input.searchId));
  if (row === null) throw notFound('saved search');
  const { facets, limit, cursor } = input;
  return searchIn(infra, host, {
    workspaceId,
    query: { ...toSavedSearch(row).query, facets, limit, ...(cursor === undefined ? {} : { cursor }) },
  });
}
