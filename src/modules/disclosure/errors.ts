import { defineErrors } from '#kernel/errors.ts';

export const disclosureError = defineErrors('disclosure', {
  not_a_label: 'invalid',
  bad_cursor: 'invalid',
  seen_later: 'invalid',
});
