import { defineErrors } from '#kernel/errors.ts';

export const contractsError = defineErrors('contracts', {
  bad_cursor: 'invalid',
  bad_terms: 'invalid',
  bad_clause: 'invalid',
  bad_template: 'invalid',
  bad_certificate: 'invalid',
  bad_name: 'invalid',
  no_stroke: 'invalid',
  expiry_passed: 'invalid',
  nothing_changed: 'invalid',
  contract_there: 'conflict',
  step_not_allowed: 'conflict',
  outdated_version: 'conflict',
  offer_expired: 'conflict',
  signed_already: 'conflict',
  not_seen: 'conflict',
  erased_creator: 'conflict',
  not_sealed: 'conflict',
});
