import { defineErrors } from '#kernel/errors.ts';

export const outreachError = defineErrors('outreach', {
  bad_cursor: 'invalid',
  bad_hours: 'invalid',
  bad_template: 'invalid',
  bad_time: 'invalid',
  name_taken: 'conflict',
  address_taken: 'conflict',
  missing_login: 'invalid',
  not_connected: 'invalid',
  no_consent: 'invalid',
  no_mailbox: 'conflict',
  no_postal_address: 'conflict',
  not_ready: 'conflict',
  not_reachable: 'conflict',
  not_a_draft: 'conflict',
  unknown_creator: 'invalid',
  bad_value: 'invalid',
  no_model: 'conflict',
});
