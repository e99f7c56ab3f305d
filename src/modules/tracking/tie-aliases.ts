import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { emptyRecordOf, insertAliases, renameConversion, selectAliases } from './queries/order-aliases.ts';
import { lockRecords } from './queries/orders.ts';
import { recordOrders } from './record-orders.ts';
import type { ReadOrder } from './rules/read-order.ts';

interface Source {
  workspaceId: string;
  sourceId: string;
}

/** Orders by the ids they are kept under, where another id of theirs is known. */
export async function byOwnIds(tx: Tx, of: Source, orders: readonly ReadOrder[]): Promise<ReadOrder[]> {
  const known = await selectAliases(
    tx,
    of,
    orders.map((order) => order.facts.externalId),
  );
  return orders.map((order) => {
    const externalId = known.get(order.facts.externalId);
    return externalId === undefined ? order : { ...order, facts: { ...order.facts, externalId } };
  });
}

/**
 * Notes that ids name one order. What came under another id before goes over to the order: its refunds, and the order itself where the order is not known yet, so that it
 * ends as if the ids had been known from the start.
 */
export async function tieAliases(
  infra: Infra,
  tx: Tx,
  of: Source & { externalId: string; aliases: readonly string[] },
): Promise<void> {
  const fresh = await insertAliases(tx, of, of.aliases);
  for (const alias of fresh.sort()) {
    const records = await lockRecords(tx, of, [alias, of.externalId]);
    const record = records.get(alias);
    if (record === undefined) continue;
    const isRenamed = await renameConversion(tx, { ...of, alias });
    // Two orders stand already: the one of the alias stays in the list and counts nothing.
    if (record.details !== null && !isRenamed) {
      const facts = {
        externalId: alias,
        details: {
          ...record.details,
          value: { ...record.details.value, notices: [`The same order as ${of.externalId}: it counts there.`] },
        },
        state: { value: 'cancelled' as const, at: '9999-12-31T00:00:00.000Z' },
        refunds: [],
      };
      await recordOrders(infra, tx, { ...of, orders: [{ facts, email: null }] });
    } else await emptyRecordOf(tx, { ...of, externalId: alias });
    const { details, state, refunds } = record;
    const facts = { externalId: of.externalId, details, state, refunds };
    await recordOrders(infra, tx, { ...of, orders: [{ facts, email: null }] });
  }
}
