import type { DropReason } from './judge-hit.ts';

interface Hit {
  workspaceId: string;
  visitorHash: string;
  clickedAt: Date;
  dropReason: DropReason | 'duplicate' | string | null;
}

/**
 * Where the redirect saw haste, the hits of the same visitor just before it were haste too, though nobody could know then: the third link tells of the first two.
 * `withinMs` is how far back that goes. Looks at the hits given and nothing else.
 */
export function judgeHaste<Row extends Hit>(hits: readonly Row[], withinMs: number): Row[] {
  const hasty = Map.groupBy(
    hits.filter((hit) => hit.dropReason === 'haste'),
    (hit) => `${hit.workspaceId} ${hit.visitorHash}`,
  );
  if (hasty.size === 0) return [...hits];
  return hits.map((hit) => {
    if (hit.dropReason !== null) return hit;
    const later = hasty.get(`${hit.workspaceId} ${hit.visitorHash}`) ?? [];
    const isHasty = later.some((one) => {
      const ms = one.clickedAt.getTime() - hit.clickedAt.getTime();
      return ms >= 0 && ms <= withinMs;
    });
    return isHasty ? { ...hit, dropReason: 'haste' } : hit;
  });
}
