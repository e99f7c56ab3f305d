import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { toMoneyJson } from '#kernel/money.ts';
import { dayIn, dayMs } from '#kernel/time.ts';
import { mailPortalLink } from '#modules/creators/index.ts';
import { getWorkspace, recordAudit } from '#modules/workspaces/index.ts';
import type { DiscountCode, rotateCode as rotateEndpoint } from './api.ts';
import { makeCodesJob } from './code-shops/want-in-shops.ts';
import { type CodeTerms, makeCodes, reviewOrders } from './create-codes.ts';
import { trackingError } from './errors.ts';
import { presentCodes } from './present-codes.ts';
import { type CodeRow, changeCode, codeSuccession, lockCode, selectCodes } from './queries/codes.ts';
import { selectCodesInShops, wantAnew } from './queries/codes-in-shops.ts';
import { resolveSubject, type Subject } from './resolve-subject.ts';

const aheadMaxMs = 366 * dayMs;

type Told = 'mailed' | 'mail_off' | 'no_address' | 'nobody' | 'not_asked';

/**
 * Gives a creator a new code with the same terms; the old one ends on a day, and both credit the creator. Where the old one is in shops the new
 * one is made there, and the old one ends there too. Errors: not_found, tracking.code_replaced, bad_terms, bad_code, code_taken.
 */
export async function rotateCode(
  infra: Infra,
  call: Call<typeof rotateEndpoint>,
): Promise<{ code: DiscountCode; old: DiscountCode; told: Told }> {
  const { input, workspaceId } = call;
  const now = infra.clock.now();
  const answer = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const old = await lockCode(tx, workspaceId, input.codeId);
    if (old === undefined) throw notFound('code');
    const endsAt = readEnd(old, new Date(input.oldEndsAt), now);
    const successor = (await codeSuccession(tx, workspaceId, [old.id])).find((one) => one.old_id === old.id);
    if (successor !== undefined)
      throw trackingError(
        'code_replaced',
        `${old.code} was taken over by ${successor.new_code} already. Rotate that one.`,
      );
    const subject = await subjectOf(infra, tx, workspaceId, old);
    const inShops = await selectCodesInShops(tx, workspaceId, [old.id]);
    const shopIds = inShops.filter((one) => one.is_on).map((one) => one.shop_id);
    const [newId = ''] = await makeCodes(infra, tx, call, [
      {
        subject,
        code: input.code ?? null,
        pattern: patternOf(old),
        terms: { ...termsOf(old, now), shopIds },
        replacesId: old.id,
      },
    ]);
    await changeCode(tx, workspaceId, {
      id: old.id,
      state: old.state,
      startsAt: old.starts_at,
      endsAt,
      usageLimit: old.usage_limit,
    });
    await wantAnew(tx, workspaceId, { codeId: old.id, at: now });
    await reviewOrders(infra, tx, workspaceId, [old.code_key]);
    const [fresh] = await present(infra, tx, workspaceId, newId);
    const [before] = await present(infra, tx, workspaceId, old.id);
    if (fresh === undefined || before === undefined) throw notFound('code');
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'code.rotated',
      subjectKind: 'code',
      subjectId: old.id,
      changes: { endsAt: { from: old.ends_at, to: endsAt }, newCode: fresh.code, reason: input.reason },
    });
    const told = input.tellsCreator ? await tell(infra, tx, { call, old, fresh, endsAt }) : ('not_asked' as const);
    return { code: fresh, old: before, told };
  });
  await infra.jobs.enqueue(makeCodesJob, {}, makeCodesJob);
  return answer;
}

function readEnd(old: CodeRow, asked: Date, now: Date): Date {
  const bad = (message: string) =>
    trackingError('bad_terms', `oldEndsAt: ${message}`, [{ field: 'oldEndsAt', message }]);
  if (old.ends_at !== null && old.ends_at <= now) throw bad(`${old.code} has ended already.`);
  if (asked.getTime() > now.getTime() + aheadMaxMs) throw bad('More than a year ahead.');
  // Somebody means "now" and the request takes a moment.
  const end = asked < now ? now : asked;
  if (old.ends_at !== null && old.ends_at < end) return old.ends_at;
  if (old.starts_at !== null && end <= old.starts_at) throw bad('Must lie after the start of the code.');
  return end;
}

async function subjectOf(infra: Infra, tx: Tx, workspaceId: string, old: CodeRow): Promise<Subject> {
  return await resolveSubject(infra, tx, workspaceId, {
    enrolmentId: old.enrolment_id ?? undefined,
    campaignId: old.campaign_id ?? undefined,
    personId: old.person_id ?? undefined,
  });
}

/** The new one keeps what its creator is known by and gets letters nobody guesses from the old one. */
function patternOf(old: CodeRow): string {
  return old.person_id === null ? `${old.code.slice(0, 12)}{RANDOM}` : '{NAME}{VALUE}{RANDOM}';
}

function termsOf(old: CodeRow, now: Date): CodeTerms {
  return {
    kind: old.kind,
    percent: old.percent === null ? undefined : Number(old.percent),
    amount:
      old.amount_minor === null || old.currency === null
        ? undefined
        : toMoneyJson({ amountMinor: old.amount_minor, currency: old.currency }),
    startsAt: old.starts_at !== null && old.starts_at > now ? old.starts_at.toISOString() : null,
    // The end the old one had before it was cut short.
    endsAt: old.ends_at?.toISOString() ?? null,
    usageLimit: old.usage_limit,
    scope: { kind: old.scope, items: old.scope_items },
    isFirstOrder: old.is_first_order,
    isOncePerCustomer: old.is_once_per_customer,
    minimum:
      old.minimum_minor === null || old.minimum_currency === null
        ? null
        : toMoneyJson({ amountMinor: old.minimum_minor, currency: old.minimum_currency }),
    minimumQuantity: old.minimum_quantity,
    otherAmounts: Object.entries(old.other_amounts).map(([currency, amountMinor]) => ({ amountMinor, currency })),
  };
}

async function present(infra: Infra, tx: Tx, workspaceId: string, id: string): Promise<DiscountCode[]> {
  const rows = await selectCodes(tx, { workspaceId, ids: [id], limit: 1, after: null });
  return presentCodes(tx, workspaceId, rows, infra.clock.now());
}

async function tell(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof rotateEndpoint>; old: CodeRow; fresh: DiscountCode; endsAt: Date },
): Promise<Told> {
  const { call, old, fresh, endsAt } = of;
  if (old.person_id === null) return 'nobody';
  const { timeZone } = await getWorkspace(tx, call.workspaceId);
  const { mail } = await mailPortalLink(infra, tx, {
    workspaceId: call.workspaceId,
    personId: old.person_id,
    madeBy: call.actor.name,
    path: '/links',
    key: `code-rotated/${fresh.id}`,
    subject: `Your new code is ${fresh.code}`,
    lines: [
      `From now on your code is ${fresh.code}. Please use it in new posts, and change it where you can in older ones.`,
      `${old.code} works until ${dayIn(timeZone, endsAt)}. Orders with either of them are counted for you.`,
      'Your links and codes:',
    ],
  });
  return mail === 'queued' ? 'mailed' : mail === 'off' ? 'mail_off' : 'no_address';
}
