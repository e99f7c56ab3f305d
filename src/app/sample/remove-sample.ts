import { sql } from 'kysely';
import { againAfterDeadlock } from '#infra/db/after-deadlock.ts';
import type { Tx } from '#infra/db/database.ts';
import { route } from '#infra/http/call.ts';
import type { Infra, Module } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { removeSample } from '#modules/workspaces/api.ts';
import { removeSampleWorkspace } from '#modules/workspaces/index.ts';

/**
 * Removes the sample workspace with everything in it; it sits here since it reaches into the tables of all modules. `forget` drops what is
 * kept of a workspace outside of the database.
 */
export function createSample(infra: Infra, forget: (workspaceId: string) => Promise<void>): Module {
  return {
    name: 'sample',
    routes: [
      route(removeSample, async ({ workspaceId }) => {
        // Work in the background may hold rows of the sample in another order than they are removed.
        const removed = await againAfterDeadlock(() => infra.db.asSystem((tx) => removeSampleFrom(tx, workspaceId)));
        await forget(workspaceId);
        return removed;
      }),
    ],
  };
}

/** One transaction: all of it goes, or nothing. Error: not_found when the workspace is no sample. */
export async function removeSampleFrom(tx: Tx, workspaceId: string): Promise<{ removed: true }> {
  for (const table of await tablesChildrenFirst(tx)) {
    await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(tx);
  }
  // Refuses a workspace that is no sample, and the transaction takes everything back.
  if (!(await removeSampleWorkspace(tx, workspaceId))) throw notFound('sample workspace');
  return { removed: true };
}

/** Every table that belongs to workspaces, those that refer to others before those they refer to. */
async function tablesChildrenFirst(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ name: string; refers_to: string[] }>`
    select c.relname as name,
      array(
        select distinct parent.relname::text from pg_constraint f join pg_class parent on parent.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and f.confrelid <> c.oid
      ) as refers_to
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname`.execute(tx);
  const parents = new Map(rows.map((row) => [row.name, row.refers_to]));
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name) || !parents.has(name)) return;
    seen.add(name);
    for (const parent of parents.get(name) ?? []) visit(parent);
    // After its parents, so that the reversed order has the children first.
    order.push(name);
  };
  for (const { name } of rows) visit(name);
  return order.reverse();
}
