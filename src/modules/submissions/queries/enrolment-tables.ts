import { sql } from 'kysely';

/** Tables of this module whose rows belong to an enrolment. What both entries say of all their posts stays with the kept one. */
export const enrolmentTables = [
  { table: 'submission', hasPerson: true },
  { table: 'rights_acceptance', hasPerson: true },
  {
    table: 'post_expectation',
    key: 'deliverable_id',
    unless: (kept: string) => sql`exists (
      select from post_expectation k where k.workspace_id = r.workspace_id and k.enrolment_id = ${kept} and k.deliverable_id = r.deliverable_id)`,
  },
];
