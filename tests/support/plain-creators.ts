import type { Database } from '#infra/db/database.ts';
import { newId } from '#kernel/id.ts';

/** Makes persons with one Instagram account each (`@creator1`, `@creator2`, …) and returns their ids in that order. */
export async function createPlainCreators(db: Database, workspaceId: string, count: number): Promise<string[]> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const ids = numbers.map(() => newId('person'));
  const common = { workspace_id: workspaceId };
  await db.inWorkspace(workspaceId, async (tx) => {
    const persons = numbers.map((n, index) => ({ ...common, id: ids[index] ?? '', name: `Creator ${n}` }));
    await tx.insertInto('person').values(persons).execute();
    const profiles = numbers.map((n, index) => ({
      ...common,
      id: newId('profile'),
      person_id: ids[index] ?? '',
      platform: 'instagram',
      handle: `Creator${n}`,
      handle_key: `creator${n}`,
      source: 'test',
    }));
    await tx.insertInto('profile').values(profiles).execute();
  });
  return ids;
}
