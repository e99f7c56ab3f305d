import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { type SavedSearch, savedQuerySchema } from './api.ts';
import { discoveryError } from './errors.ts';
import { searchMatched } from './events.ts';
import type { IndexHost } from './index-host.ts';
import { lockSearch, selectSearch } from './queries/saved-searches.ts';
import { insertMatches, insertNotice, markChecked } from './queries/search-matches.ts';
import { searchIn } from './search-creators.ts';

const pageRows = 500;
/** A search that finds more is no shortlist to be told of. */
export const alertMatchesMax = 20_000;

/**
 * Looks who matches a saved search now; those who never matched before become one notice. The first look only takes note of who matches.
 * A creator is told of once per search, however often and however many at a time this runs. How many were new.
 */
export async function lookForMatches(
  infra: Infra,
  host: IndexHost,
  of: { workspaceId: string; searchId: string },
): Promise<number> {
  const { workspaceId, searchId } = of;
  const asked = await infra.db.inWorkspace(workspaceId, (tx) => selectSearch(tx, workspaceId, searchId));
  if (asked === null || !asked.alerts) return 0;
  let personIds: string[];
  try {
    personIds = await allMatches(infra, host, { workspaceId, query: savedQuerySchema.parse(asked.query) });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const fault = error.message;
    await infra.db.inWorkspace(workspaceId, (tx) => markChecked(tx, workspaceId, { searchId, checkedAt: null, fault }));
    return 0;
  }
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const search = await lockSearch(tx, workspaceId, searchId);
    // Changed meanwhile: what was found answers another question.
    if (search === null || !search.alerts || JSON.stringify(search.query) !== JSON.stringify(asked.query)) return 0;
    const foundAt = infra.clock.now();
    const isFirst = search.checked_at === null;
    const noticeId = isFirst ? null : newId('searchNotice', foundAt.getTime());
    const fresh = await insertMatches(tx, workspaceId, { searchId, personIds, noticeId, foundAt });
    await markChecked(tx, workspaceId, { searchId, checkedAt: foundAt, fault: null });
    if (noticeId === null || fresh.length === 0) return 0;
    await insertNotice(tx, workspaceId, { id: noticeId, searchId, foundAt, creators: fresh.length });
    const payload = { searchId, searchName: search.name, noticeId, creators: fresh.length };
    await infra.outbox.emit(tx, { workspaceId, name: searchMatched, payload });
    return fresh.length;
  });
}

/** Ids of all who match. Error: too_many. */
async function allMatches(
  infra: Infra,
  host: IndexHost,
  of: { workspaceId: string; query: SavedSearch['query'] },
): Promise<string[]> {
  const personIds: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page * pageRows < alertMatchesMax; page += 1) {
    const query = { ...of.query, facets: [], limit: pageRows, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await searchIn(infra, host, { workspaceId: of.workspaceId, query });
    if (answer.total > alertMatchesMax)
      throw discoveryError(
        'too_many',
        `The search finds ${answer.total} creators; alerts take at most ${alertMatchesMax}. Add a filter.`,
      );
    personIds.push(...answer.rows.map((hit) => hit.personId));
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  return personIds;
}
