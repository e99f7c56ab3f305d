import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { formatAmount, toMoneyJson } from '#kernel/money.ts';
import { dayIn, dayMs } from '#kernel/time.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type {
  lookUpTillCode as lookUpEndpoint,
  openTill as openEndpoint,
  redeemAtTill as redeemEndpoint,
  TillEvent,
  TillVerdict,
  undoAtTill as undoEndpoint,
  visitAtTill as visitEndpoint,
} from '../api.ts';
import { trackingError } from '../errors.ts';
import type { LiveHub } from '../live-hub.ts';
import { type CodeRow, findCodes, lockCode } from '../queries/codes.ts';
import {
  codeUses,
  insertTillEvent,
  selectTillEvent,
  selectTillEvents,
  setTillOrder,
  type TillEventRow,
  type TillRow,
  undoTillEventRow,
} from '../queries/tills.ts';
import { readRefs } from '../read-refs.ts';
import { recordOrders } from '../record-orders.ts';
import { codeKey } from '../rules/code.ts';
import { judgeTillCode, receiptId } from '../rules/judge-till-code.ts';
import { amountIn, givenOn } from '../rules/shop-wish.ts';
import { enterTill, noteWrongCode } from './enter-till.ts';
import { presentTillEvents } from './present-till.ts';
import { customerHash, readHappened, readPaid } from './read-entry.ts';

export const undoMinutes = 15;
const eventsShownMax = 100;

/** The till and what was noted there since yesterday. Errors: tracking.till_unknown, till_closed, till_busy. */
export async function openTill(infra: Infra, call: Call<typeof openEndpoint>): Promise<OutputOf<typeof openEndpoint>> {
  const till = await enterTill(infra, call.input.token);
  return await infra.db.inWorkspace(till.workspace_id, async (tx) => {
    const since = new Date(infra.clock.now().getTime() - dayMs);
    const rows = await selectTillEvents(tx, till.workspace_id, { tillId: till.id, since, limit: eventsShownMax });
    return {
      name: till.name,
      place: till.place,
      brand: (await getWorkspace(tx, till.workspace_id)).name,
      currency: till.currency,
      undoMinutes,
      events: await presentTillEvents(tx, till.workspace_id, rows),
    };
  });
}

/** Errors: those of entering, not_found for a code that is none (counted against guessing). */
export async function lookUpTillCode(infra: Infra, call: Call<typeof lookUpEndpoint>): Promise<TillVerdict> {
  const till = await enterTill(infra, call.input.token);
  const { workspace_id: workspaceId } = till;
  const code = await findCode(infra, till, call.input.code);
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const at = infra.clock.now();
    const verdict = await judge(infra, tx, { till, code, at, customer: call.input.customer, purchase: null });
    const refs = await readRefs(tx, workspaceId, [code]);
    const amount = code.kind === 'fixed' ? amountIn(code, till.currency) : null;
    const reasons =
      code.kind === 'fixed' && amount === null
        ? [...verdict.reasons, `It says nothing in ${till.currency}.`]
        : verdict.reasons;
    return {
      code: code.code,
      creatorName: refs.creatorOf(code.person_id)?.name ?? null,
      kind: code.kind,
      percent: code.percent === null ? null : Number(code.percent),
      amount: amount === null ? null : toMoneyJson(amount),
      isUsable: reasons.length === 0,
      reasons,
      askFor: verdict.askFor,
      isOncePerCustomer: code.is_once_per_customer,
    };
  });
}

/**
 * Notes a purchase with a code as an order of the till. The same key again answers what was noted first.
 * Errors: those of entering, not_found for a code that is none, tracking.code_refused with the reasons, receipt_used, bad_order (field amount or happenedAt).
 */
export async function redeemAtTill(infra: Infra, hub: LiveHub, call: Call<typeof redeemEndpoint>): Promise<TillEvent> {
  const { input } = call;
  const till = await enterTill(infra, input.token);
  const { workspace_id: workspaceId } = till;
  const first = await firstAnswer(infra, till, input.key);
  if (first !== null) return first;
  const at = readHappened(infra, input.happenedAt);
  const paid = readPaid(input.amount, till.currency);
  const found = await findCode(infra, till, input.code);
  const event = await infra.db.inWorkspace(workspaceId, async (tx) => {
    // Held until the end, so that two tills never go beyond a limit together.
    const code = await lockCode(tx, workspaceId, found.id);
    if (code === undefined) throw notFound('code');
    const verdict = await judge(infra, tx, { till, code, at, customer: input.customer, purchase: paid });
    if (verdict.reasons.length > 0) throw trackingError('code_refused', verdict.reasons.join(' '));
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const externalId = receiptId(dayIn(timeZone, at), input.receipt);
    const id = newId('tillEvent', infra.clock.now().getTime());
    const isNew = await insertTillEvent(tx, workspaceId, {
      id,
      tillId: till.id,
      kind: 'redeemed',
      key: input.key,
      codeId: code.id,
      amountMinor: paid.amountMinor,
      discountMinor: givenOn(code, paid),
      receipt: input.receipt,
      customerHash: customerHash(infra, workspaceId, input.customer),
      externalId,
      happenedAt: at,
      receivedAt: infra.clock.now(),
    });
    // Sent twice at the same moment, or the receipt is taken.
    if (!isNew) return await known(tx, till, input.key, input.receipt);
    const details = {
      label: input.receipt,
      orderedAt: at.toISOString(),
      amountMinor: paid.amountMinor.toString(),
      currency: paid.currency,
      codes: [code.code],
      clickIds: [],
      customerHash: null,
      isNewCustomer: null,
      items: [],
      notices: [],
    };
    const now = infra.clock.now().toISOString();
    const recorded = await recordOrders(infra, tx, {
      workspaceId,
      sourceId: till.source_id,
      orders: [
        {
          facts: {
            externalId,
            details: { value: details, at: now },
            state: { value: 'paid', at: now },
            refunds: [],
          },
          email: input.customer?.includes('@') === true ? input.customer : null,
        },
      ],
    });
    await setTillOrder(tx, workspaceId, { id, orderId: recorded.idOf.get(externalId) ?? '' });
    return await selectTillEvent(tx, workspaceId, { tillId: till.id, id });
  });
  const answer = await presentOne(infra, till, event);
  if (answer.orderId !== null) hub.publishOrder({ workspaceId, orderId: answer.orderId });
  return answer;
}

/** Notes a visit; the code's dates and limits do not matter, since nothing is given. Errors: those of entering, not_found for a code that is none. */
export async function visitAtTill(infra: Infra, call: Call<typeof visitEndpoint>): Promise<TillEvent> {
  const { input } = call;
  const till = await enterTill(infra, input.token);
  const { workspace_id: workspaceId } = till;
  const first = await firstAnswer(infra, till, input.key);
  if (first !== null) return first;
  const happenedAt = readHappened(infra, input.happenedAt);
  const code = await findCode(infra, till, input.code);
  const event = await infra.db.inWorkspace(workspaceId, async (tx) => {
    await insertTillEvent(tx, workspaceId, {
      id: newId('tillEvent', infra.clock.now().getTime()),
      tillId: till.id,
      kind: 'visit',
      key: input.key,
      codeId: code.id,
      amountMinor: null,
      discountMinor: null,
      receipt: null,
      customerHash: null,
      externalId: null,
      happenedAt,
      receivedAt: infra.clock.now(),
    });
    return await selectTillEvent(tx, workspaceId, { tillId: till.id, key: input.key });
  });
  return await presentOne(infra, till, event);
}

/** Takes back what this till noted within the last minutes. Errors: those of entering, not_found, tracking.too_late. */
export async function undoAtTill(infra: Infra, call: Call<typeof undoEndpoint>): Promise<TillEvent> {
  const till = await enterTill(infra, call.input.token);
  return await infra.db.inWorkspace(till.workspace_id, async (tx) => {
    const event = await selectTillEvent(tx, till.workspace_id, { tillId: till.id, id: call.input.eventId });
    if (event === undefined) throw notFound('event');
    const ageMs = infra.clock.now().getTime() - event.received_at.getTime();
    if (event.undone_at === null && ageMs > undoMinutes * 60_000)
      throw trackingError('too_late', `Only within ${undoMinutes} minutes. Ask the office to take it back.`);
    return await undoEvent(infra, tx, { workspaceId: till.workspace_id, sourceId: till.source_id, event });
  });
}

/** Undoes an event and cancels its order; again changes nothing. */
export async function undoEvent(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; sourceId: string; event: TillEventRow },
): Promise<TillEvent> {
  const { workspaceId, sourceId, event } = of;
  const at = infra.clock.now();
  const isFirst = await undoTillEventRow(tx, workspaceId, { id: event.id, at });
  if (isFirst && event.external_id !== null)
    await recordOrders(infra, tx, {
      workspaceId,
      sourceId,
      orders: [
        {
          facts: {
            externalId: event.external_id,
            details: null,
            state: { value: 'cancelled', at: at.toISOString() },
            refunds: [],
          },
          email: null,
        },
      ],
    });
  const after = await selectTillEvent(tx, workspaceId, { tillId: event.till_id, id: event.id });
  const [shown] = await presentTillEvents(tx, workspaceId, after === undefined ? [] : [after]);
  if (shown === undefined) throw notFound('event');
  return shown;
}

async function firstAnswer(infra: Infra, till: TillRow, key: string): Promise<TillEvent | null> {
  return await infra.db.inWorkspace(till.workspace_id, async (tx) => {
    const event = await selectTillEvent(tx, till.workspace_id, { tillId: till.id, key });
    if (event === undefined) return null;
    return (await presentTillEvents(tx, till.workspace_id, [event]))[0] ?? null;
  });
}

async function known(tx: Tx, till: TillRow, key: string, receipt: string): Promise<TillEventRow> {
  const same = await selectTillEvent(tx, till.workspace_id, { tillId: till.id, key });
  if (same !== undefined) return same;
  throw trackingError('receipt_used', `Receipt ${receipt} was entered today already. Check the number.`, [
    { field: 'receipt', message: 'Entered already' },
  ]);
}

async function presentOne(infra: Infra, till: TillRow, event: TillEventRow | undefined): Promise<TillEvent> {
  if (event === undefined) throw notFound('event');
  const [shown] = await infra.db.inWorkspace(till.workspace_id, (tx) =>
    presentTillEvents(tx, till.workspace_id, [event]),
  );
  if (shown === undefined) throw notFound('event');
  return shown;
}

async function findCode(infra: Infra, till: TillRow, text: string): Promise<CodeRow> {
  const key = codeKey(text);
  const codes = await infra.db.inWorkspace(till.workspace_id, (tx) => findCodes(tx, till.workspace_id, [key]));
  const code = codes.get(key);
  if (code !== undefined) return code;
  await noteWrongCode(infra, till);
  throw new AppError('not_found', 'tracking.code_unknown', 'There is no such code. Check the spelling.', [
    { field: 'code', message: 'Not known' },
  ]);
}

async function judge(
  infra: Infra,
  tx: Tx,
  of: {
    till: TillRow;
    code: CodeRow;
    at: Date;
    customer: string | undefined;
    purchase: { amountMinor: bigint; currency: string } | null;
  },
) {
  const { till, code, at, customer, purchase } = of;
  const hash = customerHash(infra, till.workspace_id, customer);
  const { timeZone } = await getWorkspace(tx, till.workspace_id);
  const uses = await codeUses(tx, till.workspace_id, { codeId: code.id, codeKey: code.code_key, customerHash: hash });
  return judgeTillCode(code, {
    at,
    uses: uses.uses,
    usesByCustomer: uses.byCustomer,
    hasCustomer: hash !== null,
    purchase,
    say: {
      day: (day) => dayIn(timeZone, day),
      money: (amountMinor, currency) => `${formatAmount({ amountMinor, currency })} ${currency}`,
    },
  });
}
