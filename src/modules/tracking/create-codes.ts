import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { recordAudits } from '#modules/workspaces/index.ts';
import type {
  CodeScope,
  createCode as createEndpoint,
  createRosterCodes as createRosterEndpoint,
  DiscountCode,
} from './api.ts';
import { makeCodesJob, wantInShops } from './code-shops/want-in-shops.ts';
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
  scope?: CodeScope | undefined;
  isFirstOrder?: boolean | undefined;
  isOncePerCustomer?: boolean | undefined;
  minimum?: MoneyJson | null | undefined;
  minimumQuantity?: number | null | undefined;
  otherAmounts?: readonly MoneyJson[] | undefined;
  /** Shops to make it in; the default ones when left out, none for an empty list. */
  shopIds?: readonly string[] | undefined;
}

export interface CodeWish {
  subject: Subject;
  /** Chosen by a person; made from the pattern when null. */
  code: string | null;
  pattern: string;
  terms: CodeTerms;
  /** The code it takes over from. */
  replacesId?: string | undefined;
}

const defaultPattern = '{NAME}{VALUE}';

/** Makes one code. Errors: tracking.bad_code, code_taken, bad_terms, not_found. */
export async function createCode(infra: Infra, call: Call<typeof createEndpoint>): Promise<DiscountCode> {
  const { input, workspaceId } = call;
  const made = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const subject = await resolveSubject(infra, tx, workspaceId, input);
    const ids = await makeCodes(infra, tx, call, [
      { subject, code: input.code ?? null, pattern: defaultPattern, terms: input },
    ]);
    const [code] = await presentCodes(
      tx,
      workspaceId,
      await selectCodes(tx, { workspaceId, ids, limit: 1, after: null }),
      infra.clock.now(),
    );
    if (code === undefined) throw notFound('code');
    return code;
  });
  await infra.jobs.enqueue(makeCodesJob, {}, makeCodesJob);
  return made;
}

/** Makes a code for each creator of a campaign who has none. Errors: tracking.bad_code, bad_terms, not_found. */
export async function createRosterCodes(
  infra: Infra,
  call: Call<typeof createRosterEndpoint>,
): Promise<{ created: number; existing: number; codes: DiscountCode[] }> {
  const { input, workspaceId } = call;
  const answer = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const roster = await resolveRoster(infra, tx, {
      workspaceId,
      campaignId: input.campaignId,
      enrolmentIds: input.enrolmentIds,
    });
    const served = await enrolmentsWithCode(tx, workspaceId, input.campaignId);
    const open = roster.filter((subject) => subject.enrolmentId !== null && !served.has(subject.enrolmentId));
    const chosen = new Map((input.chosen ?? []).map((one) => [one.enrolmentId, one.code]));
    const ids = await makeCodes(
      infra,
      tx,
      call,
      open.map((subject) => ({
        subject,
        code: chosen.get(subject.enrolmentId ?? '') ?? null,
        pattern: input.pattern,
        terms: input,
      })),
    );
    const codes = await presentCodes(
      tx,
      workspaceId,
      await selectCodes(tx, { workspaceId, ids, limit: Math.max(1, ids.length), after: null }),
      infra.clock.now(),
    );
    return { created: codes.length, existing: roster.length - open.length, codes };
  });
  await infra.jobs.enqueue(makeCodesJob, {}, makeCodesJob);
  return answer;
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
  const wanted = new Map<readonly string[] | undefined, string[]>();
  for (const [at, code] of drafts.entries()) {
    const { shopIds } = wishes[at]?.terms ?? {};
    wanted.set(shopIds, [...(wanted.get(shopIds) ?? []), code.id]);
  }
  for (const [shopIds, codeIds] of wanted) await wantInShops(infra, tx, { ...maker, codeIds, shopIds });
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
    scope: terms.scope?.kind ?? 'all',
    scopeItems: terms.scope?.items ?? [],
    isFirstOrder: terms.isFirstOrder ?? false,
    isOncePerCustomer: terms.isOncePerCustomer ?? false,
    minimumMinor: terms.minimum?.amountMinor ?? null,
    minimumCurrency: terms.minimum?.currency ?? null,
    minimumQuantity: terms.minimumQuantity ?? null,
    otherAmounts: Object.fromEntries((terms.otherAmounts ?? []).map((money) => [money.currency, money.amountMinor])),
    replacesId: wish.replacesId ?? null,
  };
}

/** What a pattern is filled with. */
export function factsOf(wish: Pick<CodeWish, 'terms' | 'subject'>): {
  name: string;
  handle: string | null;
  value: string;
} {
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
  const { scope, minimum, otherAmounts = [] } = terms;
  if (scope !== undefined && scope.kind !== 'all' && scope.items.length === 0)
    throw bad('scope.items', `Name at least one of the ${scope.kind}.`);
  if (minimum != null && fromMoneyJson(minimum).amountMinor <= 0n) throw bad('minimum', 'Must be more than nothing.');
  if (minimum != null && terms.minimumQuantity != null)
    throw bad('minimumQuantity', 'A smallest purchase and a smallest number of products exclude each other.');
  if (otherAmounts.length > 0 && terms.kind !== 'fixed')
    throw bad('otherAmounts', 'Further currencies belong to a code of kind fixed.');
  const currencies = [terms.amount, ...otherAmounts].flatMap((money) => (money === undefined ? [] : [money.currency]));
  if (new Set(currencies).size < currencies.length) throw bad('otherAmounts', 'Each currency once.');
  if (otherAmounts.some((money) => fromMoneyJson(money).amountMinor <= 0n))
    throw bad('otherAmounts', 'Each must be more than nothing.');
}
