import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';

/** Tables that belong to no workspace, and why a request may not reach another's rows through them. */
const exempt: Record<string, string> = {
  suppression: 'install-wide, salted hashes only',
  do_not_contact: 'install-wide, salted hashes only',
  click_drain: 'the system role only',
  installation: 'the system role only',
  visitor_salt: 'the system role only',
  archive_import: 'the system role only',
  schema_migration: 'owner only',
  schema_migration_lock: 'owner only',
};

describe('row-level security', () => {
  let test: TestDatabase;
  let app: pg.Client;

  beforeAll(async () => {
    test = await openTestDatabase();
    app = new pg.Client({ connectionString: test.db.urls.app });
    await app.connect();
  });

  afterAll(async () => {
    await app.end();
    await test.drop();
  });

  it('is enabled and forced on every table but the listed exempt ones', async () => {
    const { rows } = await app.query<{ name: string; held: boolean }>(
      `select relname as name, relrowsecurity and relforcerowsecurity as held from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    );

    const open = rows.filter((row) => !row.held).map((row) => row.name);
    expect(open.filter((name) => !(name in exempt))).toEqual([]);
    expect(rows.length).toBeGreaterThan(20);
  });

  it('shows a request role no row of any workspace when none is set', async () => {
    const workspaceId = await test.createWorkspace();
    await test.db.inWorkspace(workspaceId, (tx) =>
      tx.insertInto('person').values({ workspace_id: workspaceId, id: 'per_test', name: 'Test' }).execute(),
    );

    const { rows } = await app.query('select id from person');
    expect(rows).toEqual([]);
  });

  it('hides and protects another workspace from raw SQL of the request role', async () => {
    const mine = await test.createWorkspace();
    const theirs = await test.createWorkspace();
    await test.db.inWorkspace(theirs, (tx) =>
      tx.insertInto('person').values({ workspace_id: theirs, id: 'per_theirs', name: 'Theirs' }).execute(),
    );

    await app.query('begin');
    await app.query(`select set_config('rapport.workspace_id', $1, true)`, [mine]);
    const seen = await app.query('select id from person');
    const changed = await app.query(`update person set name = 'Stolen'`);
    await app.query('savepoint before');
    await expect(
      app.query(`insert into person (workspace_id, id) values ($1, 'per_forged')`, [theirs]),
    ).rejects.toThrow(/row-level security/);
    await app.query('rollback');

    expect(seen.rows).toEqual([]);
    expect(changed.rowCount).toBe(0);
  });

  it('does not leave a workspace set on a connection that goes back to the pool', async () => {
    const mine = await test.createWorkspace();
    await test.db.inWorkspace(mine, (tx) => tx.selectFrom('person').select('id').execute());

    const { rows } = await app.query<{ setting: string | null }>(
      `select current_setting('rapport.workspace_id', true) as setting`,
    );
    expect(rows[0]?.setting ?? '').toBe('');
  });

  it('gives the request role neither ownership nor a bypass', async () => {
    const { rows } = await app.query<{ rolbypassrls: boolean; rolsuper: boolean }>(
      'select rolbypassrls, rolsuper from pg_roles where rolname = current_user',
    );
    expect(rows[0]).toEqual({ rolbypassrls: false, rolsuper: false });

    const owned = await app.query(
      `select 1 from pg_tables where schemaname = 'public' and pg_has_role(current_user, tableowner, 'member')`,
    );
    expect(owned.rowCount).toBe(0);
  });
});
