import { defineErrors } from '#kernel/errors.ts';

export const campaignsError = defineErrors('campaigns', {
  bad_cursor: 'invalid',
  bad_dates: 'invalid',
  bad_money: 'invalid',
  bad_target: 'invalid',
  vague_goal: 'invalid',
  goal_repeated: 'conflict',
  bad_stages: 'invalid',
  stage_in_use: 'conflict',
  unknown_stage: 'invalid',
  state_changed: 'conflict',
  step_not_allowed: 'conflict',
  not_a_draft: 'conflict',
  brief_outdated: 'conflict',
  brief_empty: 'conflict',
  no_live_url: 'invalid',
  bad_file: 'invalid',
  bad_day: 'invalid',
  unknown_profile: 'invalid',
  unknown_creator: 'invalid',
  removed_creator: 'conflict',
});
