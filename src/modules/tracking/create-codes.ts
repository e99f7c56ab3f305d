import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { recordAudits } from '#modules/workspaces/index.ts';
import type { createCode as createEndpoint, createRosterCodes as createRosterEndpoint, DiscountCode } from './api.ts';
import { type Maker, random } from './create-links.ts';
import { trackingError } from './errors.ts';
import { conversionChanged, idsPerEventMax } from './events.ts';
import { presentCodes } from './present-codes.ts';
import { enrolmentsWithCode, insertCodes, type NewCode, ordersWithCodes, selectCodes } from './queries/codes.ts';
import { resolveRoster, resolveSubject, type Subject } from './resolve-subject.ts';
import { readCode, suggestCode } from './rules/code.ts';

const triesMax = 12;
const insertRowsMax = 1000;

/** What a code gives and when. */
export interface CodeTerms {
  kind: 'percent' | 'fixed' | 'free_shipping';
  percent?: number | undefined;
  amount?: MoneyJson | undefined;
  startsAt: string | null;
  endsAt: string | null;
  usageLimit: number | null;
}

export interface CodeWish {
  subject: Subject;
  /** Chosen by a person; made from the pattern when null. */
  code: string | null;
  pattern: string;
  terms: CodeTerms;
}

const defaultPattern = '{NAME}{VALUE}';

/** Makes one code. Errors: tracking.bad_code, code_taken, bad_terms, not_found. */
export async function createCode(infra: Infra, call: Call<typeof createEndpoint>): Promise<DiscountCode> {
  const { input, workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const subject = await resolveSubject(infra, tx, workspaceId, input);
    const ids = await makeCodes(infra, tx, call, [
      { subject, code: input.code ?? null, pattern: defaultPattern, terms: input },
    ]);
    const [code] = await presentCodes(
      tx,
      workspaceId,
      await selectCodes(tx, { workspaceId, ids, limit: 1, after: null }),
    );
    if (code === undefined) throw notFound('code');
    return code;
  });
}

/** Makes a code for each creator of a campaign who has none. Errors: tracking.bad_code, bad_terms, not_found. */
export async function createRosterCodes(
  infra: Infra,
  call: Call<typeof createRosterEndpoint>,
): Promise<{ created: number; existing: number; codes: DiscountCode[] }> {
  const { input, workspaceId } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const roster = await resolveRoster(infra, tx, {
      workspaceId,
      campaignId: input.campaignId,
      enrolmentIds: input.enrolmentIds,
    });
    const served = await enrolmentsWithCode(tx, workspaceId, input.campaignId);
    const open = roster.filter((subject) => subject.enrolmentId !== null && !served.has(subject.enrolmentId));
    const ids = await makeCodes(
      infra,
      tx,
      call,
      open.map((subject) => ({ subject, code: null, pattern: input.pattern, terms: input })),
    );
    const codes = await presentCodes(
      tx,
      workspaceId,
      await selectCodes(tx, { workspaceId, ids, limit: Math.max(1, ids.length), after: null }),
    );
    return { created: codes.length, existing: roster.length - open.length, codes };
  });
}

/** Makes codes in this transaction and returns their ids. Orders that used one of them before it was known are credited anew. */
export async function makeCodes(infra: Infra, tx: Tx, maker: Maker, wishes: readonly CodeWish[]): Promise<string[]> {
  const drafts = wishes.map((wish) => draft(infra, maker, wish));
  let open = drafts;
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const inserted = new Set<string>();
    for (let at = 0; at < open.length; at += insertRowsMax) {
      for (const id of await insertCodes(tx, maker.workspaceId, open.slice(at, at + insertRowsMax))) inserted.add(id);
    }
    open = open.filter((code) => !inserted.has(code.id));
    for (const code of open) {
      const wish = wishes[drafts.indexOf(code)];
      if (wish === undefined || wish.code !== null || attempt >= triesMax) {
        throw trackingError(
          'code_taken',
          `The code "${code.code}" exists in this workspace already. Choose another one.`,
          [{ field: 'code', message: 'Taken' }],
        );
      }
      Object.assign(code, spell(suggestCode(wish.pattern, factsOf(wish), random, attempt)));
    }
  }
  await recordAudits(
    tx,
    drafts.map((code) => ({
      workspaceId: maker.workspaceId,
      actor: maker.actor,
      requestId: maker.requestId,
      action: 'code.created',
      subjectKind: 'code',
      subjectId: code.id,
      changes: { code: { to: code.code } },
    })),
  );
  await reviewOrders(
    infra,
    tx,
    maker.workspaceId,
    drafts.map((code) => code.key),
  );
  return drafts.map((code) => code.id);
}

/** Has the orders that used these codes credited anew. */
export async function reviewOrders(infra: Infra, tx: Tx, workspaceId: string, keys: readonly string[]): Promise<void> {
  const ids = await ordersWithCodes(tx, workspaceId, keys);
  for (let at = 0; at < ids.length; at += idsPerEventMax) {
    await infra.outbox.emit(tx, {
      workspaceId,
      name: conversionChanged,
      payload: { conversionIds: ids.slice(at, at + idsPerEventMax) },
    });
  }
}

function draft(infra: Infra, maker: Maker, wish: CodeWish): NewCode {
  const { terms, subject } = wish;
  checkTerms(terms);
  return {
    id: newId('code', infra.clock.now().getTime()),
    ...spell(wish.code ?? suggestCode(wish.pattern, factsOf(wish), random)),
    kind: terms.kind,
    percent: terms.kind === 'percent' ? (terms.percent ?? null) : null,
    amountMinor: terms.kind === 'fixed' ? (terms.amount?.amountMinor ?? null) : null,
    currency: terms.kind === 'fixed' ? (terms.amount?.currency ?? null) : null,
    startsAt: terms.startsAt,
    endsAt: terms.endsAt,
    usageLimit: terms.usageLimit,
    campaignId: subject.campaignId,
    enrolmentId: subject.enrolmentId,
    personId: subject.personId,
    createdBy: maker.actor.id,
  };
}

function factsOf(wish: CodeWish): { name: string; handle: string | null; value: string } {
  const { terms, subject } = wish;
  const value =
    terms.kind === 'percent'
      ? String(Math.floor(terms.percent ?? 0))
      : terms.kind === 'fixed' && terms.amount !== undefined
        ? (formatAmount(fromMoneyJson(terms.amount)).split('.')[0] ?? '')
        : '';
  return {
    name: subject.name ?? subject.campaignName ?? '',
    handle: subject.handle,
    value: value === '0' ? '' : value,
  };
}

function spell(text: string): { code: string; key: string } {
  const verdict = readCode(text);
  if (!verdict.ok) throw trackingError('bad_code', verdict.message, [{ field: 'code', message: verdict.message }]);
  return { code: verdict.code, key: verdict.key };
}

/** Error: tracking.bad_terms when the discount or the dates make no sense. */
export function checkTerms(terms: CodeTerms): void {
  const bad = (field: string, message: string) =>
    trackingError('bad_terms', `${field}: ${message}`, [{ field, message }]);
  if (terms.kind === 'percent' && terms.percent === undefined)
    throw bad('percent', 'Needed for a code of kind percent.');
  if (terms.kind === 'fixed') {
    if (terms.amount === undefined) throw bad('amount', 'Needed for a code of kind fixed.');
    if (fromMoneyJson(terms.amount).amountMinor <= 0n) throw bad('amount', 'Must be more than nothing.');
  }
  if (terms.startsAt !== null && terms.endsAt !== null && Date.parse(terms.endsAt) <= Date.parse(terms.startsAt))
    throw bad('endsAt', 'Must lie after the start.');
}
