import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { againAfterDeadlock } from './after-deadlock.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.drop());

it('ends two transactions that wait for each other with both done', async () => {
  await test.db.asSystem(async (tx) => {
    await sql`insert into workspace (id, slug, name) values ('wsp_1', 'one', 'One'), ('wsp_2', 'two', 'Two')`.execute(
      tx,
    );
  });
  const tries = [0, 0];
  // Each takes one row and then, once the other has its own, the row of the other.
  let began = 0;
  const take = (which: number, ids: [string, string]) =>
    againAfterDeadlock(() =>
      test.db.asSystem(async (tx) => {
        tries[which] = (tries[which] ?? 0) + 1;
        await sql`update workspace set name = name || 'x' where id = ${ids[0]}`.execute(tx);
        began += 1;
        while (began < 2) await new Promise((resolve) => setTimeout(resolve, 5));
        await sql`update workspace set name = name || 'x' where id = ${ids[1]}`.execute(tx);
      }),
    );
  await Promise.all([take(0, ['wsp_1', 'wsp_2']), take(1, ['wsp_2', 'wsp_1'])]);
  const names = await test.db.asSystem((tx) =>
    sql<{ name: string }>`select name from workspace where id in ('wsp_1', 'wsp_2') order by id`.execute(tx),
  );
  expect(names.rows).toEqual([{ name: 'Onexx' }, { name: 'Twoxx' }]);
  // Which of them was chosen, and whether it met the other once more, is PostgreSQL's affair.
  expect(Math.max(...tries)).toBeGreaterThan(1);
});

it('throws any other fault at once', async () => {
  let tries = 0;
  const fails = againAfterDeadlock(() => {
    tries += 1;
    return Promise.reject(new Error('no'));
  });
  await expect(fails).rejects.toThrow('no');
  expect(tries).toBe(1);
});
