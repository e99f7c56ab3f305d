import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '#infra/db/database.ts';
import { migrate } from '#infra/db/migrate.ts';
import { loginUrls, prepareRoles } from '#infra/db/roles.ts';
import { seal } from '#infra/seal.ts';
import { testInstallKey, testSecret } from '#tests/support/constants.ts';
import type { ShopUse } from './api.ts';
import { openShop } from './open-shop.ts';
import { ShopFault } from './port.ts';
import { type ShopRow, selectShops } from './queries.ts';

/** The change that made one connection of two. */
const change = '0233_one-shop-connection.sql';
const migrations = 'db/migrations';
const workspaceId = 'ws_1';
const infra = { secret: testSecret, clock: { now: () => new Date('2026-05-04T09:00:00Z') } };
let dir = '';
let admin: pg.Client;
let db: Database;
let name = '';

/** A key as the code before the change sealed it. */
const sealed = (label: 'shops' | 'code-shops', of: { kind: string; address: string; token: string }) =>
  seal(
    { secret: testSecret, label, owner: `${workspaceId}:${of.kind}:${of.address}` },
    JSON.stringify({ accessToken: of.token }),
  );

beforeAll(async () => {
  name = `shops_${Date.now().toString(36)}`;
  const root = new pg.Client({ connectionString: inject('adminUrl') });
  await root.connect();
  await root.query(`create database ${name}`);
  await root.end();
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  await prepareRoles({ adminUrl: url.href, installKey: testInstallKey, secret: testSecret });
  dir = await mkdtemp(join(tmpdir(), 'rapport-shops-'));
  for (const file of await readdir(migrations)) if (file < change) await cp(join(migrations, file), join(dir, file));
  await migrate(url.href, dir);
  admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await fillAsBefore();
  await cp(join(migrations, change), join(dir, change));
  expect(await migrate(url.href, dir)).toEqual([change.replace('.sql', '')]);
  const urls = loginUrls({ adminUrl: url.href, installKey: testInstallKey, secret: testSecret });
  db = openDatabase({ urls, appConnectionsMax: 2, systemConnectionsMax: 2 });
}, 60_000);
afterAll(async () => {
  await db?.close();
  await admin?.end();
  await rm(dir, { recursive: true, force: true });
  const root = new pg.Client({ connectionString: inject('adminUrl') });
  await root.connect();
  await root.query(`drop database if exists ${name} with (force)`);
  await root.end();
});

async function fillAsBefore(): Promise<void> {
  await admin.query('begin');
  // Row-level security is forced on the owner too.
  await admin.query(`insert into workspace (id, slug, name) values ($1, 'w', 'W')`, [workspaceId]);
  await admin.query(`select set_config('rapport.workspace_id', $1, true)`, [workspaceId]);
  const shop = (id: string, address: string, more: { token: string | null; offAt?: string; state?: string }) =>
    admin.query(
      `insert into shop (workspace_id, id, kind, address, name, currency, credentials, state, message, created_by, sync_counts, disconnected_at)
       values ($1, $2, 'shopify', $3, $2, 'EUR', $4, $5, null, 'u', '{"variants": 7}', $6)`,
      [
        workspaceId,
        id,
        address,
        more.token === null ? null : sealed('shops', { kind: 'shopify', address, token: more.token }),
        more.state ?? 'working',
        more.offAt ?? null,
      ],
    );
  const codeShop = (id: string, of: { kind: string; address: string; token: string | null; offAt?: string }) =>
    admin.query(
      `insert into code_shop (workspace_id, id, kind, address, name, currency, credentials, state, storefront, created_by, disconnected_at)
       values ($1, $2, $3, $4, $2, 'EUR', $5, 'working', 'https://oat.example', 'u', $6)`,
      [
        workspaceId,
        id,
        of.kind,
        of.address,
        of.token === null ? null : sealed('code-shops', { kind: of.kind, address: of.address, token: of.token }),
        of.offAt ?? null,
      ],
    );
  await shop('shp_both', 'both.myshopify.com', { token: 'gifts' });
  await codeShop('csh_both', { kind: 'shopify', address: 'both.myshopify.com', token: 'codes' });
  await shop('shp_gone', 'gone.myshopify.com', { token: null, offAt: '2026-04-01' });
  await codeShop('csh_gone', { kind: 'shopify', address: 'gone.myshopify.com', token: 'codes only' });
  await shop('shp_alone', 'alone.myshopify.com', { token: 'gifts alone' });
  await codeShop('csh_stripe', { kind: 'stripe', address: 'acct_1', token: 'stripe' });
  await admin.query(
    `insert into discount_code (workspace_id, id, code, code_key, kind, percent, scope, scope_items, created_by)
     values ($1, 'cod_1', 'NELL10', 'NELL10', 'percent', 10, 'products',
       '[{"shopId": "csh_both", "externalId": "1", "name": "Oat"}, {"shopId": "csh_stripe", "externalId": "2", "name": "Oat"}]', 'u')`,
    [workspaceId],
  );
  await admin.query(
    `insert into code_in_shop (workspace_id, code_id, shop_id, made, due_at)
     values ($1, 'cod_1', 'csh_both', 1, now()), ($1, 'cod_1', 'csh_stripe', 0, now())`,
    [workspaceId],
  );
  await admin.query(
    `insert into order_source (workspace_id, id, name, kind, created_by) values ($1, 'src_1', 'S', 'shopify', 'u')`,
    [workspaceId],
  );
  await admin.query(
    `insert into order_backfill (workspace_id, id, source_id, state, since, cursor, started_by)
     values ($1, 'imp_1', 'src_1', 'running', now(), '{"shopId": "csh_both", "at": {"after": "x"}}', 'u')`,
    [workspaceId],
  );
  await admin.query('commit');
}

const rows = async (sql: string) => (await admin.query(sql)).rows;
const shopsNow = async () =>
  new Map((await db.inWorkspace(workspaceId, (tx) => selectShops(tx, workspaceId))).map((row) => [row.id, row]));

function tokenOf(shop: ShopRow | undefined, use: ShopUse): string | undefined {
  if (shop === undefined) throw new Error('No such shop');
  return openShop(infra, shop, { use, signal: new AbortController().signal }).credentials.accessToken;
}

it('a shop that was connected twice is one, and each use opens the key it had', async () => {
  const shop = (await shopsNow()).get('shp_both');
  expect(shop).toMatchObject({ uses: ['products', 'codes', 'orders'], storefront: 'https://oat.example' });
  expect(tokenOf(shop, 'products')).toBe('gifts');
  expect(tokenOf(shop, 'codes')).toBe('codes');
  expect(tokenOf(shop, 'orders')).toBe('codes');
});

it('where only one of two was connected its key serves what it served, and nothing else is switched on', async () => {
  const shop = (await shopsNow()).get('shp_gone');
  expect(shop).toMatchObject({ uses: ['codes', 'orders'], disconnected_at: null });
  expect(tokenOf(shop, 'codes')).toBe('codes only');
  expect(() => tokenOf(shop, 'products')).toThrow(ShopFault);
});

it('shops that were connected once open as before, for what they were connected for', async () => {
  const shops = await shopsNow();
  expect([...shops.keys()].sort()).toEqual(['csh_stripe', 'shp_alone', 'shp_both', 'shp_gone']);
  expect(tokenOf(shops.get('shp_alone'), 'products')).toBe('gifts alone');
  expect(() => tokenOf(shops.get('shp_alone'), 'codes')).toThrow('is not used for discount codes');
  expect(tokenOf(shops.get('csh_stripe'), 'codes')).toBe('stripe');
  expect(tokenOf(shops.get('csh_stripe'), 'orders')).toBe('stripe');
});

it('codes, their products and past orders that were being read follow the shop to its one id', async () => {
  await admin.query(`select set_config('rapport.workspace_id', $1, false)`, [workspaceId]);
  expect(await rows(`select shop_id, made from code_in_shop order by shop_id`)).toEqual([
    { shop_id: 'csh_stripe', made: 0 },
    { shop_id: 'shp_both', made: 1 },
  ]);
  expect(
    await rows(`select scope_items -> 0 ->> 'shopId' as a, scope_items -> 1 ->> 'shopId' as b from discount_code`),
  ).toEqual([{ a: 'shp_both', b: 'csh_stripe' }]);
  expect(await rows('select cursor from order_backfill')).toEqual([
    { cursor: { shopId: 'shp_both', at: { after: 'x' } } },
  ]);
  expect(await rows(`select shop_id, is_on, sync_counts from shop_catalogue order by shop_id`)).toEqual([
    { shop_id: 'shp_alone', is_on: true, sync_counts: { variants: 7 } },
    { shop_id: 'shp_both', is_on: true, sync_counts: { variants: 7 } },
    { shop_id: 'shp_gone', is_on: false, sync_counts: { variants: 7 } },
  ]);
  expect(await rows(`select shop_id, is_on from code_shop order by shop_id`)).toEqual([
    { shop_id: 'csh_stripe', is_on: true },
    { shop_id: 'shp_both', is_on: true },
    { shop_id: 'shp_gone', is_on: true },
  ]);
});
