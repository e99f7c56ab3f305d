import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { readSubjectHistory } from '#modules/workspaces/index.ts';
import type { getCode as getEndpoint, putCodesInShops as putEndpoint } from './api.ts';
import { readCodesInShops } from './code-shops/read-codes-in-shops.ts';
import { makeCodesJob, tryAnew, wantInShops } from './code-shops/want-in-shops.ts';
import { presentCodes } from './present-codes.ts';
import { selectCodes } from './queries/codes.ts';
import { applyLink } from './rules/apply-link.ts';
import { sayCodeStep } from './rules/say-code-step.ts';

const historyMax = 100;

/** One code with its history and the links that apply it. Error: not_found. */
export async function getCode(infra: Infra, call: Call<typeof getEndpoint>): Promise<OutputOf<typeof getEndpoint>> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectCodes(tx, { workspaceId, ids: [input.codeId], limit: 1, after: null });
    const [code] = await presentCodes(tx, workspaceId, rows, infra.clock.now());
    if (code === undefined) throw notFound('code');
    const steps = await readSubjectHistory(tx, workspaceId, {
      subjectKind: 'code',
      subjectId: code.id,
      limit: historyMax,
    });
    const inShops = await readCodesInShops(tx, workspaceId, [code.id]);
    const made = inShops.flatMap((one) =>
      one.made_at === null
        ? []
        : [
            {
              at: one.made_at,
              who: one.shop_name,
              what: one.is_imported ? `Found in ${one.shop_name}` : `Made in ${one.shop_name}`,
            },
          ],
    );
    const history = [
      ...steps.map((step) => ({ at: step.at, who: step.actorName, what: sayCodeStep(step.action, step.changes) })),
      ...made,
    ]
      .sort((a, b) => b.at.getTime() - a.at.getTime())
      .slice(0, historyMax);
    return {
      ...code,
      history: history.map((step) => ({ ...step, at: step.at.toISOString() })),
      applyLinks: inShops.flatMap((one) => {
        const url = applyLink(one, code.code);
        return url === null ? [] : [{ shopId: one.shop_id, shopName: one.shop_name, url }];
      }),
    };
  });
}

/** Wants codes in shops, or tries again where they are wanted. Errors: not_found for a code or shop that is not there. */
export async function putCodesInShops(infra: Infra, call: Call<typeof putEndpoint>): Promise<{ waiting: number }> {
  const { workspaceId, input } = call;
  const codeIds = [...new Set(input.codeIds)];
  const waiting = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const known = await selectCodes(tx, { workspaceId, ids: codeIds, limit: codeIds.length, after: null });
    if (known.length < codeIds.length) throw notFound('code');
    return input.shopIds === undefined
      ? await tryAnew(infra, tx, { workspaceId, codeIds })
      : await wantInShops(infra, tx, { workspaceId, codeIds, shopIds: input.shopIds });
  });
  await infra.jobs.enqueue(makeCodesJob, {}, makeCodesJob);
  return { waiting };
}
