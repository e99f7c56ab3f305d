import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { getPersons, matchContacts, readContacts, readPersonCards } from '#modules/creators/index.ts';
import { customerMarks, readMailAddress } from '#modules/tracking/index.ts';
import { selectBans } from './queries/bans.ts';
import { selectVisits } from './queries/judgements.ts';
import type { AccountFacts, CreatorFacts, Mailbox } from './rules/facts.ts';

/** What tells these creators from customers: mailboxes as hashes, devices of their portal. */
export async function readCreatorFacts(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personIds: readonly string[] },
): Promise<Map<string, CreatorFacts>> {
  const { workspaceId } = of;
  const contacts = await readContacts(tx, workspaceId, of.personIds);
  const visits = Map.groupBy(await selectVisits(tx, workspaceId, of.personIds), (visit) => visit.personId);
  return new Map(
    contacts.map(({ personId, emails }) => [
      personId,
      {
        personId,
        mailboxes: emails.flatMap((email) => markOf(infra, workspaceId, email)),
        visits: visits.get(personId) ?? [],
      },
    ]),
  );
}

function markOf(infra: Infra, workspaceId: string, email: string): Mailbox[] {
  const marks = customerMarks(infra, workspaceId, email);
  return marks === null ? [] : [marks];
}

const twinsMax = 20;

/** Who these creators are, for the rules about accounts. */
export async function readAccountFacts(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; personIds: readonly string[] },
): Promise<Map<string, AccountFacts>> {
  const { workspaceId } = of;
  const contacts = new Map(
    (await readContacts(tx, workspaceId, of.personIds)).map((one) => [one.personId, one.emails]),
  );
  const persons = await getPersons(tx, workspaceId, [...of.personIds]);
  const asked = [...new Set([...contacts.values()].flat().flatMap(spellings))];
  const sharers =
    asked.length === 0
      ? []
      : (await matchContacts(tx, workspaceId, { emails: asked, handles: [], names: [], bareNames: [] })).emails;
  const bans = await selectBans(tx, workspaceId, {
    personIds: [...new Set([...of.personIds, ...sharers.map((row) => row.person_id)])],
    limit: 1000,
  });
  const banOf = new Map(bans.map((ban) => [ban.person_id, ban]));
  const cards = await readPersonCards(tx, workspaceId, [
    ...new Set([...of.personIds, ...sharers.map((row) => row.person_id)]),
  ]);
  const nameOf = (id: string) => cards.get(id)?.name ?? 'A creator erased since';
  return new Map(
    [...persons.values()].map((person) => {
      const emails = contacts.get(person.id) ?? [];
      const own = new Set(emails.flatMap(spellings));
      const twins = [...new Set(sharers.filter((row) => own.has(row.email)).map((row) => row.person_id))]
        .filter((id) => id !== person.id)
        .slice(0, twinsMax);
      const ban = banOf.get(person.id);
      const facts: AccountFacts = {
        personId: person.id,
        name: nameOf(person.id),
        mailboxes: emails.flatMap((email) =>
          markOf(infra, workspaceId, email).map((mark) => ({ ...mark, hostName: readMailAddress(email)?.host ?? '' })),
        ),
        websiteHosts: [person.website, ...person.profiles.map((profile) => profile.website)].flatMap(ownHostOf),
        profiles: person.profiles.map((profile) => ({ isVerified: profile.isVerified })),
        sameMailbox: twins.map((id) => ({ personId: id, name: nameOf(id) })),
        ban: ban === undefined ? null : { reason: ban.reason, note: ban.note, at: ban.banned_at.toISOString() },
        bannedTwins: twins.flatMap((id) => {
          const found = banOf.get(id);
          return found === undefined ? [] : [{ personId: id, name: nameOf(id), reason: found.reason }];
        }),
      };
      return [person.id, facts];
    }),
  );
}

/** As it was written, and as others may have written it. */
function spellings(email: string): string[] {
  const address = readMailAddress(email);
  return address === null ? [email] : [...new Set([email, address.normal])];
}

const collectors =
  /(?:^|\.)(?:instagram\.com|tiktok\.com|youtube\.com|youtu\.be|linktr\.ee|beacons\.ai|bio\.link|linkin\.bio|taplink\.cc|facebook\.com|twitter\.com|x\.com|linkedin\.com|amazon\.[a-z.]+|patreon\.com|etsy\.com|substack\.com)$/;

/** Hosts that are a creator's own: pages of links and platforms are everybody's. */
function ownHostOf(website: string | null): string[] {
  if (website === null) return [];
  const host = URL.parse(website.includes('://') ? website : `https://${website}`)?.hostname.replace(/^www\./, '');
  return host === undefined || host === '' || collectors.test(host) ? [] : [host];
}
