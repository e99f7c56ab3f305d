import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { DB } from '#db/tables.ts';
import { AppError } from '#kernel/errors.ts';
import type { LoginUrls } from './roles.ts';

export type Tx = Transaction<DB>;

// Exact whole numbers: amounts and counts come as bigint, calendar days as text, never through a float or a time zone.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => BigInt(text));
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export interface Database {
  /** The one way in for requests: a transaction held to one workspace by row-level security. */
  inWorkspace<Result>(workspaceId: string, run: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** For the index build, drain, jobs and sign-in: a transaction that sees all workspaces. */
  asSystem<Result>(run: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** A connection of its own for COPY, cursors or LISTEN, as the system role; the caller releases it. */
  systemConnection(): Promise<pg.PoolClient>;
  /** A connection held to one workspace inside an open transaction, for COPY in an import. */
  copyInWorkspace<Result>(
    workspaceId: string,
    run: (client: pg.PoolClient, tx: Tx) => Promise<Result>,
  ): Promise<Result>;
  /** True when the server answers within the timeout. */
  isReachable(timeoutMs: number): Promise<boolean>;
  urls: LoginUrls;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  urls: LoginUrls;
  appConnectionsMax?: number;
  systemConnectionsMax?: number;
}

/** Opens the two pools. Connections are made on first use. */
export function openDatabase(options: DatabaseOptions): Database {
  const appPool = newPool(options.urls.app, options.appConnectionsMax ?? 16);
  const systemPool = newPool(options.urls.system, options.systemConnectionsMax ?? 8);
  const app = new Kysely<DB>({ dialect: new PostgresDialect({ pool: appPool }) });
  const system = new Kysely<DB>({ dialect: new PostgresDialect({ pool: systemPool }) });
  return {
    inWorkspace: (workspaceId, run) =>
      app.transaction().execute(async (tx) => {
        await holdTo(tx, workspaceId);
        return run(tx);
      }),
    asSystem: (run) => system.transaction().execute(run),
    systemConnection: () => systemPool.connect(),
    copyInWorkspace: (workspaceId, run) => copyInWorkspace(appPool, workspaceId, run),
    isReachable: async (timeoutMs) => {
      try {
        await Promise.race([systemPool.query('select 1'), rejectAfter(timeoutMs)]);
        return true;
      } catch {
        return false;
      }
    },
    urls: options.urls,
    close: async () => {
      await Promise.all([app.destroy(), system.destroy()]);
    },
  };
}

async function holdTo(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select set_config('rapport.workspace_id', ${workspaceId}, true)`.execute(tx);
}

async function copyInWorkspace<Result>(
  pool: pg.Pool,
  workspaceId: string,
  run: (client: pg.PoolClient, tx: Tx) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  // A Kysely over this one connection, so that typed queries and COPY share a transaction.
  const single = new Kysely<DB>({
    dialect: new PostgresDialect({
      pool: { connect: () => Promise.resolve(borrowed(client)), end: () => Promise.resolve(), options: pool.options },
    }),
  });
  let broken: Error | undefined;
  try {
    return await single.transaction().execute(async (tx) => {
      await holdTo(tx, workspaceId);
      return run(client, tx);
    });
  } catch (error) {
    broken = error instanceof Error && error.message.includes('Connection terminated') ? error : undefined;
    throw error;
  } finally {
    client.release(broken);
  }
}

function borrowed(client: pg.PoolClient): pg.PoolClient {
  return new Proxy(client, {
    get(target, name) {
      if (name === 'release') return () => undefined;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function newPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000 });
  outliveLostConnections(pool);
  return pool;
}

/**
 * Keeps the process alive when a connection is lost: the pool replaces an idle one, and the query or transaction that held one fails
 * by itself. Without these listeners a server ends with its database, also when it goes between two queries of a transaction.
 */
export function outliveLostConnections(pool: pg.Pool): void {
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
}

function rejectAfter(timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(
      () => reject(new AppError('unavailable', 'db.timeout', 'The database did not answer in time.')),
      timeoutMs,
    ).unref();
  });
}
