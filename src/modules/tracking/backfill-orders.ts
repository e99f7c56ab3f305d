import { createHash } from 'node:crypto';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { findShop, noteShopFault, openShop, ShopFault } from '#modules/shops/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type {
  cancelBackfill as cancelEndpoint,
  listBackfills as listEndpoint,
  OrderBackfill,
  startBackfill as startEndpoint,
} from './api.ts';
import { trackingError } from './errors.ts';
import type { Intake } from './intake.ts';
import type { OrderShopAdapter } from './order-shops/port.ts';
import {
  type BackfillRow,
  claimBackfill,
  insertBackfill,
  lockBackfill,
  moveBackfill,
  releaseBackfill,
  runningBackfills,
  selectBackfills,
} from './queries/order-backfills.ts';
import { findIntakeSources, selectSource } from './queries/order-sources.ts';

/** Pages one run of the job reads of one shop; the next run goes on. */
const pagesPerRun = 20;
/** Runs in a row, one a minute, in which the shop may give no answer: a day. */
const waitsMax = 1440;
/** Longer than a page takes, with all its repeated calls. */
const leaseSeconds = 300;

interface Parts {
  infra: Infra;
  intake: Intake;
  orderShops: readonly OrderShopAdapter[];
}

/** Starts reading past orders. Errors: not_found, tracking.wrong_source_kind, source_revoked, backfill_running. */
export async function startBackfill(parts: Parts, call: Call<typeof startEndpoint>): Promise<OrderBackfill> {
  const { infra } = parts;
  const { workspaceId, input } = call;
  const id = newId('importRun', infra.clock.now().getTime());
  const started = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const source = await selectSource(tx, workspaceId, input.sourceId);
    if (source === undefined) throw notFound('order source');
    if (source.revoked_at !== null)
      throw trackingError('source_revoked', `"${source.name}" was revoked. Make a new source.`);
    const shop = await findShop(tx, workspaceId, input.shopId);
    if (shop === undefined) throw notFound('shop');
    if (shop.kind !== source.kind)
      throw trackingError(
        'wrong_source_kind',
        `"${source.name}" is no source of ${shop.kind}: orders of ${shop.name} come by a source of their own.`,
        [{ field: 'shopId', message: 'Of another kind' }],
      );
    const row = { workspaceId, id, sourceId: source.id, since: input.since, shopId: shop.id, startedBy: call.actor.id };
    if (!(await insertBackfill(tx, row)))
      throw trackingError('backfill_running', 'Past orders of this source are being read already.');
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'order-source.backfill-started',
      subjectKind: 'order_source',
      subjectId: source.id,
      changes: { since: { to: input.since } },
    });
    const made = await lockBackfill(tx, workspaceId, id);
    if (made === undefined) throw notFound('backfill');
    return toBackfill(made);
  });
  await infra.jobs.enqueue('tracking.backfill-orders', {}, 'now');
  return started;
}

/** Error: not_found. */
export async function listBackfills(infra: Infra, call: Call<typeof listEndpoint>): Promise<OrderBackfill[]> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    if ((await selectSource(tx, workspaceId, input.sourceId)) === undefined) throw notFound('order source');
    return (await selectBackfills(tx, workspaceId, input.sourceId)).map(toBackfill);
  });
}

/** Stops after the page that is being read. Errors: not_found, tracking.backfill_over. */
export async function cancelBackfill(infra: Infra, call: Call<typeof cancelEndpoint>): Promise<OrderBackfill> {
  const { workspaceId, input } = call;
  return await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockBackfill(tx, workspaceId, input.backfillId);
    if (row === undefined || row.source_id !== input.sourceId) throw notFound('backfill');
    if (row.state !== 'running') throw trackingError('backfill_over', 'It has ended already.');
    await moveBackfill(
      tx,
      { workspaceId, id: row.id },
      { state: 'cancelled', message: `Stopped by ${call.actor.name}` },
    );
    const after = await lockBackfill(tx, workspaceId, row.id);
    return toBackfill(after ?? row);
  });
}

/** Reads on where readings of past orders stand. A page repeats after a crash and changes nothing then. */
export async function readOnBackfills(parts: Parts, signal: AbortSignal): Promise<void> {
  for (const row of await runningBackfills(parts.infra.db)) {
    // A fault of ours in one reading does not hold up those of others; the next run tries that page again.
    await readPages(parts, { workspaceId: row.workspace_id, id: row.id, signal }).catch((error: unknown) =>
      parts.infra.log.error(
        { err: error, backfillId: row.id },
        'past orders could not be read, they will be tried again',
      ),
    );
  }
}

async function readPages(parts: Parts, of: { workspaceId: string; id: string; signal: AbortSignal }): Promise<void> {
  const { db } = parts.infra;
  if (!(await db.inWorkspace(of.workspaceId, (tx) => claimBackfill(tx, { ...of, leaseSeconds })))) return;
  try {
    for (let page = 0; page < pagesPerRun && !of.signal.aborted; page += 1) if (!(await readPage(parts, of))) break;
  } finally {
    await db.inWorkspace(of.workspaceId, (tx) => releaseBackfill(tx, of));
  }
}

/** Reads one page; true when there is another one to read now. */
async function readPage(
  { infra, intake, orderShops }: Parts,
  of: { workspaceId: string; id: string; signal: AbortSignal },
): Promise<boolean> {
  const { workspaceId, id } = of;
  const { row, shop } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const row = await lockBackfill(tx, workspaceId, id);
    const shopId = row?.cursor?.shopId;
    return { row, shop: shopId === undefined ? undefined : await findShop(tx, workspaceId, shopId) };
  });
  if (row === undefined || row.state !== 'running') return false;
  const source = (await findIntakeSources(infra.db, [row.source_id])).get(row.source_id);
  const adapter = orderShops.find((one) => one.kind === source?.kind);
  const end = (message: string) =>
    infra.db.inWorkspace(workspaceId, (tx) => moveBackfill(tx, of, { state: 'failed', message }));
  if (source === undefined || adapter === undefined || shop === undefined) {
    await end('The shop or the source is gone.');
    return false;
  }
  try {
    const access = openShop(infra, shop, { use: 'orders', signal: of.signal });
    const page = await adapter.pull(access, { since: row.since, cursor: row.cursor?.at ?? null });
    const added = { read: page.deliveries.length, created: 0, updated: 0, unchanged: 0, refused: 0 };
    for (const pulled of page.deliveries) {
      const body = Buffer.from(pulled.body);
      // Another state of an order is another delivery; the same state once more is the same.
      const deliveryId = `pulled ${pulled.id} ${createHash('sha256').update(body).digest('hex').slice(0, 16)}`.slice(
        0,
        200,
      );
      const outcome = await intake.take(source, { deliveryId, topic: pulled.topic, body });
      if (outcome.kind === 'refusal') added.refused += 1;
      else added[outcome.news ?? 'unchanged'] += 1;
    }
    const isOver = page.cursor === null;
    await infra.db.inWorkspace(workspaceId, async (tx) => {
      const now = await lockBackfill(tx, workspaceId, id);
      // Another run took over after the lease had ended, and counted this page.
      if (now === undefined || now.pages !== row.pages) return;
      const state = now.state === 'running' ? (isOver ? 'done' : 'running') : now.state;
      await moveBackfill(tx, of, {
        state,
        cursor: { shopId: shop.id, at: page.cursor },
        message: state === 'cancelled' ? now.message : null,
        added,
        leaseSeconds,
      });
    });
    return !isOver;
  } catch (error) {
    if (!(error instanceof ShopFault)) throw error;
    await infra.db.inWorkspace(workspaceId, (tx) =>
      noteShopFault(tx, workspaceId, { shopId: shop.id, use: 'orders', fault: error }),
    );
    // What passes by itself is waited for: the next run of the job tries the same page again.
    const isPassing = error.kind === 'unavailable' || error.kind === 'rate_limited';
    if (isPassing && row.waits < waitsMax)
      await infra.db.inWorkspace(workspaceId, async (tx) => {
        // Somebody may have cancelled it meanwhile.
        const now = await lockBackfill(tx, workspaceId, id);
        if (now?.state !== 'running') return;
        await moveBackfill(tx, of, { state: 'running', message: `Waits: ${error.message}`, waits: row.waits + 1 });
      });
    else await end(error.message);
    return false;
  }
}

function toBackfill(row: BackfillRow): OrderBackfill {
  return {
    id: row.id,
    sourceId: row.source_id,
    state: row.state,
    since: row.since.toISOString(),
    pages: row.pages,
    read: row.orders_read,
    created: row.orders_created,
    updated: row.orders_updated,
    unchanged: row.orders_unchanged,
    refused: row.orders_refused,
    message: row.message,
    startedAt: row.started_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
