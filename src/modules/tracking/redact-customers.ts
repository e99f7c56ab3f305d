import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { conversionChanged, idsPerEventMax } from './events.ts';
import { pseudonymise } from './queries/redact-customers.ts';
import { hashEmail } from './record-orders.ts';
import type { Redaction } from './rules/read-delivery.ts';

/** Forgets customers of a source: a random pseudonym stands in place of each, money and lines stay. Returns how many orders changed. */
export async function redactCustomers(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; sourceId: string; redaction: Redaction },
): Promise<number> {
  const { workspaceId, sourceId, redaction } = of;
  const { email, emailHash, orderIds, isAll } = redaction;
  const customerHash = email === null ? emailHash : hashEmail(infra, workspaceId, email);
  const ids = await pseudonymise(tx, { workspaceId, sourceId, customerHash, orderIds, isAll });
  const events = [];
  for (let at = 0; at < ids.length; at += idsPerEventMax)
    events.push({
      workspaceId,
      name: conversionChanged,
      payload: { conversionIds: ids.slice(at, at + idsPerEventMax) },
    });
  await infra.outbox.emitAll(tx, events);
  if (ids.length > 0)
    await recordAudit(tx, {
      workspaceId,
      actor: { kind: 'system', id: sourceId, name: 'Order source' },
      requestId: '',
      action: 'customer.forgotten',
      subjectKind: 'order_source',
      subjectId: sourceId,
      changes: { orders: { to: ids.length } },
    });
  return ids.length;
}
