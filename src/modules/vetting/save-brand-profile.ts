import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { BrandProfile, putBrandProfile } from './api.ts';
import { readBrandProfile, saveBrandProfile } from './queries/brand-profile.ts';
import { markStale } from './queries/reports.ts';

/** Replaces the brand profile; every report is stale from then on. Saving the same words again changes nothing. */
export async function replaceBrandProfile(infra: Infra, call: Call<typeof putBrandProfile>): Promise<BrandProfile> {
  const { workspaceId, actor, requestId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await readBrandProfile(tx, workspaceId);
    const profile = {
      ...input,
      niches: distinct(input.niches),
      keywords: distinct(input.keywords),
      noGoWords: distinct(input.noGoWords),
      competitors: distinct(input.competitors),
      values: distinct(input.values),
      handles: distinct(input.handles.map((handle) => handle.replace(/^@/, ''))),
    };
    const changes = Object.fromEntries(
      (Object.keys(profile) as (keyof typeof profile)[])
        .filter((name) => textOf(before[name]) !== textOf(profile[name]))
        .map((name) => [name, { from: before[name], to: profile[name] }]),
    );
    if (before.version > 0 && Object.keys(changes).length === 0) return before;
    const at = infra.clock.now();
    await saveBrandProfile(tx, workspaceId, { profile, by: actor, at });
    await markStale(tx, workspaceId, { personIds: 'all', at });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'brand_profile.saved',
      subjectKind: 'brand_profile',
      subjectId: workspaceId,
      changes,
    });
    return readBrandProfile(tx, workspaceId);
  });
}

/** Objects compare by what they hold, whatever the order of their keys. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** Without repeats, compared without case, the first spelling kept. */
function distinct(words: readonly string[]): string[] {
  const seen = new Map<string, string>();
  for (const word of words) if (!seen.has(word.toLowerCase())) seen.set(word.toLowerCase(), word);
  return [...seen.values()];
}
