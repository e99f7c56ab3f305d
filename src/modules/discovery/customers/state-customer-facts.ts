import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { stateFacts } from '#modules/creators/index.ts';
import { selectSureOrders } from './queries/customers.ts';

const personsPerStatement = 4000;

/** States anew who is a customer and with how many orders, so that the search can filter by it; takes it back from who is none. */
export async function restateFacts(
  infra: Infra,
  tx: Tx,
  about: { workspaceId: string; personIds: readonly string[] },
): Promise<void> {
  const { workspaceId } = about;
  const personIds = [...new Set(about.personIds)];
  for (let from = 0; from < personIds.length; from += personsPerStatement) {
    const part = personIds.slice(from, from + personsPerStatement);
    const orders = await selectSureOrders(tx, workspaceId, part);
    const facts = part.flatMap((personId) => [
      { personId, name: 'customer', value: orders.has(personId) ? true : null },
      { personId, name: 'orders_count', value: orders.get(personId) ?? null },
    ]);
    await stateFacts(infra, tx, { workspaceId, statedBy: 'discovery', facts });
  }
}
