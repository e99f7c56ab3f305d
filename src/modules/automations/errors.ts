import { defineErrors } from '#kernel/errors.ts';

export const automationsError = defineErrors('automations', {
  unknown_trigger: 'invalid',
  bad_condition: 'invalid',
  bad_action: 'invalid',
  name_taken: 'conflict',
  changed: 'conflict',
  full: 'conflict',
  not_failed: 'conflict',
  not_done: 'conflict',
  bad_cursor: 'invalid',
});
