import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { followJoins as follow } from '#modules/campaigns/index.ts';
import { enrolmentTables } from './queries/enrolment-tables.ts';

/** Invitations follow their enrolment: one an entry, the kept one's before the joined one's. */
export function followJoins(infra: Infra): Consumer {
  return follow(infra, { module: 'portal', tables: enrolmentTables });
}
