import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { Consumer, OutboxEvent } from '#infra/outbox/outbox.ts';
import { newId } from '#kernel/id.ts';
import { creditChanged, creditChangedPayload } from '#modules/attribution/index.ts';
import { triggers } from '#modules/automations/index.ts';
import { conversionChanged, conversionChangedPayload, readOrders } from '#modules/tracking/index.ts';
import { sendDueJob } from './jobs.ts';
import { selectListening } from './queries/endpoints.ts';
import { insertMessages, type NewMessage } from './queries/messages.ts';
import type { Happening, Receiver } from './receiver.ts';
import { orderChanged, orderCredited } from './rules/catalogue.ts';
import { wants } from './rules/happenings.ts';

/** Writes a message for each endpoint that wants to know; the same happening once an endpoint, however often it is handed over. */
export function followEvents(infra: Infra, receivers: readonly Receiver[]): Consumer {
  return {
    name: 'webhooks.follow',
    events: [conversionChanged, creditChanged, ...triggers.map((trigger) => trigger.event)],
    handle: async (events) => {
      let written = 0;
      for (const [workspaceId, some] of Map.groupBy(events, (event) => event.workspaceId))
        written += await infra.db.inWorkspace(workspaceId, (tx) =>
          writeMessages(tx, { workspaceId, some, infra, receivers }),
        );
      if (written > 0) await infra.jobs.enqueue(sendDueJob, {}, 'due');
    },
  };
}

interface Told {
  workspaceId: string;
  some: readonly OutboxEvent[];
  infra: Infra;
  receivers: readonly Receiver[];
}

async function writeMessages(tx: Tx, { workspaceId, some, infra, receivers }: Told): Promise<number> {
  const endpoints = await selectListening(tx, workspaceId);
  if (endpoints.length === 0) return 0;
  const at = infra.clock.now();
  const happenings = await readHappenings(tx, workspaceId, some);
  const messages = endpoints.flatMap((endpoint): NewMessage[] => {
    const receiver = receivers.find((one) => one.kind === endpoint.kind);
    if (receiver === undefined) return [];
    const wanted = receiver.events ?? endpoint.events;
    return happenings
      .filter((happening) => wants(wanted, happening.event))
      .flatMap((happening) =>
        receiver.messagesOf(happening).map((message) => ({
          ...message,
          id: newId('webhookMessage', at.getTime()),
          endpointId: endpoint.id,
          happenedAt: happening.at,
          at,
        })),
      );
  });
  return messages.length === 0 ? 0 : await insertMessages(tx, workspaceId, messages);
}

/** What the events tell, orders one by one as they stand now. */
async function readHappenings(tx: Tx, workspaceId: string, some: readonly OutboxEvent[]): Promise<Happening[]> {
  const idsOf = new Map<OutboxEvent, string[]>();
  for (const event of some) {
    if (event.name === conversionChanged) idsOf.set(event, conversionChangedPayload.parse(event.payload).conversionIds);
    if (event.name === creditChanged) idsOf.set(event, creditChangedPayload.parse(event.payload).conversionIds);
  }
  const ids = [...new Set([...idsOf.values()].flat())];
  const orders = new Map((await readOrders(tx, workspaceId, ids)).map((order) => [order.id, order]));
  return some.flatMap((event): Happening[] => {
    const base = { eventId: event.id, at: event.createdAt };
    const ofOrders = idsOf.get(event);
    if (ofOrders === undefined) return [{ ...base, event: event.name, subject: '', data: event.payload }];
    const name = event.name === conversionChanged ? orderChanged : orderCredited;
    return ofOrders.flatMap((id) => {
      const order = orders.get(id);
      return order === undefined ? [] : [{ ...base, event: name, subject: id, data: order }];
    });
  });
}
