import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Platform } from '#kernel/platform.ts';
import { nextPersonIds, readContacts } from '#modules/creators/index.ts';
import { type ContactSubject, contactHash } from './contact-hash.ts';
import { insertDoNotContact, selectDoNotContact } from './queries/do-not-contact.ts';

/** An entry of the do-not-contact list whose address or handle a workspace knows by itself. */
export interface BarredContact {
  kind: 'email' | 'handle';
  email: string | null;
  platform: Platform | null;
  handle_key: string | null;
  scope: string;
  source: string;
  reason: string;
  created_at: string;
}

/** Of a page of a workspace's creators those on the list of the installation: the list itself holds hashes only, so this is all that can be named. */
export async function listBarred(
  infra: Pick<Infra, 'secret'>,
  tx: Tx,
  page: { workspaceId: string; after: string; limit: number },
): Promise<{ contacts: BarredContact[]; next: string | null }> {
  const ids = await nextPersonIds(tx, page.workspaceId, page.after, page.limit);
  const subjects = new Map<string, ContactSubject>();
  for (const contact of await readContacts(tx, page.workspaceId, ids)) {
    for (const email of contact.emails) add(infra, subjects, { kind: 'email', email });
    for (const { platform, key } of contact.handles) add(infra, subjects, { kind: 'handle', platform, key });
  }
  const found = await selectDoNotContact(
    tx,
    [...subjects.keys()].map((hash) => Buffer.from(hash, 'hex')),
  );
  const contacts = found.flatMap((row): BarredContact[] => {
    const subject = subjects.get(row.subject_hash.toString('hex'));
    if (subject === undefined) return [];
    const { scope, source, reason } = row;
    const entry = { scope, source, reason, created_at: row.created_at.toISOString() };
    return subject.kind === 'email'
      ? [{ kind: 'email', email: subject.email, platform: null, handle_key: null, ...entry }]
      : [{ kind: 'handle', email: null, platform: subject.platform, handle_key: subject.key, ...entry }];
  });
  const textOf = (one: BarredContact) => `${one.kind} ${one.email ?? ''}${one.platform ?? ''} ${one.handle_key ?? ''}`;
  contacts.sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
  return { contacts, next: ids.length < page.limit ? null : (ids.at(-1) ?? null) };
}

/** Puts entries that came with a workspace on the list of this installation, under its own salt. Returns how many are new or grew. */
export function keepBarred(infra: Pick<Infra, 'secret'>, tx: Tx, contacts: readonly BarredContact[]): Promise<number> {
  const rows = contacts.flatMap((one) => {
    const subject = subjectOf(one);
    if (subject === null) return [];
    const { kind, scope, source, reason } = one;
    const subject_hash = contactHash(infra.secret, subject);
    return [{ subject_hash, kind, scope, source, reason, created_at: new Date(one.created_at) }];
  });
  const byHash = new Map(rows.map((row) => [row.subject_hash.toString('hex'), row]));
  // In one order, so that two of them never wait for each other.
  return insertDoNotContact(
    tx,
    [...byHash.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row),
  );
}

function subjectOf(one: BarredContact): ContactSubject | null {
  if (one.kind === 'email') return one.email === null ? null : { kind: 'email', email: one.email };
  if (one.platform === null || one.handle_key === null) return null;
  return { kind: 'handle', platform: one.platform, key: one.handle_key };
}

function add(infra: Pick<Infra, 'secret'>, subjects: Map<string, ContactSubject>, subject: ContactSubject): void {
  subjects.set(contactHash(infra.secret, subject).toString('hex'), subject);
}
