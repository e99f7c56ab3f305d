import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { findSuppressedEmails, readContacts } from '#modules/creators/index.ts';
import { contactHash } from './contact-hash.ts';
import { selectBounced, selectDoNotContact } from './queries/do-not-contact.ts';

/** Whether and where a creator can be written to. */
export interface Reach {
  /** In lower case; null when there is nowhere to write to. */
  to: string | null;
  problems: string[];
  /** On the do-not-contact list: from outreach, or from anything. */
  barred: 'outreach' | 'all' | null;
}

const shape = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+\.[^\s@<>,;:".]{2,}$/;

/** Reach of creators by id; of whoever is gone there is no entry. One bad word on any of their addresses or handles holds for all of them. */
export async function readReach(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personIds: readonly string[] },
): Promise<Map<string, Reach>> {
  const { workspaceId } = of;
  const contacts = await readContacts(tx, workspaceId, [...new Set(of.personIds)]);
  const emails = [...new Set(contacts.flatMap((contact) => contact.emails))];
  const hashes = new Map<string, string>();
  for (const contact of contacts) {
    for (const email of contact.emails)
      hashes.set(contactHash(infra.secret, { kind: 'email', email }).toString('hex'), contact.personId);
    for (const { platform, key } of contact.handles)
      hashes.set(contactHash(infra.secret, { kind: 'handle', platform, key }).toString('hex'), contact.personId);
  }
  const barred = new Map<string, 'outreach' | 'all'>();
  for (const row of await selectDoNotContact(
    tx,
    [...hashes.keys()].map((hash) => Buffer.from(hash, 'hex')),
  )) {
    const personId = hashes.get(row.subject_hash.toString('hex')) ?? '';
    if (barred.get(personId) !== 'all') barred.set(personId, row.scope === 'all' ? 'all' : 'outreach');
  }
  const bounced = await selectBounced(tx, workspaceId, emails);
  const suppressed = await findSuppressedEmails(infra, tx, emails);
  return new Map(
    contacts.map((contact) => {
      const usable = contact.emails.filter((email) => shape.test(email));
      const to = usable.find((email) => !bounced.has(email)) ?? null;
      const problems: string[] = [];
      const bar = contact.emails.some((email) => suppressed.has(email))
        ? 'all'
        : (barred.get(contact.personId) ?? null);
      if (bar === 'all') problems.push('Asked not to be contacted at all');
      else if (bar === 'outreach') problems.push('Asked for no more mails like this');
      if (contact.emails.length === 0) problems.push('No e-mail address is known');
      else if (usable.length === 0) problems.push(`"${contact.emails[0]?.slice(0, 80)}" is no e-mail address`);
      else if (to === null) {
        const back = bounced.get(usable[0] ?? '');
        problems.push(
          `Mail to ${usable[0]} came back on ${back?.bounced_at.toISOString().slice(0, 10)}: ${back?.reason}`,
        );
      }
      return [contact.personId, { to, problems, barred: bar }];
    }),
  );
}

/** Whether one address is barred, for mails that are about to leave. */
export async function isBarred(infra: Infra, tx: Tx, email: string): Promise<'outreach' | 'all' | null> {
  const rows = await selectDoNotContact(tx, [contactHash(infra.secret, { kind: 'email', email })]);
  if (rows.some((row) => row.scope === 'all')) return 'all';
  const suppressed = await findSuppressedEmails(infra, tx, [email.toLowerCase()]);
  if (suppressed.size > 0) return 'all';
  return rows.length > 0 ? 'outreach' : null;
}
