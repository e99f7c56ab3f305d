import { defineErrors } from '#kernel/errors.ts';

export const vettingError = defineErrors('vetting', {
  bad_cursor: 'invalid',
  no_profile: 'conflict',
  run_over: 'conflict',
  bad_rules: 'invalid',
  rules_changed: 'conflict',
});
