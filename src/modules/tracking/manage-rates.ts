import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { isKnownCurrency } from '#kernel/money.ts';
import { encodeCursor } from '#kernel/page.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type {
  importRates as importEndpoint,
  listRates as listEndpoint,
  setRate as setEndpoint,
  getRateState as stateEndpoint,
  switchRates as switchEndpoint,
} from './api.ts';
import { trackingError } from './errors.ts';
import { conversionChanged, idsPerEventMax } from './events.ts';
import { addError, readUpload, startAnswer } from './import-file.ts';
import { readCursor } from './list-links.ts';
import {
  foreignCurrencies,
  ordersWithoutRate,
  type RateRow,
  rateOrders,
  selectEcbWorkspaces,
  selectRateSetting,
  selectRates,
  upsertRateSetting,
  upsertRates,
} from './queries/rates.ts';
import { minorScale } from './rules/minor-scale.ts';
import { readEcbFile, readRateRow } from './rules/read-rates.ts';

const ratesPerWrite = 2000;
const ecbUrl = 'https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml';

/** Rates, newest day first. Error: tracking.bad_cursor. */
export async function listRates(infra: Infra, call: Call<typeof listEndpoint>) {
  const { workspaceId, input } = call;
  const rows = await infra.db.inWorkspace(workspaceId, (tx) =>
    selectRates(tx, workspaceId, { limit: input.limit + 1, after: readCursor(input.cursor) }),
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ created_at, ...rate }) => ({ ...rate, createdAt: created_at.toISOString() })),
    nextCursor:
      rows.length > input.limit && last !== undefined ? encodeCursor([last.day, last.base + last.quote]) : null,
  };
}

/** Enters the rate of a day. Error: tracking.bad_rate. */
export async function setRate(infra: Infra, call: Call<typeof setEndpoint>): Promise<{ orders: number }> {
  const { workspaceId, input } = call;
  for (const field of ['base', 'quote'] as const)
    if (!isKnownCurrency(input[field]))
      throw trackingError(
        'bad_rate',
        `"${input[field]}" is no ISO 4217 currency code. Use one such as USD, EUR or JPY.`,
        [{ field, message: 'Not known' }],
      );
  if (input.base === input.quote)
    throw trackingError('bad_rate', 'Both currencies are the same.', [
      { field: 'quote', message: 'Another one is needed.' },
    ]);
  return await infra.db.inWorkspace(workspaceId, async (tx) => ({
    orders: await takeRates(infra, tx, {
      ...call,
      rates: [{ ...input, source: `by hand, ${call.actor.name}` }],
      what: `${input.base}/${input.quote} of ${input.day}`,
    }),
  }));
}

/** Imports rates from a file; rows at fault are told and left out, the same file again changes nothing. Error: tracking.bad_file. */
export async function importRates(infra: Infra, call: Call<typeof importEndpoint>) {
  const { workspaceId } = call;
  const table = await readUpload(call.request, { day: ['date', 'day'] }, ['day']);
  const answer = startAnswer();
  const rates: RateRow[] = [];
  for (const [index, cells] of table.rows.entries()) {
    answer.read += 1;
    const verdict = readRateRow(table.header, cells);
    if (!verdict.ok) addError(answer, { row: table.rowNumber(index), field: verdict.field, message: verdict.message });
    else if (verdict.rates.length === 0) answer.skipped += 1;
    else rates.push(...verdict.rates.map((rate) => ({ ...rate, source: 'file' })));
  }
  const source = table.header.some((name) => name.trim().toLowerCase() === 'base') ? 'file' : 'ECB file';
  let orders = 0;
  for (let at = 0; at < rates.length; at += ratesPerWrite) {
    const part = rates.slice(at, at + ratesPerWrite).map((rate) => ({ ...rate, source }));
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      orders += await takeRates(infra, tx, { ...call, rates: part, what: `${part.length} rates by file`, answer });
    });
  }
  return { ...answer, orders };
}

/** Writes rates and rates the orders anew that follow from them; attribution hears of the orders. */
async function takeRates(
  infra: Infra,
  tx: Tx,
  of: {
    workspaceId: string;
    actor: Actor;
    requestId: string;
    rates: readonly RateRow[];
    what: string;
    answer?: { created: number; unchanged: number };
  },
): Promise<number> {
  const { workspaceId, rates } = of;
  // Of two rates of one day in a file the later row counts; a statement takes each key once.
  const byKey = new Map(rates.map((rate) => [`${rate.day} ${rate.base} ${rate.quote}`, rate]));
  const changed = await upsertRates(tx, workspaceId, { rates: [...byKey.values()], by: of.actor.id });
  if (of.answer !== undefined) {
    of.answer.created += changed;
    of.answer.unchanged += rates.length - changed;
  }
  if (changed === 0) return 0;
  const { currency } = await getWorkspace(tx, workspaceId);
  const days = rates.map((rate) => rate.day).sort();
  const foreign = await foreignCurrencies(tx, workspaceId, currency);
  const scales = Object.fromEntries(foreign.map((code) => [code, minorScale(code, currency)]));
  const ids = await rateOrders(tx, { workspaceId, currency, from: days[0] ?? '', to: days.at(-1) ?? '', scales });
  const events = [];
  for (let at = 0; at < ids.length; at += idsPerEventMax)
    events.push({
      workspaceId,
      name: conversionChanged,
      payload: { conversionIds: ids.slice(at, at + idsPerEventMax) },
    });
  await infra.outbox.emitAll(tx, events);
  await recordAudit(tx, {
    workspaceId,
    actor: of.actor,
    requestId: of.requestId,
    action: 'rates.entered',
    subjectKind: 'exchange_rate',
    subjectId: of.what,
    changes: { rates: { to: changed }, orders: { to: ids.length } },
  });
  return ids.length;
}

export async function getRateState(infra: Infra, call: Call<typeof stateEndpoint>) {
  return await infra.db.inWorkspace(call.workspaceId, (tx) => stateOf(tx, call.workspaceId));
}

/** Fetches the daily rates from now on, or no more. */
export async function switchRates(infra: Infra, call: Call<typeof switchEndpoint>) {
  const { workspaceId, input } = call;
  const state = await infra.db.inWorkspace(workspaceId, async (tx) => {
    await upsertRateSetting(tx, workspaceId, { isEcbOn: input.isEcbOn });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'rates.switched',
      subjectKind: 'rate_setting',
      subjectId: workspaceId,
      changes: { isEcbOn: { to: input.isEcbOn } },
    });
    return stateOf(tx, workspaceId);
  });
  if (input.isEcbOn) await infra.jobs.enqueue('tracking.fetch-rates', {}, 'now');
  return state;
}

async function stateOf(tx: Tx, workspaceId: string) {
  const { currency } = await getWorkspace(tx, workspaceId);
  const setting = await selectRateSetting(tx, workspaceId);
  const waiting = await ordersWithoutRate(tx, workspaceId, currency);
  return {
    currency,
    isEcbOn: setting?.is_ecb_on ?? false,
    fetchedAt: setting?.fetched_at?.toISOString() ?? null,
    message: setting?.message ?? null,
    waiting: waiting.map((row) => ({ ...row, orders: Number(row.orders) })),
  };
}

/** Rates of the day, or why there are none. */
async function askEcb(infra: Infra, signal: AbortSignal) {
  try {
    const answer = await infra.fetch(ecbUrl, { bytesMax: 1024 * 1024, timeoutMs: 20_000, signal });
    const rates = answer.status === 200 ? readEcbFile(answer.body.toString('utf8')) : null;
    if (rates !== null) return { rates, message: null };
    return { rates, message: `The ECB answered ${answer.status} with no rates. It is tried again tomorrow.` };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { rates: null, message: `${error.message} It is tried again tomorrow.` };
  }
}

/** Fetches the ECB's rates of the day for every workspace that wants them; nothing leaves the machine where none does. */
export async function fetchRates(infra: Infra, signal: AbortSignal): Promise<void> {
  const workspaceIds = await selectEcbWorkspaces(infra.db);
  if (workspaceIds.length === 0) return;
  const { rates, message } = await askEcb(infra, signal);
  const requestId = newId('request', infra.clock.now().getTime());
  for (const workspaceId of workspaceIds)
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      const actor = { kind: 'system' as const, id: 'system', name: 'Daily rates' };
      const rows = (rates ?? []).map((rate) => ({ ...rate, source: 'ECB' }));
      if (rows.length > 0)
        await takeRates(infra, tx, { workspaceId, actor, requestId, rates: rows, what: 'daily rates' });
      await upsertRateSetting(tx, workspaceId, {
        isEcbOn: true,
        message,
        ...(rates === null ? {} : { fetchedAt: infra.clock.now() }),
      });
    });
}
