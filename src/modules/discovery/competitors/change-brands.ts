import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { createBrand, deleteBrand, updateBrand, WatchedBrand } from '../api.ts';
import { discoveryError } from '../errors.ts';
import { type BrandRow, lockBrands, removeBrand, selectBrand, writeBrand } from './queries/brands.ts';
import { readTerms } from './rules/brand-terms.ts';

/** A workspace watches a market, not all of them. */
const brandsMax = 200;

export function toBrand(row: BrandRow): WatchedBrand {
  return {
    id: row.id,
    name: row.name,
    isOwn: row.is_own,
    handles: row.handles,
    hashtags: row.hashtags,
    keywords: row.keywords,
    owner: { id: row.owner_id, name: row.owner_name },
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Watches a brand. Errors: brand_terms, brand_name_taken, too_many. */
export async function watchBrand(infra: Infra, call: Call<typeof createBrand>): Promise<WatchedBrand> {
  const { workspaceId, actor, input } = call;
  const terms = termsOf(input);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const brands = await lockBrands(tx, workspaceId);
    if (brands.length >= brandsMax)
      throw discoveryError('too_many', `${brandsMax} brands are watched already. Stop watching one first.`);
    const now = infra.clock.now();
    const brand: BrandRow = {
      id: newId('watchedBrand', now.getTime()),
      name: input.name,
      is_own: input.isOwn,
      ...terms,
      owner_id: actor.id,
      owner_name: actor.name,
      created_at: now,
      updated_at: now,
    };
    await write(tx, workspaceId, brand);
    await audit(tx, call, {
      action: 'brand.watched',
      brand,
      changes: { name: brand.name, isOwn: brand.is_own, ...terms },
    });
    return toBrand(brand);
  });
}

/** Changes a watched brand; who takes it over looks after it. Errors: not_found, brand_terms, brand_name_taken. */
export async function changeBrand(infra: Infra, call: Call<typeof updateBrand>): Promise<WatchedBrand> {
  const { workspaceId, actor, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = (await lockBrands(tx, workspaceId)).find((row) => row.id === input.brandId);
    if (before === undefined) throw notFound('brand');
    const terms = termsOf({
      handles: input.handles ?? before.handles,
      hashtags: input.hashtags ?? before.hashtags,
      keywords: input.keywords ?? before.keywords,
    });
    const brand: BrandRow = {
      ...before,
      name: input.name ?? before.name,
      is_own: input.isOwn ?? before.is_own,
      ...terms,
      ...(input.takeOver === true ? { owner_id: actor.id, owner_name: actor.name } : {}),
      updated_at: infra.clock.now(),
    };
    await write(tx, workspaceId, brand);
    const fields = ['name', 'is_own', 'handles', 'hashtags', 'keywords', 'owner_name'] as const;
    const changes = Object.fromEntries(
      fields.flatMap((field) =>
        JSON.stringify(before[field]) === JSON.stringify(brand[field])
          ? []
          : [[field, { from: before[field], to: brand[field] }]],
      ),
    );
    await audit(tx, call, { action: 'brand.changed', brand, changes });
    return toBrand(brand);
  });
}

/** Stops watching a brand; its files of followers go with it. Error: not_found. */
export async function forgetBrand(infra: Infra, call: Call<typeof deleteBrand>): Promise<{ deleted: boolean }> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const brand = await selectBrand(tx, workspaceId, input.brandId);
    if (brand === null) throw notFound('brand');
    await removeBrand(tx, workspaceId, brand.id);
    await audit(tx, call, { action: 'brand.forgotten', brand, changes: { name: brand.name } });
    return { deleted: true };
  });
}

function termsOf(given: Parameters<typeof readTerms>[0]) {
  const { terms, faults } = readTerms(given);
  if (faults.length > 0)
    throw discoveryError('brand_terms', `${faults[0]?.message ?? 'A term cannot be read'}.`, faults);
  return terms;
}

async function write(tx: Tx, workspaceId: string, brand: BrandRow): Promise<void> {
  if (await writeBrand(tx, workspaceId, brand)) return;
  throw discoveryError('brand_name_taken', `A brand named "${brand.name}" is watched already.`, [
    { field: 'name', message: 'is taken' },
  ]);
}

async function audit(
  tx: Tx,
  call: Call<typeof createBrand> | Call<typeof updateBrand> | Call<typeof deleteBrand>,
  what: { action: string; brand: BrandRow; changes: Record<string, unknown> },
): Promise<void> {
  const { workspaceId, actor, requestId } = call;
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action: what.action,
    subjectKind: 'brand',
    subjectId: what.brand.id,
    changes: what.changes,
  });
}
