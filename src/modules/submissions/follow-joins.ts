import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { followJoins as follow } from '#modules/campaigns/index.ts';
import { enrolmentTables } from './queries/enrolment-tables.ts';

/** Drafts and what posts have to carry follow their pieces when two entries of one creator are brought together. */
export function followJoins(infra: Infra): Consumer {
  return follow(infra, { module: 'submissions', tables: enrolmentTables });
}
