import { sql } from 'kysely';

/** Tables of this module whose rows belong to an enrolment. */
export const enrolmentTables = [
  {
    table: 'ambassador',
    key: 'campaign_id',
    hasPerson: true,
    unless: (kept: string) =>
      sql`exists (select from ambassador k where k.workspace_id = r.workspace_id and k.enrolment_id = ${kept})`,
  },
  {
    table: 'ambassador_judgement',
    hasPerson: true,
    unless: (kept: string) => sql`exists (
      select from ambassador_judgement k where k.workspace_id = r.workspace_id and k.enrolment_id = ${kept} and k.judged_on = r.judged_on)`,
  },
  { table: 'ambassador_move', hasPerson: true },
];
