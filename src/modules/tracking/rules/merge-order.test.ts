import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveOrder, emptyRecord, mergeOrder, type OrderRecord } from './merge-order.ts';
import type { OrderFacts } from './order-facts.ts';
import { readDelivery } from './read-delivery.ts';

const now = new Date('2026-06-01T00:00:00Z');
const at = (minute: number) => `2026-05-14T10:${String(minute).padStart(2, '0')}:00Z`;
const money = (amountMinor: number) => ({ amountMinor: String(amountMinor), currency: 'EUR' });
const clickId = 'A'.repeat(32);
const items = [
  { id: 'l1', name: 'Sun cream', quantity: 3, total: '60.00', currency: 'EUR' },
  { id: 'l2', name: 'Bag', quantity: 1, total: '40.00', currency: 'EUR' },
];

/** What a shop says of one order: made, changed, given back by line, charged back, cancelled, and late the click it came by. */
const six = [
  {
    type: 'order.paid',
    data: {
      id: 'X',
      orderedAt: at(0),
      updatedAt: at(0),
      amount: money(10_000),
      items,
      codes: ['NELL10'],
      state: 'paid',
    },
  },
  {
    type: 'order.updated',
    data: { id: 'X', orderedAt: at(0), updatedAt: at(5), amount: money(9000), items, codes: ['NELL10'] },
  },
  {
    type: 'order.refunded',
    data: {
      orderId: 'X',
      id: 'r1',
      amount: money(2000),
      refundedAt: at(7),
      lines: [{ line: 'l1', quantity: 1, amount: money(2000) }],
    },
  },
  {
    type: 'order.refunded',
    data: { orderId: 'X', id: 'cb', kind: 'chargeback', amount: money(9000), refundedAt: at(9), updatedAt: at(9) },
  },
  { type: 'order.cancelled', data: { orderId: 'X', cancelledAt: at(6) } },
  {
    type: 'order.updated',
    data: {
      id: 'X',
      orderedAt: at(0),
      updatedAt: at(8),
      amount: money(9000),
      items,
      codes: ['NELL10'],
      clickIds: [clickId],
    },
  },
];

function factsOf(event: unknown): OrderFacts {
  const verdict = readDelivery(Buffer.from(JSON.stringify(event)), now);
  if (verdict.kind !== 'order') throw new Error(`Not an order: ${JSON.stringify(verdict)}`);
  return verdict.order.facts;
}

function endOf(facts: readonly OrderFacts[]): { record: OrderRecord; order: unknown } {
  const record = facts.reduce((known, fact) => mergeOrder(known, fact), emptyRecord);
  return { record, order: deriveOrder(record) };
}

function* permutations<Item>(of: readonly Item[]): Generator<Item[]> {
  if (of.length <= 1) yield [...of];
  for (const [index, first] of of.entries())
    for (const rest of of.length <= 1 ? [] : permutations(of.toSpliced(index, 1))) yield [first, ...rest];
}

describe('what is said of an order', () => {
  it('ends the same in all 720 orders of its six deliveries, each said once or again at the end', () => {
    const facts = six.map(factsOf);
    const expected = endOf(facts);
    expect(expected.order).toMatchObject({
      amountMinor: 9000n,
      refundedMinor: 9000n,
      state: 'cancelled',
      clickIds: [clickId],
      counts: [
        { externalId: 'cb', countedMinor: 7000n },
        { externalId: 'r1', countedMinor: 2000n },
      ],
    });
    let count = 0;
    for (const order of permutations(facts)) {
      count += 1;
      expect(endOf(order)).toEqual(expected);
      expect(endOf([...order, ...order.toReversed()])).toEqual(expected);
    }
    expect(count).toBe(720);
  });

  it('ends the same in any shuffle of thirty deliveries with repeats, and never gives back more than was paid', () => {
    const minute = fc.integer({ min: 0, max: 59 });
    const delivery = fc.oneof(
      fc
        .record({ amount: fc.integer({ min: 0, max: 20_000 }), from: minute, code: fc.constantFrom('A', 'B') })
        .map(({ amount, from, code }) => ({
          type: 'order.updated',
          data: { id: 'X', orderedAt: at(0), updatedAt: at(from), amount: money(amount), items, codes: [code] },
        })),
      fc
        .record({
          id: fc.constantFrom('r1', 'r2', 'r3'),
          amount: fc.integer({ min: 1, max: 12_000 }),
          from: minute,
          isBack: fc.boolean(),
          isVoid: fc.boolean(),
        })
        .map(({ id, amount, from, isBack, isVoid }) => ({
          type: 'order.refunded',
          data: {
            orderId: 'X',
            id,
            kind: isBack ? 'chargeback' : 'refund',
            state: isVoid ? 'void' : 'standing',
            amount: money(amount),
            refundedAt: at(from),
            updatedAt: at(from),
            lines: [{ line: 'l1', quantity: 1, amount: money(amount) }],
          },
        })),
      minute.map((from) => ({ type: 'order.cancelled', data: { orderId: 'X', cancelledAt: at(from) } })),
    );
    fc.assert(
      fc.property(
        fc.array(delivery, { minLength: 1, maxLength: 30 }).chain((all) =>
          fc.record({
            all: fc.constant(all.map(factsOf)),
            order: fc.shuffledSubarray([...all.keys()], { minLength: all.length, maxLength: all.length }),
            repeats: fc.array(fc.nat({ max: all.length - 1 }), { maxLength: 10 }),
          }),
        ),
        ({ all, order, repeats }) => {
          const shuffled = [...order, ...repeats].flatMap((index) => all.slice(index, index + 1));
          expect(endOf(shuffled)).toEqual(endOf(all));
          const end = deriveOrder(endOf(all).record);
          if (end === null) return;
          expect(end.refundedMinor <= end.amountMinor).toBe(true);
          expect(end.counts.reduce((sum, one) => sum + one.countedMinor, 0n)).toBe(end.refundedMinor);
        },
      ),
      { numRuns: 300 },
    );
  });
});
