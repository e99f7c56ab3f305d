import type { Call } from '#infra/http/call.ts';
import { AppError } from '#kernel/errors.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type { Comparison, compareVetting } from './api.ts';
import { type Compared, compareCreators } from './rules/compare-creators.ts';
import { getLatest, type Parts } from './vet-creator.ts';

/** Creators side by side. One that cannot be vetted is named with its reason and does not keep the others from it. Error: not_found. */
export async function compareReports(parts: Parts, call: Call<typeof compareVetting>): Promise<Comparison> {
  const { workspaceId, input } = call;
  const { db } = parts.infra;
  const personIds = [...new Set(input.personIds)];
  const compared: Compared[] = [];
  const failures: Comparison['failures'] = [];
  for (const personId of personIds) {
    try {
      compared.push(
        await db.inWorkspace(workspaceId, async (tx) => {
          const vetting = await getLatest(parts, tx, workspaceId, { personId });
          const card = (await readPersonCards(tx, workspaceId, [vetting.personId])).get(vetting.personId);
          const profile = card?.profiles.find((one) => one.profileId === vetting.profileId);
          return { vetting, name: card?.name ?? `@${vetting.handle}`, followers: profile?.followers ?? null };
        }),
      );
    } catch (error) {
      if (!(error instanceof AppError) || error.kind === 'not_found') throw error;
      failures.push({ personId, message: error.message });
    }
  }
  return {
    creators: compared.map(({ vetting, name }) => ({
      personId: vetting.personId,
      name,
      platform: vetting.platform,
      handle: vetting.handle,
      score: vetting.score,
      verdict: vetting.verdict,
      decided: vetting.verdicts.find((one) => one.point === 'overall')?.verdict ?? null,
    })),
    rows: compareCreators(compared),
    failures,
  };
}
