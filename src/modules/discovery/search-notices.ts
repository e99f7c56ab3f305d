import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import type {
  checkSearch,
  getSearchNotice,
  listSearchNotices,
  SavedSearch,
  SearchNotice,
  seeSearchNotices,
} from './api.ts';
import { discoveryError } from './errors.ts';
import type { IndexHost } from './index-host.ts';
import { lookForMatches } from './look-for-matches.ts';
import { markSeen, selectNotice, selectNotices } from './queries/search-matches.ts';
import { idOfCursor } from './read-lists.ts';
import { readSearch } from './saved-searches.ts';

const personsMax = 2000;

export async function pageNotices(infra: Infra, call: Call<typeof listSearchNotices>): Promise<Page<SearchNotice>> {
  const { workspaceId, actor, input } = call;
  const beforeId = idOfCursor(input.cursor);
  const rows = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectNotices(tx, workspaceId, { readerId: actor.id, beforeId, limit: input.limit + 1 }),
  );
  const last = rows[input.limit - 1];
  return {
    rows: rows.slice(0, input.limit),
    nextCursor: rows.length > input.limit && last !== undefined ? encodeCursor([last.id]) : null,
  };
}

/** Error: not_found. */
export async function readNotice(
  infra: Infra,
  call: Call<typeof getSearchNotice>,
): Promise<{ notice: SearchNotice; personIds: string[] }> {
  const { workspaceId, actor, input } = call;
  const found = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectNotice(tx, workspaceId, { noticeId: input.noticeId, readerId: actor.id, personsMax }),
  );
  if (found === null) throw notFound('notice');
  return found;
}

export async function seeNotices(infra: Infra, call: Call<typeof seeSearchNotices>): Promise<{ seen: number }> {
  const { workspaceId, actor, input } = call;
  const seen = await infra.db.inWorkspace(workspaceId, (tx) =>
    markSeen(tx, workspaceId, { noticeIds: input.noticeIds, readerId: actor.id, seenAt: infra.clock.now() }),
  );
  return { seen };
}

/** Error: not_found, alerts_off. */
export async function checkNow(
  infra: Infra,
  host: IndexHost,
  call: Call<typeof checkSearch>,
): Promise<{ found: number; search: SavedSearch }> {
  const of = { workspaceId: call.workspaceId, searchId: call.input.searchId };
  const before = await readSearch(infra, of);
  if (!before.alerts)
    throw discoveryError(
      'alerts_off',
      `"${before.name}" has no alerts. Switch them on first: then new matches are told of.`,
    );
  const found = await lookForMatches(infra, host, of);
  return { found, search: await readSearch(infra, of) };
}
