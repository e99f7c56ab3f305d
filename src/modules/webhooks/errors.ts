import { defineErrors } from '#kernel/errors.ts';

export const webhooksError = defineErrors('webhooks', {
  bad_target: 'invalid',
  secret_needed: 'invalid',
  unknown_event: 'invalid',
  bad_cursor: 'invalid',
  no_secret: 'conflict',
  name_taken: 'conflict',
  full: 'conflict',
  not_finished: 'conflict',
});
