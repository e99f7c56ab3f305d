import { defineErrors } from '#kernel/errors.ts';

export const vettingError = defineErrors('vetting', {
  bad_cursor: 'invalid',
  no_profile: 'conflict',
  several_creators: 'invalid',
  run_over: 'conflict',
  run_size: 'invalid',
  bad_rules: 'invalid',
  rules_changed: 'conflict',
  share_read_only: 'forbidden',
  share_full: 'conflict',
  not_corrected: 'conflict',
  list_name: 'conflict',
  lists_full: 'conflict',
  spam_and_kind: 'invalid',
});
