import type { Infra } from '#infra/module.ts';
import type { CreatorRow } from '#modules/creators/api.ts';
import { importCreatorRows } from '#modules/creators/index.ts';

/** The day the rows were observed on unless a test says another. */
export const observedAt = new Date('2026-05-01T00:00:00Z');

/** Imports rows and waits until everybody who follows has them. Returns the ids of the persons. */
export async function importRows(
  infra: Infra,
  given: { workspaceId: string; rows: CreatorRow[]; at?: Date },
): Promise<string[]> {
  const { workspaceId, rows, at = observedAt } = given;
  const outcome = await importCreatorRows(infra, { workspaceId, rows, source: 'test', observedAt: at });
  if (outcome.errors.length > 0) throw new Error(JSON.stringify(outcome.errors));
  await infra.outbox.settle();
  return outcome.personIds.filter((id) => id !== null);
}

/** A row like others, different for each number. */
export function aRow(at: number): CreatorRow {
  const handle = `creator_${at}`;
  return {
    name: `Nell ${at % 7} Thistle`,
    country: at % 3 === 0 ? 'IE' : at % 3 === 1 ? 'NL' : null,
    niches: at % 2 === 0 ? ['Baking', 'Vegan food'] : ['running'],
    profiles: [
      {
        platform: at % 5 === 0 ? 'tiktok' : 'instagram',
        handle,
        bio: at % 4 === 0 ? 'Slow mornings, oat bread' : 'Runs a lot',
        followers: 1000 + at * 137,
        engagementRate: (at % 40) / 1000,
      },
    ],
  };
}
