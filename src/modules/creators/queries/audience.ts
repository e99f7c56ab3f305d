import { sql } from 'kysely';
import type { Tx } from '#infra/db/database.ts';
import type { AudienceRow } from '../api.ts';
import type { Stamp } from '../rules/merge-fields.ts';

/** Keeps or, with null, takes away what is stated of a profile's audience, with where it comes from. */
export async function updateAudience(
  tx: Tx,
  workspaceId: string,
  write: { profileId: string; audience: AudienceRow | null; stamp: Stamp },
): Promise<void> {
  const stamp = JSON.stringify({ audience: write.stamp });
  await sql`
    insert into profile_metric as m (workspace_id, profile_id, audience, provenance)
    values (${workspaceId}, ${write.profileId}, ${write.audience === null ? null : JSON.stringify(write.audience)}::jsonb, ${stamp}::jsonb)
    on conflict (workspace_id, profile_id) do update set audience = excluded.audience, updated_at = now(),
      provenance = case when excluded.audience is null then m.provenance - 'audience' else m.provenance || excluded.provenance end`.execute(
    tx,
  );
}
