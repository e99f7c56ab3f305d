import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import type { getLink as getLinkEndpoint, Link, listLinks as listLinksEndpoint } from './api.ts';
import { trackingError } from './errors.ts';
import { presentLinks } from './present-links.ts';
import { personsWithLinks, selectLinks, selectLinksById } from './queries/links.ts';
import { findPersonsNamed } from './read-refs.ts';

/** A page of links. Error: tracking.bad_cursor. */
export async function listLinks(infra: Infra, call: Call<typeof listLinksEndpoint>): Promise<Page<Link>> {
  const { input, workspaceId } = call;
  const { cursor, limit, ...filters } = input;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const q = input.q === undefined || input.q.trim() === '' ? undefined : input.q.trim();
    const personIds =
      q === undefined
        ? undefined
        : await findPersonsNamed(tx, workspaceId, { personIds: await personsWithLinks(tx, workspaceId), words: q });
    const rows = await selectLinks(tx, {
      ...filters,
      workspaceId,
      q,
      personIds,
      limit: limit + 1,
      after: readCursor(cursor),
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: await presentLinks(infra, tx, workspaceId, page),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.sort_key, last.id]) : null,
    };
  });
}

/** Error: not_found. */
export async function getLink(infra: Infra, call: Call<typeof getLinkEndpoint>): Promise<Link> {
  const { input, workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const [link] = await presentLinks(infra, tx, workspaceId, await selectLinksById(tx, workspaceId, [input.linkId]));
    if (link === undefined) throw notFound('link');
    return link;
  });
}

/** Sort key and id of a cursor of two parts. Error: tracking.bad_cursor. */
export function readCursor(cursor: string | undefined): { key: string; id: string } | null {
  if (cursor === undefined) return null;
  const [key, id] = decodeCursor(cursor) ?? [];
  if (typeof key !== 'string' || typeof id !== 'string') {
    throw trackingError('bad_cursor', 'The cursor is not one of ours. Begin again without it.', [
      { field: 'cursor', message: 'Not a cursor' },
    ]);
  }
  return { key, id };
}
