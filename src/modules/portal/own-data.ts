import { Readable } from 'node:stream';
import { Zip, ZipPassThrough } from 'fflate';
import type { Call, Download } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { eraseMany, readPersonCards, suppressCreators } from '#modules/creators/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type {
  askDeletion,
  DeletionRow,
  doDeletion,
  downloadPortalData,
  getPortalData,
  listDeletions,
  PortalData,
  takeBackDeletion,
} from './api.ts';
import { portalError } from './errors.ts';
import { deletionAsked, type PortalEventPayload } from './events.ts';
import { accountOf } from './manage-account.ts';
import { everythingAbout, type KeptTable } from './queries/everything-about.ts';
import {
  closeDeletion,
  lockDeletion,
  openDeletion,
  openDeletions,
  putDeletion,
  type DeletionRow as Row,
} from './queries/own-data.ts';
import { fileIdsIn, tableWords, whatStays } from './rules/kept-words.ts';

/** What is kept of the creator, in numbers; the archive has it in full. */
export function readData(infra: Infra, call: Call<typeof getPortalData>): Promise<PortalData> {
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const tables = await everythingAbout(tx, workspaceId, actor.id);
    const wish = await openDeletion(tx, workspaceId, actor.id);
    return {
      kept: tables.map(({ name, rows }) => ({ what: tableWords(name), rows: rows.length })),
      deletion: wish === undefined ? null : toWish(wish),
      stays: whatStays(tables.map((table) => table.name)),
    };
  });
}

/** Everything as JSON, with the files it names. Error: portal.account_needed. */
export async function downloadData(infra: Infra, call: Call<typeof downloadPortalData>): Promise<Download> {
  await accountOf(infra, call);
  const { workspaceId, actor } = call;
  const read = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const tables = await everythingAbout(tx, workspaceId, actor.id);
    const files = await infra.files.list(tx, workspaceId, fileIdsIn(tables));
    const { name } = await getWorkspace(tx, workspaceId);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'portal.data_downloaded',
      subjectKind: 'creator',
      subjectId: actor.id,
    });
    return { tables, files, name };
  });
  const about = {
    brand: read.name,
    creator: actor.name,
    madeAt: infra.clock.now().toISOString(),
    note: 'Every table that names you, your profiles, campaigns, posts or applications. Other people’s comments below your posts are theirs and left out, as are check sums.',
    files: read.files.map((file) => ({ id: file.id, name: file.name, contentType: file.contentType })),
  };
  const texts = [
    { name: 'about.json', text: toJson(about) },
    ...read.tables.map((table) => ({ name: `data/${table.name}.json`, text: toJson(asTold(table)) })),
  ];
  const files = read.files.map((file) => ({
    name: `files/${file.id}-${plain(file.name)}`,
    open: () => infra.files.download(file, { request: new Request('http://localhost/'), isShown: false }).body,
  }));
  const body = Readable.from(zipped(texts, files));
  return { fileName: `my-data-${about.madeAt.slice(0, 10)}.zip`, contentType: 'application/zip', body };
}

function asTold({ rows, isCut }: KeptTable) {
  return isCut ? { rows, isCut, note: 'There are more; ask the brand for the rest.' } : { rows };
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function plain(name: string): string {
  return name.replace(/[^\w.-]+/g, '_').slice(-100);
}

/** An archive made as it is read, one file after the other, so that a long video never stands in memory. */
async function* zipped(
  texts: readonly { name: string; text: string }[],
  files: readonly { name: string; open: () => Download['body'] }[],
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  for (const { name, text } of texts) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    entry.push(new TextEncoder().encode(text), true);
    yield* ready.splice(0);
  }
  for (const { name, open } of files) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    const body = open();
    const chunks = body instanceof Readable ? body : [typeof body === 'string' ? Buffer.from(body) : body];
    for await (const chunk of chunks) {
      entry.push(chunk as Uint8Array);
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

/** Asks the brand to erase what it keeps. Error: portal.account_needed. */
export async function wishDeletion(infra: Infra, call: Call<typeof askDeletion>): Promise<ReturnType<typeof toWish>> {
  await accountOf(infra, call);
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const at = infra.clock.now();
    const before = await openDeletion(tx, workspaceId, actor.id);
    const id = newId('portalDeletion', at.getTime());
    await putDeletion(tx, { workspaceId, id, personId: actor.id, askedBy: actor.name, ...input, at });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: 'portal.deletion_asked',
      subjectKind: 'creator',
      subjectId: actor.id,
      changes: { isObjection: input.isObjection },
    });
    const payload: PortalEventPayload = { actorName: actor.name, personId: actor.id };
    if (before === undefined) await infra.outbox.emit(tx, { workspaceId, name: deletionAsked, payload });
    const wish = await openDeletion(tx, workspaceId, actor.id);
    if (wish === undefined) throw notFound('deletion');
    return toWish(wish);
  });
}

/** Error: not_found when there is no open wish. */
export async function withdrawDeletion(infra: Infra, call: Call<typeof takeBackDeletion>): Promise<null> {
  await accountOf(infra, call);
  const { workspaceId, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const wish = await openDeletion(tx, workspaceId, actor.id);
    if (wish === undefined) throw notFound('deletion');
    await closeDeletion(tx, wish, { state: 'taken_back', by: actor.name, at: infra.clock.now() });
    return null;
  });
}

export function readDeletions(infra: Infra, call: Call<typeof listDeletions>): Promise<{ rows: DeletionRow[] }> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await openDeletions(tx, workspaceId);
    const cards = await readPersonCards(
      tx,
      workspaceId,
      rows.map((row) => row.person_id),
    );
    return {
      rows: rows.map((row) => ({
        ...toWish(row),
        personId: row.person_id,
        personName: cards.get(row.person_id)?.name ?? row.asked_by,
      })),
    };
  });
}

/** Erases as asked: with an objection in every workspace and for ever, without one in this workspace. Errors: not_found; portal.answered. */
export async function carryOutDeletion(infra: Infra, call: Call<typeof doDeletion>): Promise<null> {
  const { workspaceId, actor, input } = call;
  const wish = await infra.db.inWorkspace(workspaceId, (tx) => lockDeletion(tx, workspaceId, input.deletionId));
  if (wish === undefined) throw notFound('deletion');
  if (wish.state !== 'waits') throw portalError('answered', 'This was done or taken back already.');
  const personId = wish.person_id;
  // Erasing twice erases nothing more, so a crash between the two is mended by doing it again.
  if (wish.is_objection)
    await suppressCreators(infra, { ...call, input: { personId, reason: 'Asked for it in the portal' } });
  else await eraseMany(infra, { ...call, input: { personIds: [personId] } });
  await infra.db.inWorkspace(workspaceId, (tx) =>
    closeDeletion(tx, wish, { state: 'done', by: actor.name, at: infra.clock.now() }),
  );
  return null;
}

function toWish(row: Row) {
  return { id: row.id, reason: row.reason, isObjection: row.is_objection, askedAt: row.asked_at.toISOString() };
}
