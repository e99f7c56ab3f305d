import type { Tx } from '#infra/db/database.ts';
import type { BrandProfile } from '../api.ts';
import type { BrandWords } from '../rules/subject.ts';

/** The brand profile; version 0 and empty until it is first saved. */
export async function readBrandProfile(tx: Tx, workspaceId: string): Promise<BrandProfile> {
  const row = await tx
    .selectFrom('brand_profile')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  if (row === undefined)
    return { niches: [], keywords: [], noGoWords: [], competitors: [], version: 0, updatedBy: null, updatedAt: null };
  return {
    niches: row.niches,
    keywords: row.keywords,
    noGoWords: row.no_go_words,
    competitors: row.competitors,
    version: row.version,
    updatedBy: row.updated_by_name,
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function saveBrandProfile(
  tx: Tx,
  workspaceId: string,
  save: { words: BrandWords; by: { id: string; name: string }; at: Date },
): Promise<void> {
  const values = {
    niches: save.words.niches,
    keywords: save.words.keywords,
    no_go_words: save.words.noGoWords,
    competitors: save.words.competitors,
    updated_by: save.by.id,
    updated_by_name: save.by.name,
    updated_at: save.at,
  };
  await tx
    .insertInto('brand_profile')
    .values({ workspace_id: workspaceId, version: 1, ...values })
    .onConflict((conflict) =>
      conflict
        .column('workspace_id')
        .doUpdateSet((expression) => ({ ...values, version: expression('brand_profile.version', '+', 1) })),
    )
    .execute();
}
