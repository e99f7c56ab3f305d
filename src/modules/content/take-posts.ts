import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { platformSchema } from '#kernel/platform.ts';
import { takeFoundPost } from '#modules/campaigns/index.ts';
import { tieToDeliverable } from './queries/assets.ts';

interface FoundAsset {
  id: string;
  enrolment_id: string | null;
  deliverable_id?: string | null;
  platform?: string | null;
  format?: string | null;
  url?: string | null;
  posted_at?: Date | string | null;
}

/** Tells the campaign of posts that nobody had given the address of, and ties the pieces to what they are of. */
export async function takePosts(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; call?: Parameters<typeof takeFoundPost>[2]['call']; assets: readonly FoundAsset[] },
): Promise<void> {
  const { workspaceId, call } = of;
  // The earliest post is the one that was expected; later ones are more.
  const posted = (asset: FoundAsset) => (asset.posted_at == null ? Number.MAX_VALUE : +new Date(asset.posted_at));
  for (const asset of of.assets.toSorted((a, b) => posted(a) - posted(b) || a.id.localeCompare(b.id))) {
    const platform = platformSchema.safeParse(asset.platform);
    if (asset.enrolment_id === null || asset.deliverable_id != null || asset.url == null || !platform.success) continue;
    const deliverableId = await takeFoundPost(infra, tx, {
      ...(call === undefined ? {} : { call }),
      workspaceId,
      enrolmentId: asset.enrolment_id,
      platform: platform.data,
      format: asset.format ?? null,
      url: asset.url,
      postedAt: asset.posted_at == null ? null : new Date(asset.posted_at),
    });
    if (deliverableId !== null) await tieToDeliverable(tx, workspaceId, { assetId: asset.id, deliverableId });
  }
}
