import { defineErrors } from '#kernel/errors.ts';

export const trackingError = defineErrors('tracking', {
  bad_destination: 'invalid',
  bad_slug: 'invalid',
  slug_taken: 'conflict',
  no_destination: 'invalid',
  bad_expiry: 'invalid',
  bad_cursor: 'invalid',
  bad_code: 'invalid',
  code_taken: 'conflict',
  bad_terms: 'invalid',
  source_taken: 'conflict',
  source_revoked: 'conflict',
  wrong_source_kind: 'invalid',
  bad_signature: 'unauthenticated',
  bad_order: 'invalid',
  bad_file: 'invalid',
  bad_refund: 'invalid',
  too_many_watchers: 'too_many',
});
