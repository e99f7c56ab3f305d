import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import type { ErrorDetail } from '#kernel/errors.ts';
import { type IntakeAnswer, intakeAnswerSchema } from './api.ts';
import type { OrderShopAdapter } from './order-shops/port.ts';
import type { ArrivedDelivery, ClosedIntake } from './queries/order-intake.ts';
import type { IntakeSource } from './queries/order-sources.ts';
import { keepArrived } from './read-arrived.ts';
import { hashEmail, type Recorded, recordOrders } from './record-orders.ts';
import { redactCustomers } from './redact-customers.ts';
import type { DeliveryVerdict } from './rules/read-delivery.ts';
import { byOwnIds, tieAliases } from './tie-aliases.ts';

/** What a delivery came to: an answer, or a refusal that is kept and given again to every repeat. */
export type Outcome =
  | {
      kind: 'answer';
      answer: IntakeAnswer;
      /** What this very reading changed; left out where it changed nothing, as for a repeat, whose answer is the first one. */
      news?: 'created' | 'updated';
    }
  | { kind: 'refusal'; error: Refusal };

export interface Refusal {
  code: string;
  message: string;
  details: ErrorDetail[];
}

/** A stored delivery and what it says. */
export interface Reading {
  arrived: ArrivedDelivery;
  verdict: DeliveryVerdict;
}

interface End {
  row: ClosedIntake;
  outcome: Outcome;
}

/** Does what deliveries of one source say, in this transaction; each order stands in at most one of them. */
export async function applyVerdicts(
  parts: { infra: Infra; adapters: readonly OrderShopAdapter[] },
  tx: Tx,
  of: { source: IntakeSource; readings: readonly Reading[] },
): Promise<End[]> {
  const { infra, adapters } = parts;
  const { source, readings } = of;
  const key = { workspaceId: source.workspace_id, sourceId: source.id };
  const said = readings.flatMap(({ verdict }) => (verdict.kind === 'order' ? [verdict] : []));
  for (const { order, aliases = [] } of said)
    if (aliases.length > 0) await tieAliases(infra, tx, { ...key, externalId: order.facts.externalId, aliases });
  const named = said.map(({ order }) => order);
  // Only a payment service calls one order by several ids.
  const orders = source.kind === 'stripe' ? await byOwnIds(tx, key, named) : named;
  const idOf = new Map(named.map((order, at) => [order, orders[at]?.facts.externalId ?? '']));
  const recorded = orders.length === 0 ? null : await recordOrders(infra, tx, { ...key, orders });
  const ends: End[] = [];
  for (const { arrived, verdict } of readings) {
    const { deliveryId } = arrived;
    const keep = keepArrived(adapters, source, {
      arrived,
      hashEmail: (email) => {
        if (verdict.kind === 'redact') return '';
        const known = verdict.kind === 'order' ? recorded?.pseudonyms.get(idOf.get(verdict.order) ?? '') : undefined;
        return known ?? hashEmail(infra, key.workspaceId, email);
      },
    });
    const end = (outcome: Outcome): End => ({
      outcome,
      row: {
        deliveryId,
        outcome: outcome.kind === 'refusal' ? 'refused' : storedOutcome(outcome.answer),
        answer: outcome.kind === 'refusal' ? { error: outcome.error } : outcome.answer,
        conversionId: outcome.kind === 'refusal' ? null : outcome.answer.orderId,
        body: keep,
      },
    });
    const plain = (outcome: IntakeAnswer['outcome'], message: string) =>
      end({ kind: 'answer', answer: { deliveryId, outcome, orderId: null, notices: [{ field: '', message }] } });
    switch (verdict.kind) {
      case 'refused':
        ends.push(end({ kind: 'refusal', error: refusalOf(verdict.details) }));
        break;
      case 'unused':
        ends.push(plain('unused', verdict.message));
        break;
      case 'alias':
        await tieAliases(infra, tx, { ...key, externalId: verdict.externalId, aliases: [verdict.alias] });
        ends.push(plain('applied', `${verdict.alias} is the payment of ${verdict.externalId}.`));
        break;
      case 'redact': {
        const count = await redactCustomers(infra, tx, { ...key, redaction: verdict.redaction });
        ends.push(plain('applied', `${verdict.message} ${count} orders changed.`));
        break;
      }
      case 'order':
        if (recorded !== null)
          ends.push(end(orderOutcome(verdict, { deliveryId, recorded, externalId: idOf.get(verdict.order) ?? '' })));
    }
  }
  return ends;
}

function orderOutcome(
  verdict: Extract<DeliveryVerdict, { kind: 'order' }>,
  of: { deliveryId: string; recorded: Recorded; externalId: string },
): Outcome {
  const { deliveryId, recorded, externalId } = of;
  const { facts } = verdict.order;
  const orderId = recorded.idOf.get(externalId) ?? null;
  const refusals = recorded.refusals.get(externalId) ?? new Map<string, { message: string; isWhole: boolean }>();
  const [refund] = facts.refunds;
  const refused =
    facts.details === null && facts.state === null && refund !== undefined
      ? refusals.get(refund.externalId)
      : undefined;
  // It stays with the order, counts nothing there, and would count if the order turned out larger.
  if (refused?.isWhole === true)
    return {
      kind: 'refusal',
      error: {
        code: 'tracking.bad_refund',
        message: refused.message,
        details: [{ field: 'data.amount', message: refused.message }],
      },
    };
  const isChanged = recorded.created.has(externalId) || recorded.updated.has(externalId);
  const isEarly = orderId === null;
  const notices = [
    ...verdict.notices,
    ...(facts.details?.value.notices ?? []).map((message) => ({ field: 'clickIds', message })),
    ...[...refusals.values()].map(({ message }) => ({ field: 'refunds', message })),
    ...(isEarly
      ? [{ field: 'orderId', message: 'The order itself has not arrived yet; this is kept until it does.' }]
      : []),
  ];
  if (!isChanged && !isEarly) return { kind: 'answer', answer: { deliveryId, outcome: 'unchanged', orderId, notices } };
  const news = recorded.created.has(externalId) ? 'created' : 'updated';
  return { kind: 'answer', answer: { deliveryId, outcome: 'applied', orderId, notices }, news };
}

function refusalOf(details: ErrorDetail[]): Refusal {
  const [first] = details;
  const message =
    first === undefined
      ? 'The order cannot be read.'
      : `${first.field === '' || first.field === undefined ? 'The delivery' : first.field}: ${first.message}`;
  return { code: 'tracking.bad_order', message, details };
}

function storedOutcome(answer: IntakeAnswer): ClosedIntake['outcome'] {
  switch (answer.outcome) {
    case 'waiting':
      throw new Error('A delivery that waits has no outcome yet.');
    default:
      return answer.outcome;
  }
}

/** The answer a repeat gets: the first one. */
export function firstOutcome(stored: unknown): Outcome {
  const answer = intakeAnswerSchema.safeParse(stored);
  if (answer.success) return { kind: 'answer', answer: answer.data };
  const { error } = stored as { error: Refusal };
  return { kind: 'refusal', error };
}
