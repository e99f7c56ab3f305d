import { defineErrors } from '#kernel/errors.ts';

export const attributionError = defineErrors('attribution', {
  no_policy: 'invalid',
  run_ended: 'conflict',
  bad_arms: 'invalid',
  bad_units: 'invalid',
  bad_file: 'invalid',
  experiment_running: 'conflict',
  not_assigned: 'conflict',
  bad_answer: 'invalid',
  too_many_answers: 'too_many',
  bad_lead: 'invalid',
  bad_period: 'invalid',
});
