import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import type { Platform } from '#kernel/platform.ts';
import { type ContactMatches, matchContacts } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { CustomerOutcome, importCustomers, MatchSign, matchCustomers } from '../api.ts';
import { type KeyedHash, keyedHash } from '../keyed-hash.ts';
import {
  type CustomerWrite,
  deleteByHandleKey,
  type MatchWrite,
  selectKeysByHandle,
  upsertCustomers,
  upsertMatches,
} from './queries/customers.ts';
import { type CustomerLine, type ReadCustomers, readCustomerFile, readPasted } from './read-customers.ts';
import { localPartToCompare, nameToCompare } from './rules/possible-names.ts';
import { restateFacts } from './state-customer-facts.ts';

/** A name that so many creators bear tells none of them. */
const bearersMax = 3;

export function customersHash(infra: Infra, workspaceId: string): KeyedHash {
  return keyedHash(infra.secret, workspaceId, 'customers');
}

export const emailText = (email: string) => `email\n${email}`;
export const handleText = (handle: { platform: Platform; key: string }) => `${handle.platform}\n${handle.key}`;

/** Finds the creators among pasted addresses and handles. Errors: customers_file, too_many. */
export async function matchPasted(infra: Infra, call: Call<typeof matchCustomers>): Promise<CustomerOutcome> {
  const { input } = call;
  const read = readPasted(input.text, input.platform);
  return keep(infra, call, { read, source: input.source, keepEmails: input.keepEmails });
}

/** Finds the creators among the customers of a file. Errors: customers_file with rows. */
export async function matchFile(infra: Infra, call: Call<typeof importCustomers>): Promise<CustomerOutcome> {
  const { input } = call;
  const read = await readCustomerFile(call.request.body, { platform: input.platform, currency: input.currency });
  const name = decoded(call.request.headers.get('rapport-file-name') ?? '').slice(0, 120) || 'a file';
  return keep(infra, call, { read, source: name, keepEmails: input.keepEmails });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

interface Kept {
  read: ReadCustomers;
  source: string;
  keepEmails: boolean;
}

async function keep(
  infra: Infra,
  call: Call<typeof matchCustomers> | Call<typeof importCustomers>,
  what: Kept,
): Promise<CustomerOutcome> {
  const { workspaceId } = call;
  const hasher = customersHash(infra, workspaceId);
  const { read } = what;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const customers = await toCustomers(tx, { workspaceId, hasher, now: infra.clock.now() }, what);
    const moved = await deleteByHandleKey(
      tx,
      workspaceId,
      customers.flatMap(({ write }) => (write.emailHash === null ? [] : write.handleHashes)),
    );
    const { ids, added } = await upsertCustomers(tx, workspaceId, {
      customers: customers.map(({ write }) => write),
      source: what.source,
      seenAt: infra.clock.now(),
    });
    const matches = await findMatches(
      tx,
      workspaceId,
      customers.map(({ lines }, at) => ({ id: ids[at] ?? '', lines })),
    );
    await upsertMatches(tx, workspaceId, matches);
    await restateFacts(infra, tx, { workspaceId, personIds: [...moved, ...matches.map((match) => match.personId)] });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'customers.imported',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: { source: what.source, customers: customers.length, keptEmails: what.keepEmails },
    });
    const certain = new Set(matches.filter(isCertain).map((match) => match.personId));
    const possible = new Set(matches.map((match) => match.personId).filter((personId) => !certain.has(personId)));
    return {
      rows: read.rows,
      customers: customers.length,
      added,
      matched: certain.size,
      possible: possible.size,
      skipped: read.skipped,
      faults: read.faults,
      columns: read.columns,
    };
  });
}

const isCertain = (match: MatchWrite) => match.signs.includes('email') || match.signs.includes('handle');

interface Customer {
  write: CustomerWrite;
  lines: CustomerLine[];
}

/** Lines of one customer as one, by address, else by an account that belongs to a known address, else by account; later lines win. */
async function toCustomers(
  tx: Tx,
  by: { workspaceId: string; hasher: KeyedHash; now: Date },
  what: Kept,
): Promise<Customer[]> {
  const hashed = what.read.lines.map((line) => ({
    line,
    emailHash: line.email === null ? null : by.hasher.bytes(emailText(line.email)),
    handleHashes: line.handles.map((handle) => by.hasher.bytes(handleText(handle))),
  }));
  const bare = hashed.filter(({ emailHash }) => emailHash === null).flatMap(({ handleHashes }) => handleHashes);
  const known = await selectKeysByHandle(tx, by.workspaceId, bare);
  for (const { emailHash, handleHashes } of hashed)
    if (emailHash !== null) for (const hash of handleHashes) known.set(hash.toString('hex'), emailHash);
  const customers = new Map<string, Customer>();
  for (const { line, emailHash, handleHashes } of hashed) {
    const [first] = handleHashes;
    const key =
      emailHash ??
      handleHashes.map((hash) => known.get(hash.toString('hex'))).find((one) => one !== undefined) ??
      first;
    if (key === undefined) continue;
    const before = customers.get(key.toString('hex'));
    const write: CustomerWrite = {
      id: before?.write.id ?? newId('customer', by.now.getTime()),
      keyHash: key,
      emailHash: emailHash ?? before?.write.emailHash ?? null,
      handleHashes: unique([...(before?.write.handleHashes ?? []), ...handleHashes]),
      email: what.keepEmails ? (line.email ?? before?.write.email ?? null) : null,
      orders: line.orders ?? before?.write.orders ?? null,
      // An amount and its currency belong together.
      valueMinor: line.valueMinor ?? before?.write.valueMinor ?? null,
      currency: line.valueMinor === null ? (before?.write.currency ?? null) : line.currency,
      firstOrderOn: line.firstOrderOn ?? before?.write.firstOrderOn ?? null,
      lastOrderOn: line.lastOrderOn ?? before?.write.lastOrderOn ?? null,
    };
    customers.set(key.toString('hex'), { write, lines: [...(before?.lines ?? []), line] });
  }
  return [...customers.values()];
}

function unique(hashes: readonly Buffer[]): Buffer[] {
  return [...new Map(hashes.map((hash) => [hash.toString('hex'), hash])).values()];
}

/** Who of the creators each customer is for certain, else may be. */
async function findMatches(
  tx: Tx,
  workspaceId: string,
  customers: readonly { id: string; lines: readonly CustomerLine[] }[],
): Promise<MatchWrite[]> {
  const lines = customers.flatMap((customer) => customer.lines);
  const found = await matchContacts(tx, workspaceId, {
    emails: distinct(lines.map((line) => line.email)),
    handles: [...new Map(lines.flatMap((line) => line.handles.map((one) => [handleText(one), one] as const))).values()],
    names: distinct(lines.map((line) => nameToCompare(line.name))),
    bareNames: distinct(lines.map((line) => localPartToCompare(line.email))),
  });
  const persons = toLookup(found);
  return customers.flatMap(({ id, lines: own }) => {
    const signs = new Map<string, Set<MatchSign>>();
    const add = (sign: MatchSign, personIds: readonly string[]) => {
      for (const personId of personIds) signs.set(personId, (signs.get(personId) ?? new Set()).add(sign));
    };
    for (const line of own) {
      if (line.email !== null) add('email', persons.email.get(line.email) ?? []);
      for (const handle of line.handles) add('handle', persons.handle.get(handleText(handle)) ?? []);
    }
    if (signs.size === 0) {
      for (const line of own) {
        add('name', few(persons.name.get(nameToCompare(line.name) ?? '')));
        add('local_part', few(persons.bareName.get(localPartToCompare(line.email) ?? '')));
      }
    }
    return [...signs].map(([personId, set]) => ({ customerId: id, personId, signs: [...set].sort() }));
  });
}

const distinct = (texts: readonly (string | null)[]) => [...new Set(texts.filter((text) => text !== null))];
const few = (personIds: readonly string[] | undefined) =>
  personIds === undefined || personIds.length > bearersMax ? [] : personIds;

function toLookup(found: ContactMatches) {
  const group = <Row extends { person_id: string }>(rows: readonly Row[], key: (row: Row) => string) => {
    const map = new Map<string, string[]>();
    for (const row of rows) map.set(key(row), [...(map.get(key(row)) ?? []), row.person_id]);
    return map;
  };
  return {
    email: group(found.emails, (row) => row.email),
    handle: group(found.handles, handleText),
    name: group(found.names, (row) => row.name),
    bareName: group(found.bareNames, (row) => row.name),
  };
}
