import type { Infra } from '#infra/module.ts';
import type { Consumer } from '#infra/outbox/outbox.ts';
import { followJoins as follow } from '#modules/campaigns/index.ts';

/** Letters follow their enrolment. Whoever is on a mailing under both names is on it once already, by the merge of the creators. */
export function followJoins(infra: Infra): Consumer {
  return follow(infra, {
    module: 'outreach',
    tables: [{ table: 'mailing_run' }, { table: 'mail_thread', hasPerson: true }],
  });
}
