import { defineErrors } from '#kernel/errors.ts';

export const fetchError = defineErrors('fetch', {
  refused: 'invalid',
  too_large: 'invalid',
  too_many_redirects: 'invalid',
  unreachable: 'unavailable',
  timed_out: 'unavailable',
});
