import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { CaptureRules, getCaptureRules, putCaptureRules } from './api.ts';
import { capturePosts, readSigns } from './capture-posts.ts';
import { saveCaptureRules, selectCaptureRules } from './queries/capture.ts';
import { signsOf } from './rules/match-post.ts';

/** Error: not_found. */
export async function readRules(infra: Infra, call: Call<typeof getCaptureRules>): Promise<CaptureRules> {
  const { workspaceId, input } = call;
  const { campaignId } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, campaignId);
    const own = await selectCaptureRules(tx, workspaceId, campaignId);
    const signs = await readSigns(tx, workspaceId, campaignId);
    return {
      campaignId,
      mentions: [...signs.mentions],
      hashtags: [...signs.hashtags],
      keywords: [...signs.keywords],
      results: own?.results ?? 'ask',
      isOwn: own !== undefined,
      updatedAt: own?.updated_at.toISOString() ?? null,
      updatedBy: own?.updated_by ?? null,
    };
  });
}

/** Keeps them and looks through the posts that are there. Error: not_found. */
export async function changeRules(
  infra: Infra,
  call: Call<typeof putCaptureRules>,
): Promise<OutputOf<typeof putCaptureRules>> {
  const { workspaceId, input, actor } = call;
  const { campaignId } = input;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, campaignId);
    const { mentions, hashtags, keywords } = signsOf(input);
    const results = input.results ?? (await selectCaptureRules(tx, workspaceId, campaignId))?.results ?? 'ask';
    const rules = { mentions: [...mentions], hashtags: [...hashtags], keywords: [...keywords], results };
    const at = infra.clock.now();
    await saveCaptureRules(tx, workspaceId, { campaignId, ...rules, updated_at: at, updated_by: actor.name });
    await recordAudit(tx, {
      ...call,
      action: 'content_capture.changed',
      subjectKind: 'campaign',
      subjectId: campaignId,
      changes: rules,
    });
    const { captured } = await capturePosts(infra, tx, { workspaceId, campaignId });
    return { campaignId, ...rules, isOwn: true, updatedAt: at.toISOString(), updatedBy: actor.name, captured };
  });
}
