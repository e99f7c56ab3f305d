import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer, OutboxEvent } from '#infra/outbox/outbox.ts';
import {
  creatorsChanged,
  creatorsMerged,
  mergePayload,
  personIdsPayload,
  readContacts,
} from '#modules/creators/index.ts';
import { customersHash, emailText, handleText } from './match-customers.ts';
import { hasCustomers, moveMatches, selectCustomersByHash, upsertMatches } from './queries/customers.ts';
import { restateFacts } from './state-customer-facts.ts';

/** Matches creators that come or change later against the customers kept, by hash. Repeats and any order end the same. */
export function followCustomers(infra: Infra): Consumer {
  return {
    name: 'discovery.customers',
    events: [creatorsChanged, creatorsMerged],
    handle: async (events) => {
      for (const [workspaceId, own] of Map.groupBy(events, (event) => event.workspaceId)) {
        await infra.db.inWorkspace(workspaceId, async (tx) => {
          if (!(await hasCustomers(tx, workspaceId))) return;
          for (const event of own) await follow(infra, tx, event);
        });
      }
    },
  };
}

async function follow(infra: Infra, tx: Tx, event: OutboxEvent): Promise<void> {
  const { workspaceId } = event;
  if (event.name === creatorsMerged) {
    const merge = mergePayload.parse(event.payload);
    await moveMatches(tx, workspaceId, merge);
    await restateFacts(infra, tx, { workspaceId, personIds: [merge.keptPersonId, merge.absorbedPersonId] });
    return;
  }
  const { personIds, statedBy } = personIdsPayload.parse(event.payload);
  // Facts alone changed: neither address nor account did.
  if (statedBy === undefined) await rematch(infra, tx, { workspaceId, personIds });
}

async function rematch(
  infra: Infra,
  tx: Tx,
  { workspaceId, personIds }: { workspaceId: string; personIds: readonly string[] },
): Promise<void> {
  const hasher = customersHash(infra, workspaceId);
  const owners = new Map<string, string[]>();
  const hashes = { emails: [] as Buffer[], handles: [] as Buffer[] };
  const note = (list: Buffer[], text: string, personId: string) => {
    const hash = hasher.bytes(text);
    list.push(hash);
    owners.set(hash.toString('hex'), [...(owners.get(hash.toString('hex')) ?? []), personId]);
  };
  for (const contacts of await readContacts(tx, workspaceId, personIds)) {
    for (const email of contacts.emails) note(hashes.emails, emailText(email), contacts.personId);
    for (const handle of contacts.handles) note(hashes.handles, handleText(handle), contacts.personId);
  }
  const found = await selectCustomersByHash(tx, workspaceId, hashes);
  const matches = found.flatMap(({ id, hash, sign }) =>
    (owners.get(hash) ?? []).map((personId) => ({ customerId: id, personId, signs: [sign] })),
  );
  // One customer may be found by address and account; the second statement adds the second sign.
  await upsertMatches(
    tx,
    workspaceId,
    matches.filter(({ signs }) => signs.includes('email')),
  );
  const byHandle = new Map(
    matches
      .filter(({ signs }) => signs.includes('handle'))
      .map((match) => [`${match.customerId} ${match.personId}`, match]),
  );
  await upsertMatches(tx, workspaceId, [...byHandle.values()]);
  await restateFacts(infra, tx, { workspaceId, personIds: matches.map((match) => match.personId) });
}
