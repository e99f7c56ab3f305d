import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { loadCreators } from './load-creators.ts';
import { readParameters } from './parameters.ts';
import { createRandom } from './random.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.drop());

it('loads', async () => {
  const workspaceId = await test.createWorkspace();
  const t = performance.now();
  const loaded = await test.db.inWorkspace(workspaceId, (tx) =>
    loadCreators(tx, { random: createRandom(7), parameters: readParameters() }, { workspaceId, at: new Date() }),
  );
  console.log(
    performance.now() - t,
    loaded.creators.length,
    loaded.posts.size,
    JSON.stringify(loaded.creators[3]),
    JSON.stringify([...loaded.posts.values()][3]?.slice(0, 3)),
  );
  const s = loaded.creators.flatMap((c) => c.profiles.slice(0, 1).map((p) => p.followers)).sort((a, b) => a - b);
  console.log([0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 1].map((q) => s[Math.floor(q * (s.length - 1))]));
  expect(loaded.creators.length).toBe(2400);
});
