import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import {
  creatorsRemoved,
  dropErasureNotes,
  personIdsPayload,
  readPersonCards,
  selectErasureNotes,
} from '#modules/creators/index.ts';
import type { Erasure, listErasures } from './api.ts';
import { portalError } from './errors.ts';
import { everythingAbout } from './queries/everything-about.ts';
import { insertErasure, selectErasures, sweepLeftovers } from './queries/forget-creators.ts';
import { staysBecause, tableWords } from './rules/kept-words.ts';

/** Sweeps up what is left of erased creators and keeps what went for the report. Doing it again finds nothing left to do. */
export function followErasures(infra: Infra): Consumer {
  return {
    name: 'portal.follow-erasures',
    events: [creatorsRemoved],
    handle: async (events) => {
      for (const { workspaceId, payload } of events) {
        const { personIds } = personIdsPayload.parse(payload);
        for (const personId of personIds) await forgetOne(infra, workspaceId, personId);
      }
    },
  };
}

function forgetOne(infra: Infra, workspaceId: string, personId: string): Promise<void> {
  return infra.db.asSystem(async (tx) => {
    // A person merged into another one is told of here too, and still there.
    if ((await readPersonCards(tx, workspaceId, [personId])).has(personId)) return;
    const [note] = await selectErasureNotes(tx, workspaceId, [personId]);
    const texts = note?.texts ?? [];
    const { went, fileIds } = await sweepLeftovers(tx, { workspaceId, personIds: [personId], texts });
    for (const fileId of fileIds) await infra.files.remove(tx, workspaceId, fileId);
    const files = fileIds.length === 0 ? {} : { stored_file: fileIds.length };
    const all = { person: 1, ...note?.went, ...went, ...files };
    await insertErasure(tx, { workspaceId, personId, at: infra.clock.now(), went: all });
    await dropErasureNotes(tx, workspaceId, [personId]);
  });
}

/** What erasures took away, and what still stands of each with its reason, newest first. Error: portal.bad_cursor. */
export async function readErasures(infra: Infra, call: Call<typeof listErasures>): Promise<Page<Erasure>> {
  const { workspaceId, input } = call;
  const after = input.cursor === undefined ? null : afterOf(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const found = await selectErasures(tx, workspaceId, { limit: input.limit + 1, after });
    const rows: Erasure[] = [];
    for (const row of found.slice(0, input.limit)) {
      const left = await everythingAbout(tx, workspaceId, row.person_id);
      rows.push({
        personId: row.person_id,
        erasedAt: row.erased_at.toISOString(),
        went: row.went.map(({ table, rows: count }) => ({ what: tableWords(table), rows: count })),
        stays: left
          .filter((table) => table.rows.length > 0 && table.name !== 'erasure_report')
          .map((table) => ({ what: tableWords(table.name), rows: table.rows.length, why: staysBecause(table.name) })),
      });
    }
    const last = found.length > input.limit ? found[input.limit - 1] : undefined;
    return {
      rows,
      nextCursor: last === undefined ? null : encodeCursor([last.erased_at.toISOString(), last.person_id]),
    };
  });
}

function afterOf(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  if (typeof at !== 'string' || typeof id !== 'string' || Number.isNaN(Date.parse(at)))
    throw portalError('bad_cursor', 'The cursor is none of this list. Start again without it.', [
      { field: 'cursor', message: 'is not from this list' },
    ]);
  return { at, id };
}
