import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { encodeCursor, type Page } from '#kernel/page.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { DiscountCode, listCodes as listEndpoint, updateCode as updateEndpoint } from './api.ts';
import { makeCodesJob } from './code-shops/want-in-shops.ts';
import { checkTerms, reviewOrders } from './create-codes.ts';
import { readCursor } from './list-links.ts';
import { presentCodes } from './present-codes.ts';
import { type CodeRow, changeCode, changeCodeOwner, lockCode, personsWithCodes, selectCodes } from './queries/codes.ts';
import { wantAnew } from './queries/codes-in-shops.ts';
import { findPersonsNamed } from './read-refs.ts';
import { resolveSubject } from './resolve-subject.ts';

/** Codes, newest first. Error: tracking.bad_cursor. */
export async function listCodes(infra: Infra, call: Call<typeof listEndpoint>): Promise<Page<DiscountCode>> {
  const { input, workspaceId } = call;
  const { cursor, limit, ...filters } = input;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const q = input.q === undefined || input.q.trim() === '' ? undefined : input.q.trim();
    const personIds =
      q === undefined
        ? undefined
        : await findPersonsNamed(tx, workspaceId, { personIds: await personsWithCodes(tx, workspaceId), words: q });
    const rows = await selectCodes(tx, {
      ...filters,
      workspaceId,
      q,
      personIds,
      limit: limit + 1,
      after: readCursor(cursor),
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: await presentCodes(tx, workspaceId, page, infra.clock.now()),
      nextCursor: rows.length > limit && last !== undefined ? encodeCursor([last.sort_key, last.id]) : null,
    };
  });
}

/**
 * Changes dates, limit, state or whose a code is; orders that used it are credited anew, and shops that have it get the change.
 * Errors: not_found, tracking.bad_terms.
 */
export async function updateCode(infra: Infra, call: Call<typeof updateEndpoint>): Promise<DiscountCode> {
  const { input, workspaceId } = call;
  const now = infra.clock.now();
  const changed = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await lockCode(tx, workspaceId, input.codeId);
    if (before === undefined) throw notFound('code');
    const after = {
      id: before.id,
      state: input.state ?? before.state,
      startsAt: input.startsAt === undefined ? before.starts_at : toDate(input.startsAt),
      endsAt: input.endsAt === undefined ? before.ends_at : toDate(input.endsAt),
      usageLimit: input.usageLimit === undefined ? before.usage_limit : input.usageLimit,
    };
    checkTerms({
      kind: 'free_shipping',
      startsAt: after.startsAt?.toISOString() ?? null,
      endsAt: after.endsAt?.toISOString() ?? null,
      usageLimit: null,
    });
    await changeCode(tx, workspaceId, after);
    const owner = await changeOwner(infra, tx, { call, before });
    const isForShops =
      after.state !== before.state ||
      after.usageLimit !== before.usage_limit ||
      after.startsAt?.getTime() !== before.starts_at?.getTime() ||
      after.endsAt?.getTime() !== before.ends_at?.getTime();
    if (isForShops) await wantAnew(tx, workspaceId, { codeId: before.id, at: now });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'code.changed',
      subjectKind: 'code',
      subjectId: before.id,
      changes: {
        state: { from: before.state, to: after.state },
        startsAt: { from: before.starts_at, to: after.startsAt },
        endsAt: { from: before.ends_at, to: after.endsAt },
        usageLimit: { from: before.usage_limit, to: after.usageLimit },
        ...owner,
      },
    });
    await reviewOrders(infra, tx, workspaceId, [before.code_key]);
    const [code] = await presentCodes(
      tx,
      workspaceId,
      await selectCodes(tx, { workspaceId, ids: [before.id], limit: 1, after: null }),
      now,
    );
    if (code === undefined) throw notFound('code');
    return code;
  });
  await infra.jobs.enqueue(makeCodesJob, {}, makeCodesJob);
  return changed;
}

/** Gives a code to a creator, such as one that was read from a shop. What is left out of the input stays. */
async function changeOwner(
  infra: Infra,
  tx: Tx,
  of: { call: Call<typeof updateEndpoint>; before: CodeRow },
): Promise<{ creator?: { from: string | null; to: string | null } }> {
  const { call, before } = of;
  const { enrolmentId, personId, campaignId } = call.input;
  if (enrolmentId === undefined && personId === undefined && campaignId === undefined) return {};
  const subject = await resolveSubject(infra, tx, call.workspaceId, {
    enrolmentId,
    personId: personId === null ? undefined : (personId ?? before.person_id ?? undefined),
    campaignId: campaignId === null ? undefined : (campaignId ?? before.campaign_id ?? undefined),
  });
  await changeCodeOwner(tx, call.workspaceId, before.id, subject);
  return { creator: { from: before.person_id, to: subject.personId } };
}

function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
