import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { notFound } from '#kernel/errors.ts';
import { getPerson } from '#modules/creators/index.ts';
import type { judgeCreatorNow } from './api.ts';
import { judgeCreators } from './judge-creators.ts';

/** Judges one creator's traffic at once. Error: not_found. */
export async function judgeNow(
  infra: Infra,
  call: Call<typeof judgeCreatorNow>,
): Promise<OutputOf<typeof judgeCreatorNow>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { id } = await getPerson(tx, workspaceId, input.personId);
    const [judged] = await judgeCreators(infra, tx, { workspaceId, personIds: [id] });
    if (judged === undefined) throw notFound('creator');
    return { score: judged.score, state: judged.state };
  });
}
