import { newId } from '#kernel/id.ts';
import type { TestDatabase } from './database.ts';

export interface TestRoster {
  campaignId: string;
  enrolments: { id: string; personId: string; handle: string }[];
}

/** A live campaign with these creators on it, each with an Instagram account. */
export async function aCampaign(
  database: TestDatabase,
  workspaceId: string,
  handles: readonly string[],
): Promise<TestRoster> {
  const campaignId = newId('campaign');
  const own = { workspace_id: workspaceId };
  const enrolments = handles.map((handle) => ({ id: newId('enrolment'), personId: newId('person'), handle }));
  await database.db.inWorkspace(workspaceId, async (tx) => {
    await tx
      .insertInto('campaign')
      .values({
        ...own,
        id: campaignId,
        name: 'Slow Mornings',
        model: 'sponsored',
        state: 'live',
        starts_on: '2026-05-01',
        ends_on: '2026-05-31',
        currency: 'EUR',
        landing_url: 'https://shop.example/slow',
        created_by: 'usr_test',
      })
      .execute();
    await tx
      .insertInto('campaign_stage')
      .values({
        ...own,
        campaign_id: campaignId,
        name: 'live',
        label: 'Live',
        sort: 1,
        phase: 'producing',
        waits_for: 'creator',
      })
      .execute();
    for (const { id, personId, handle } of enrolments) {
      const profileId = newId('profile');
      await tx
        .insertInto('person')
        .values({ ...own, id: personId, name: handle.split('.')[0] ?? handle })
        .execute();
      await tx
        .insertInto('profile')
        .values({
          ...own,
          id: profileId,
          person_id: personId,
          platform: 'instagram',
          handle,
          handle_key: handle,
          source: 'test',
        })
        .execute();
      await tx
        .insertInto('enrolment')
        .values({
          ...own,
          id,
          campaign_id: campaignId,
          person_id: personId,
          profile_id: profileId,
          stage: 'live',
          added_by: 'usr_test',
        })
        .execute();
    }
  });
  return { campaignId, enrolments };
}
