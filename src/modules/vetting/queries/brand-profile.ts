import type { Tx } from '#infra/db/database.ts';
import { type BrandProfile, brandAudienceSchema, competitorDaysDefault } from '../api.ts';

export type BrandSave = Omit<BrandProfile, 'version' | 'updatedBy' | 'updatedAt'>;

const empty: BrandProfile = {
  niches: [],
  keywords: [],
  noGoWords: [],
  competitors: [],
  brief: '',
  values: [],
  handles: [],
  audience: {},
  competitorDays: competitorDaysDefault,
  exclusivity: null,
  version: 0,
  updatedBy: null,
  updatedAt: null,
};

/** The brand profile; version 0 and empty until it is first saved. */
export async function readBrandProfile(tx: Tx, workspaceId: string): Promise<BrandProfile> {
  const row = await tx
    .selectFrom('brand_profile')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst();
  if (row === undefined) return empty;
  const [from, to] = [row.exclusive_from, row.exclusive_to];
  return {
    niches: row.niches,
    keywords: row.keywords,
    noGoWords: row.no_go_words,
    competitors: row.competitors,
    brief: row.brief,
    values: row.brand_values,
    handles: row.handles,
    audience: brandAudienceSchema.parse(row.audience),
    competitorDays: row.competitor_days,
    exclusivity: from === null || to === null ? null : { from: String(from), to: String(to) },
    version: row.version,
    updatedBy: row.updated_by_name,
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function saveBrandProfile(
  tx: Tx,
  workspaceId: string,
  save: { profile: BrandSave; by: { id: string; name: string }; at: Date },
): Promise<void> {
  const { profile } = save;
  const values = {
    niches: profile.niches,
    keywords: profile.keywords,
    no_go_words: profile.noGoWords,
    competitors: profile.competitors,
    brief: profile.brief,
    brand_values: profile.values,
    handles: profile.handles,
    audience: JSON.stringify(profile.audience),
    competitor_days: profile.competitorDays,
    exclusive_from: profile.exclusivity?.from ?? null,
    exclusive_to: profile.exclusivity?.to ?? null,
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
