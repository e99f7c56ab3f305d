import { defineErrors } from '#kernel/errors.ts';

export const submissionsError = defineErrors('submissions', {
  bad_cursor: 'invalid',
  nothing_to_submit: 'invalid',
  too_many_files: 'invalid',
  no_such_round: 'invalid',
  bad_place: 'invalid',
  bad_time: 'invalid',
  label_fails: 'invalid',
  not_a_draft: 'conflict',
  step_not_allowed: 'conflict',
  round_outdated: 'conflict',
  already_decided: 'conflict',
  rounds_used: 'conflict',
  cancelled: 'conflict',
  not_live: 'conflict',
  no_proposal: 'conflict',
  nothing_approved: 'conflict',
  changed_in_between: 'conflict',
  not_a_reviewer: 'forbidden',
  unknown_reviewer: 'invalid',
  share_read_only: 'forbidden',
});
