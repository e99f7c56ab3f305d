import { sql } from 'kysely';

/** Tables of this module whose rows belong to an enrolment. */
export const enrolmentTables = [
  {
    table: 'campaign_invitation',
    key: 'campaign_id',
    hasPerson: true,
    unless: (kept: string) => sql`exists (
      select from campaign_invitation k where k.workspace_id = r.workspace_id and k.enrolment_id = ${kept})`,
  },
];
