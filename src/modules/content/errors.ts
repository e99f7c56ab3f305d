import { defineErrors } from '#kernel/errors.ts';

export const contentError = defineErrors('content', {
  bad_cursor: 'invalid',
  bad_address: 'invalid',
  bad_days: 'invalid',
  bad_price: 'invalid',
  not_amendable: 'conflict',
  no_file: 'conflict',
  rights_ended: 'forbidden',
  not_covered: 'conflict',
  code_days: 'invalid',
});
