import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { decodeCursor, encodeCursor, type Page } from '#kernel/page.ts';
import type { listProducts as listEndpoint, Product } from '../api.ts';
import { seedingError } from '../errors.ts';
import { countProducts, selectCategories, selectProducts } from '../queries/products.ts';
import { presentProducts } from './present-products.ts';

/** A page of the catalogue by name. Error: bad_cursor. */
export async function listProducts(
  infra: Infra,
  call: Call<typeof listEndpoint>,
): Promise<Page<Product> & { total: number; categories: string[] }> {
  const { workspaceId, input } = call;
  const filter = {
    q: input.q ?? null,
    category: input.category ?? null,
    shopId: input.shopId ?? null,
    state: input.state,
  };
  const after = readAfter(input.cursor);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const rows = await selectProducts(tx, workspaceId, { filter, after, limit: input.limit + 1 });
    const page = rows.slice(0, input.limit);
    const last = page.at(-1);
    return {
      rows: await presentProducts(tx, workspaceId, page),
      nextCursor:
        rows.length > input.limit && last !== undefined ? encodeCursor([last.name.toLowerCase(), last.id]) : null,
      total: await countProducts(tx, workspaceId, filter),
      categories: await selectCategories(tx, workspaceId),
    };
  });
}

function readAfter(cursor: string | undefined): { name: string; id: string } | null {
  if (cursor === undefined) return null;
  const [name, id] = decodeCursor(cursor) ?? [];
  if (typeof name === 'string' && typeof id === 'string') return { name, id };
  const message = 'Not a cursor of this list. Start again without it.';
  throw seedingError('bad_cursor', `cursor: ${message}`, [{ field: 'cursor', message }]);
}
