import pg from 'pg';
import { z } from 'zod';
import { type Client, createClient } from '#client/client.ts';
import { readServerFile } from '#infra/data-folder/server-file.ts';
import { createCode, createLink, createOrder } from '#modules/tracking/api.ts';
import { createApiKey } from '#modules/workspaces/api.ts';
import { databaseUrl } from './server-process.ts';

const browser = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36';
const slug = 'under-load';
const clickersAtOnce = 8;
const buyersAtOnce = 3;
const answerTimeoutMs = 15_000;
/** Between two visits of one visitor; as many clicks as the machine can take would all have to be drained and compared. */
const visitPauseMs = 4;

/** What the other side was told is kept: it must be there for ever, once. */
export interface Acknowledged {
  clickIds: Set<string>;
  /** Amount in minor units by the order's id. */
  orders: Map<string, bigint>;
  /** Answers that were neither sent on nor asked to try again. */
  odd: string[];
  /** Visits that were asked to try again. */
  refused: number;
}

/** What a load goes on with in a later run. */
export const savedLoadSchema = z.object({
  key: z.string(),
  visitors: z.int(),
  ordered: z.int(),
  clickIds: z.array(z.string()),
  orders: z.array(z.tuple([z.string(), z.string()])),
});
export type SavedLoad = z.infer<typeof savedLoadSchema>;

export interface ShopLoad {
  told: Acknowledged;
  save(): SavedLoad;
  /** Visits and orders without end against that address; `stop` resolves when the last answer is in. */
  begin(address: string): { stop(): Promise<void> };
}

/** A link and a code on a running server, and visitors and buyers that note what they were told; those of an earlier run where `saved` is given. */
export async function prepareShopLoad(
  address: string,
  dataDir: string,
  saved: SavedLoad | null = null,
): Promise<ShopLoad> {
  const { key, visitors, ordered, clickIds, orders } = saved ?? (await makeShop(address, dataDir));
  const counts = { visitors, ordered };
  const told: Acknowledged = {
    clickIds: new Set(clickIds),
    orders: new Map(orders.map(([id, minor]) => [id, BigInt(minor)])),
    odd: [],
    refused: 0,
  };
  return {
    told,
    save: () => ({
      key,
      ...counts,
      clickIds: [...told.clickIds],
      orders: [...told.orders].map(([id, minor]) => [id, minor.toString()]),
    }),
    begin: (at) => beginLoad(at, { key, counts, told }),
  };
}

async function makeShop(address: string, dataDir: string): Promise<SavedLoad> {
  const token = (await readServerFile(dataDir))?.token ?? '';
  const machine = createClient({ baseUrl: address, fetch, apiKey: token });
  const { key } = await machine.call(createApiKey, { name: 'load', scopes: ['all'] });
  const client = clientOf(address, key);
  await client.call(createLink, { destination: 'https://shop.example/', slug });
  await client.call(createCode, { code: 'LOAD10', kind: 'percent', percent: 10 });
  return { key, visitors: 0, ordered: 0, clickIds: [], orders: [] };
}

function beginLoad(
  address: string,
  of: { key: string; counts: { visitors: number; ordered: number }; told: Acknowledged },
): { stop(): Promise<void> } {
  const { counts, told } = of;
  const buyer = clientOf(address, of.key);
  let isOn = true;
  const click = async () => {
    while (isOn) {
      counts.visitors += 1;
      await visit(address, `${browser} Visitor/${counts.visitors}`, told);
      await pause(visitPauseMs);
    }
  };
  const buy = async () => {
    while (isOn) {
      counts.ordered += 1;
      const amountMinor = BigInt(1000 + (counts.ordered % 977));
      await order(buyer, { id: `load-${counts.ordered}`, amountMinor }, told);
    }
  };
  const all = [...Array.from({ length: clickersAtOnce }, click), ...Array.from({ length: buyersAtOnce }, buy)];
  return {
    stop: async () => {
      isOn = false;
      await Promise.all(all);
    },
  };
}

function clientOf(address: string, apiKey: string): Client {
  return createClient({
    baseUrl: address,
    fetch: (request) => fetch(request, { signal: AbortSignal.timeout(answerTimeoutMs) }),
    apiKey,
  });
}

async function visit(address: string, userAgent: string, told: Acknowledged): Promise<void> {
  const answer = await fetch(new URL(`/${slug}`, address), {
    redirect: 'manual',
    headers: { 'user-agent': userAgent },
    signal: AbortSignal.timeout(answerTimeoutMs),
  }).catch(() => null);
  if (answer === null) {
    await pause();
    return;
  }
  const location = answer.headers.get('location');
  if (answer.status === 302 && location !== null) {
    const id = new URL(location).searchParams.get('rapport_click');
    if (id === null) told.odd.push(`302 without a click id: ${location}`);
    else told.clickIds.add(id);
    return;
  }
  if (answer.status === 503) {
    told.refused += 1;
    await pause();
  } else told.odd.push(`${answer.status} ${location ?? ''}`);
}

async function order(client: Client, of: { id: string; amountMinor: bigint }, told: Acknowledged): Promise<void> {
  const [clickId] = [...told.clickIds].slice(-1);
  try {
    await client.call(createOrder, {
      id: of.id,
      orderedAt: new Date().toISOString(),
      amount: { amountMinor: of.amountMinor.toString(), currency: 'EUR' },
      ...(clickId === undefined ? {} : { clickIds: [clickId] }),
      codes: ['LOAD10'],
    });
    told.orders.set(of.id, of.amountMinor);
  } catch {
    // Not acknowledged: it may be there or not, but never twice.
    await pause();
  }
}

function pause(ms = 10): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What the database holds against what was told, and its sums against a replay of the raw rows; empty when all is well. */
export async function faultsOf(dataDir: string, told: Acknowledged): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl(dataDir) });
  await client.connect();
  try {
    const rows = async <Row extends pg.QueryResultRow>(text: string) => (await client.query<Row>(text)).rows;
    const clicks = await rows<{ click_id: string }>('select click_id from click');
    const stored = new Set(clicks.map((row) => row.click_id));
    const orders = await rows<{ external_id: string; amount_minor: string }>(
      'select external_id, amount_minor from conversion',
    );
    const amounts = new Map(orders.map((row) => [row.external_id, BigInt(row.amount_minor)]));
    const [sums] = await rows<Record<string, string>>(replay);
    return [
      ...[...told.clickIds].filter((id) => !stored.has(id)).map((id) => `click ${id} was acknowledged and is lost`),
      ...(clicks.length === stored.size ? [] : [`${clicks.length - stored.size} clicks are there twice`]),
      ...[...told.orders]
        .filter(([id, minor]) => amounts.get(id) !== minor)
        .map(([id]) => `order ${id} was acknowledged and is lost or other`),
      ...(orders.length === amounts.size ? [] : [`${orders.length - amounts.size} orders are there twice`]),
      ...Object.entries(sums ?? {})
        .filter(([, value]) => value !== '0')
        .map(([name, value]) => `${name}: ${value}`),
    ];
  } finally {
    await client.end();
  }
}

// Each figure is how many rows differ between what is summed and what the raw rows come to.
const replay = `
  select
    (select count(*) from (select link_id, sum(clicks) as clicks, sum(dropped) as dropped from click_daily group by link_id) d
      full join (select link_id, count(*) filter (where counted) as clicks, count(*) filter (where not counted) as dropped from click group by link_id) c using (link_id)
      where (d.clicks, d.dropped) is distinct from (c.clicks::numeric, c.dropped::numeric)) as "totals of clicks that differ from the clicks",
    (select count(*) from conversion o where not exists (
      select from order_intake i where i.workspace_id = o.workspace_id and i.source_id = o.source_id and convert_from(i.body, 'UTF8')::jsonb ->> 'id' = o.external_id
        and convert_from(i.body, 'UTF8')::jsonb -> 'amount' ->> 'amountMinor' = o.amount_minor::text)) as "orders that differ from what arrived",
    (select count(*) from order_intake i where i.outcome = 'applied' and not exists (
      select from conversion o where o.workspace_id = i.workspace_id and o.id = i.conversion_id)) as "deliveries without their order",
    (select count(*) from (select conversion_id, sum(delta_minor) as minor from credit_change group by 1) j
      full join (select conversion_id, sum(credited_minor) as minor from credit where model = 'paid' and rule <> 'none' group by 1) c using (conversion_id)
      where coalesce(j.minor, 0) <> coalesce(c.minor, 0)) as "orders whose journal differs from their credit",
    (select count(*) from conversion o where not exists (
      select from credit c where c.workspace_id = o.workspace_id and c.conversion_id = o.id and c.model = 'paid')) as "orders nobody decided"`;
