import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { type PersonCard, readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type CustomerCreator,
  type CustomerSummary,
  type decideCustomer,
  type forgetCustomers,
  type listCustomerCreators,
  matchSignSchema,
} from '../api.ts';
import { nextOffset, offsetOf } from '../page-by-rank.ts';
import {
  type CreatorCustomerRow,
  countCustomers,
  decideMatches,
  deleteCustomers,
  selectCreatorCustomers,
} from './queries/customers.ts';
import { restateFacts } from './state-customer-facts.ts';

/** How many customers are kept, and how many of them are creators. */
export async function readCustomerSummary(infra: Infra, workspaceId: string): Promise<CustomerSummary> {
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const counts = await countCustomers(tx, workspaceId);
    const rows = counts.customers === 0 ? [] : await selectCreatorCustomers(tx, workspaceId);
    return {
      ...counts,
      lastImportAt: counts.lastImportAt?.toISOString() ?? null,
      matched: rows.filter((row) => row.group === 'matched').length,
      possible: rows.filter((row) => row.group === 'possible').length,
    };
  });
}

/** A page of creators that are customers, or may be. Error: cursor. */
export async function pageCustomerCreators(infra: Infra, call: Call<typeof listCustomerCreators>) {
  const { workspaceId, input } = call;
  const offset = offsetOf(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = (await selectCreatorCustomers(tx, workspaceId)).filter((row) => row.group === input.certainty);
    const cards = await readPersonCards(
      tx,
      workspaceId,
      rows.map((row) => row.person_id),
    );
    const rank = (row: CreatorCustomerRow): number | string => {
      switch (input.sort) {
        case 'orders':
          return Number(row.orders ?? -1n);
        case 'followers':
          return cards.get(row.person_id)?.profiles[0]?.followers ?? -1;
        case 'last':
          return row.last_on ?? '';
      }
    };
    rows.sort((a, b) => (rank(a) === rank(b) ? (a.person_id < b.person_id ? -1 : 1) : rank(a) < rank(b) ? 1 : -1));
    return {
      total: rows.length,
      nextCursor: nextOffset(offset, { limit: input.limit, hasMore: rows.length > offset + input.limit }),
      rows: rows.slice(offset, offset + input.limit).map((row) => toCreator(row, cards.get(row.person_id))),
    };
  });
}

/** Says whether a creator is the customer; holds against later files. Error: not_found. */
export async function decideOnCustomer(infra: Infra, call: Call<typeof decideCustomer>): Promise<CustomerCreator> {
  const { workspaceId, input, actor } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const card = (await readPersonCards(tx, workspaceId, [input.personId])).get(input.personId);
    const personId = card?.personId ?? input.personId;
    const decided = { personId, decision: input.decision, by: actor.name, at: infra.clock.now() };
    if (!(await decideMatches(tx, workspaceId, decided))) throw notFound('customer');
    await restateFacts(infra, tx, { workspaceId, personIds: [personId] });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId: call.requestId,
      action: `customer.${input.decision}`,
      subjectKind: 'creator',
      subjectId: personId,
    });
    const [row] = await selectCreatorCustomers(tx, workspaceId, personId);
    if (row === undefined) throw notFound('customer');
    return toCreator(row, card);
  });
}

/** Forgets all customers and takes back what they said of creators. */
export async function forgetAllCustomers(
  infra: Infra,
  call: Call<typeof forgetCustomers>,
): Promise<{ forgotten: number }> {
  const { workspaceId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const gone = await deleteCustomers(tx, workspaceId);
    await restateFacts(infra, tx, { workspaceId, personIds: gone.personIds });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'customers.forgotten',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: { customers: gone.customers },
    });
    return { forgotten: gone.customers };
  });
}

function toCreator(row: CreatorCustomerRow, card: PersonCard | undefined): CustomerCreator {
  const [profile] = card?.profiles ?? [];
  return {
    personId: row.person_id,
    name: card?.name ?? 'Creator without a name',
    country: card?.country ?? null,
    profile:
      profile === undefined
        ? null
        : { platform: profile.platform, handle: profile.handle, followers: profile.followers },
    certainty: certaintyOf(row),
    signs: row.signs.map((sign) => matchSignSchema.parse(sign)),
    customers: Number(row.customers),
    orders: row.orders === null ? null : Number(row.orders),
    values: (row.values ?? []).map(({ amount, currency }) => ({ amountMinor: amount, currency })),
    firstOrderOn: row.first_on,
    lastOrderOn: row.last_on,
    sources: row.sources,
    emails: row.emails,
    decidedBy: row.decided_by,
  };
}

function certaintyOf(row: CreatorCustomerRow): CustomerCreator['certainty'] {
  switch (row.group) {
    case 'possible':
    case 'rejected':
      return row.group;
    case 'matched':
      return row.is_decided ? 'confirmed' : 'certain';
  }
}
