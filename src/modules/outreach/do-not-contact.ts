import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { decodeCursor, encodeCursor } from '#kernel/page.ts';
import { type Platform, platforms } from '#kernel/platform.ts';
import { matchContacts, parseHandle, readContacts } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { addDoNotContact, checkDoNotContact, listDoNotContact, removeDoNotContact } from './api.ts';
import { applyToRuns } from './apply-run-event.ts';
import { type ContactSubject, contactHash } from './contact-hash.ts';
import { outreachError } from './errors.ts';
import { badCursor } from './list-mailings.ts';
import {
  type DoNotContactRow,
  deleteDoNotContact,
  insertDoNotContact,
  listDoNotContactRows,
  selectDoNotContact,
} from './queries/do-not-contact.ts';

type Source = 'unsubscribe' | 'reply' | 'person' | 'import';

export interface Bar {
  workspaceId: string;
  /** With all addresses and handles known of them here. */
  personId: string | null;
  emails: readonly string[];
  scope: 'outreach' | 'all';
  source: Source;
  reason: string;
}

/** Puts a creator or addresses on the list of the installation and ends what runs for them here; elsewhere the guard stops what waits. */
export async function bar(infra: Infra, tx: Tx, of: Bar): Promise<{ added: number; stopped: number }> {
  const subjects: ContactSubject[] = of.emails.map((email) => ({ kind: 'email', email: email.toLowerCase() }));
  const personIds = new Set<string>();
  if (of.personId !== null) {
    personIds.add(of.personId);
    subjects.push(...(await subjectsOf(tx, of.workspaceId, of.personId)));
  }
  const asked = { emails: of.emails.map((email) => email.toLowerCase()), handles: [], names: [], bareNames: [] };
  for (const match of (await matchContacts(tx, of.workspaceId, asked)).emails) personIds.add(match.person_id);
  const added = await insertDoNotContact(tx, toRows(infra, subjects, of));
  let stopped = 0;
  for (const personId of [...personIds].sort()) {
    const filter = { personId, isOpen: true };
    const event =
      of.source === 'unsubscribe'
        ? ({ kind: 'unsubscribed' } as const)
        : ({ kind: 'stopped', why: of.reason } as const);
    stopped += (await applyToRuns(infra, tx, { workspaceId: of.workspaceId, filter, event })).length;
  }
  return { added, stopped };
}

async function subjectsOf(tx: Tx, workspaceId: string, personId: string): Promise<ContactSubject[]> {
  const [contact] = await readContacts(tx, workspaceId, [personId]);
  if (contact === undefined) return [];
  return [
    ...contact.emails.map((email): ContactSubject => ({ kind: 'email', email })),
    ...contact.handles.map(({ platform, key }): ContactSubject => ({ kind: 'handle', platform, key })),
  ];
}

function toRows(
  infra: Infra,
  subjects: readonly ContactSubject[],
  of: { scope: string; source: string; reason: string },
): DoNotContactRow[] {
  const rows = subjects.map((subject): [string, DoNotContactRow] => {
    const hash = contactHash(infra.secret, subject);
    const { scope, source, reason } = of;
    const row = { subject_hash: hash, kind: subject.kind, scope, source, reason, created_at: infra.clock.now() };
    return [hash.toString('hex'), row];
  });
  // In one order, so that two of them never wait for each other.
  return [...new Map(rows).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function handleSubjects(handle: string, platform: Platform | undefined): ContactSubject[] {
  const found = (platform === undefined ? platforms : [platform]).flatMap((one): ContactSubject[] => {
    const parsed = parseHandle(handle, one);
    return parsed.ok ? [{ kind: 'handle', platform: parsed.value.platform, key: parsed.value.key }] : [];
  });
  if (found.length === 0)
    throw outreachError('bad_value', `"${handle.slice(0, 80)}" is not a handle or an address of a profile.`, [
      { field: 'handle', message: 'Not a handle' },
    ]);
  return found;
}

const emailShape = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]{2,}$/;

/** Errors: outreach.bad_value when nobody is named or a line of the list is no address; not_found. */
export function add(infra: Infra, call: Call<typeof addDoNotContact>): Promise<{ added: number; stopped: number }> {
  const { workspaceId, input, actor, requestId } = call;
  const emails = [
    ...(input.email === undefined ? [] : [input.email]),
    ...(input.emails ?? []).filter((one) => one !== ''),
  ];
  const bad = emails.flatMap((email, row) =>
    emailShape.test(email)
      ? []
      : [{ row: row + 1, field: 'emails', message: `"${email.slice(0, 60)}" is no e-mail address` }],
  );
  if (bad.length > 0) throw outreachError('bad_value', `Nothing was added: ${bad[0]?.message}.`, bad.slice(0, 50));
  if (input.personId === undefined && input.handle === undefined && emails.length === 0)
    throw outreachError('bad_value', 'Name a creator, an e-mail address or a handle.', [
      { field: 'email', message: 'Name somebody' },
    ]);
  const handles = input.handle === undefined ? [] : handleSubjects(input.handle, input.platform);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { scope, reason, personId } = input;
    if (personId !== undefined && (await readContacts(tx, workspaceId, [personId])).length === 0)
      throw notFound('creator');
    const source: Source = input.emails === undefined ? 'person' : 'import';
    const done = await bar(infra, tx, { workspaceId, personId: personId ?? null, emails, scope, source, reason });
    const more = await insertDoNotContact(tx, toRows(infra, handles, { scope, source, reason }));
    const added = done.added + more;
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'do_not_contact.added',
      subjectKind: personId === undefined ? 'do_not_contact' : 'creator',
      subjectId: personId ?? 'list',
      changes: { entries: added, scope, reason },
    });
    return { added, stopped: done.stopped };
  });
}

export function check(infra: Infra, call: Call<typeof checkDoNotContact>) {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const subjects: ContactSubject[] = [
      ...(input.email === undefined ? [] : [{ kind: 'email' as const, email: input.email }]),
      ...(input.handle === undefined ? [] : handleSubjects(input.handle, input.platform)),
      ...(input.personId === undefined ? [] : await subjectsOf(tx, workspaceId, input.personId)),
    ];
    const [found] = await selectDoNotContact(
      tx,
      subjects.map((subject) => contactHash(infra.secret, subject)),
    );
    if (found === undefined) return { scope: null, reason: null, since: null };
    const scope = found.scope === 'all' ? ('all' as const) : ('outreach' as const);
    return { scope, reason: found.reason, since: found.created_at.toISOString() };
  });
}

/** Error: not_found when nobody of that name is on the list. */
export function remove(infra: Infra, call: Call<typeof removeDoNotContact>): Promise<{ removed: number }> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const subjects: ContactSubject[] = [
      ...(input.email === undefined ? [] : [{ kind: 'email' as const, email: input.email }]),
      ...(input.handle === undefined ? [] : handleSubjects(input.handle, input.platform)),
    ];
    const removed = await deleteDoNotContact(
      tx,
      subjects.map((subject) => contactHash(infra.secret, subject)),
    );
    if (removed === 0) throw notFound('entry of the do-not-contact list');
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'do_not_contact.removed',
      subjectKind: 'do_not_contact',
      subjectId: 'list',
      changes: { entries: removed, reason: input.reason },
    });
    return { removed };
  });
}

export function list(infra: Infra, call: Call<typeof listDoNotContact>) {
  const { workspaceId, input } = call;
  const [at, hash] = input.cursor === undefined ? [] : (decodeCursor(input.cursor) ?? []);
  const after =
    typeof at === 'string' && typeof hash === 'string' && !Number.isNaN(Date.parse(at)) ? { at, hash } : null;
  if (input.cursor !== undefined && after === null) throw badCursor();
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { rows, total } = await listDoNotContactRows(tx, { limit: input.limit + 1, after });
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      rows: page.map((row) => ({
        hash: row.subject_hash.toString('hex'),
        kind: row.kind === 'handle' ? ('handle' as const) : ('email' as const),
        scope: row.scope === 'all' ? ('all' as const) : ('outreach' as const),
        source: row.source as Source,
        reason: row.reason,
        createdAt: row.created_at.toISOString(),
      })),
      nextCursor:
        rows.length > input.limit && last !== undefined
          ? encodeCursor([last.created_at.toISOString(), last.subject_hash.toString('hex')])
          : null,
      total,
    };
  });
}
