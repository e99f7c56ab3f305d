import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Tx } from '#infra/db/database.ts';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import { dayMs } from '#kernel/time.ts';
import {
  type Comment,
  type CreatorFilter,
  type CreatorListItem,
  type countCreators,
  type exportCreators,
  type getCreator,
  type getMetricHistory,
  historyMetrics,
  type listCreatorPosts,
  type listCreators,
  type listPostComments,
  type MetricPoint,
  type Person,
  type Post,
} from './api.ts';
import { provenanceOf } from './creator-document.ts';
import { creatorsError } from './errors.ts';
import {
  type CreatorCounts,
  type ListedId,
  selectCounts,
  selectCreatorIds,
  selectListItems,
} from './queries/list-creators.ts';
import { listComments, listPosts, readMetricHistory } from './queries/observations.ts';
import { selectPerson } from './queries/persons.ts';
import { findProfilesByHandle, getPerson } from './read-creators.ts';

export async function listPage(infra: Infra, call: Call<typeof listCreators>): Promise<Page<CreatorListItem>> {
  const { limit, cursor, sort, desc, ...filter } = call.input;
  const after = cursor === undefined ? null : readCursor(cursor, sort === 'name' ? 'string' : 'number');
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const ids = await selectCreatorIds(tx, call.workspaceId, {
      filter: filter as CreatorFilter,
      sort,
      desc,
      limit: limit + 1,
      after,
    });
    const page = ids.slice(0, limit);
    const last = page.at(-1);
    const rows = await selectListItems(
      tx,
      call.workspaceId,
      page.map((row) => row.id),
    );
    return { rows, nextCursor: ids.length > limit && last !== undefined ? encodeCursor([last.key, last.id]) : null };
  });
}

function readCursor(cursor: string, type: 'string' | 'number'): ListedId {
  const [key, id] = decodeCursor(cursor) ?? [];
  if ((typeof key !== 'string' && typeof key !== 'number') || typeof key !== type || typeof id !== 'string') {
    throw creatorsError('bad_cursor', 'cursor was not made by this list. Start again without it.', [
      { field: 'cursor', message: 'Not a cursor of this list' },
    ]);
  }
  return { key, id };
}

export async function countMatching(infra: Infra, call: Call<typeof countCreators>): Promise<CreatorCounts> {
  const weekAgo = new Date(infra.clock.now().getTime() - 7 * dayMs);
  return infra.db.inWorkspace(call.workspaceId, (tx) =>
    selectCounts(tx, call.workspaceId, call.input as CreatorFilter, weekAgo),
  );
}

/** A creator by id, or by "@handle". Error: not_found. */
export async function getOne(infra: Infra, call: Call<typeof getCreator>): Promise<Person> {
  const { personId } = call.input;
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    if (!personId.startsWith('@')) return getPerson(tx, call.workspaceId, personId);
    const [profile] = await findProfilesByHandle(tx, call.workspaceId, { handle: personId });
    if (profile === undefined) throw notFound('creator');
    return getPerson(tx, call.workspaceId, profile.personId);
  });
}

export async function listPostsOf(infra: Infra, call: Call<typeof listCreatorPosts>): Promise<Page<Post>> {
  const { personId, profileId, limit, cursor } = call.input;
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const person = await requirePerson(tx, call.workspaceId, personId);
    return listPosts(tx, call.workspaceId, { personId: person.id, profileId, limit, cursor });
  });
}

export async function listCommentsOf(infra: Infra, call: Call<typeof listPostComments>): Promise<{ rows: Comment[] }> {
  const { postId, limit } = call.input;
  const { workspaceId } = call;
  const rows = await infra.db.inWorkspace(workspaceId, (tx) =>
    listComments(tx, workspaceId, { postIds: [postId], limit }),
  );
  return { rows };
}

export async function readHistoryOf(
  infra: Infra,
  call: Call<typeof getMetricHistory>,
): Promise<{ points: MetricPoint[] }> {
  const { personId, metrics, from } = call.input;
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const person = await requirePerson(tx, call.workspaceId, personId);
    const profileIds = person.profiles.map((profile) => profile.id);
    return {
      points: await readMetricHistory(tx, call.workspaceId, { profileIds, metrics: metrics ?? historyMetrics, from }),
    };
  });
}

async function requirePerson(tx: Tx, workspaceId: string, personId: string): Promise<Person> {
  const person = await selectPerson(tx, workspaceId, personId);
  if (person === null) throw notFound('creator');
  return person;
}

const exportRowsPerRead = 500;
const exportColumns = [
  'name',
  'platform',
  'handle',
  'profile url',
  'followers',
  'engagement rate',
  'last post',
  'country',
  'niches',
  'tags',
  'contact type',
  'has e-mail',
  'source',
  'as of',
  'creator id',
];

/** Creators by filter as CSV, one line a profile; cells that a spreadsheet would run as formulas are escaped. */
export async function exportCsv(infra: Infra, call: Call<typeof exportCreators>): Promise<Download> {
  const csv = stringify({ header: true, bom: true, escape_formulas: true, columns: exportColumns });
  Readable.from(exportRecords(infra, call)).pipe(csv);
  const day = infra.clock.now().toISOString().slice(0, 10);
  return { fileName: `creators ${day}.csv`, contentType: 'text/csv; charset=utf-8', body: csv };
}

async function* exportRecords(infra: Infra, call: Call<typeof exportCreators>): AsyncGenerator<(string | number)[]> {
  const { personIds, ...filter } = call.input;
  const { workspaceId } = call;
  if (personIds !== undefined) {
    for (const item of await infra.db.inWorkspace(workspaceId, (tx) => selectListItems(tx, workspaceId, personIds)))
      yield* toRecords(item);
    return;
  }
  let after: ListedId | null = null;
  for (;;) {
    const page: { ids: ListedId[]; items: CreatorListItem[] } = await infra.db.inWorkspace(workspaceId, async (tx) => {
      const ids = await selectCreatorIds(tx, workspaceId, {
        filter: filter as CreatorFilter,
        sort: 'added',
        desc: false,
        limit: exportRowsPerRead,
        after,
      });
      return {
        ids,
        items: await selectListItems(
          tx,
          workspaceId,
          ids.map((row) => row.id),
        ),
      };
    });
    for (const item of page.items) yield* toRecords(item);
    after = page.ids.at(-1) ?? null;
    if (page.ids.length < exportRowsPerRead) return;
  }
}

function toRecords(item: CreatorListItem): (string | number)[][] {
  return item.profiles.map((profile) => {
    const stated = provenanceOf(profile.provenance as Parameters<typeof provenanceOf>[0], 'followers');
    const rate = profile.engagementRate === null ? '' : `${Math.round(profile.engagementRate * 1e6) / 1e4} %`;
    return [
      item.name ?? '',
      profile.platform,
      profile.handle,
      profile.url ?? '',
      profile.followers ?? '',
      rate,
      profile.lastPostAt?.slice(0, 10) ?? '',
      item.country ?? '',
      item.niches.join(', '),
      item.tags.join(', '),
      item.isContactTypeSaid ? item.contactType : '',
      item.hasEmail ? 'yes' : 'no',
      stated?.source ?? '',
      stated?.at.slice(0, 10) ?? '',
      item.id,
    ];
  });
}
