import { defineErrors } from '#kernel/errors.ts';

export const fraudError = defineErrors('fraud', {
  bad_cursor: 'invalid',
  bad_rule: 'invalid',
  is_open: 'conflict',
  not_against_you: 'conflict',
  already_said: 'conflict',
  already_answered: 'conflict',
});
