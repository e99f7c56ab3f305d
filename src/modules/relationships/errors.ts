import { defineErrors } from '#kernel/errors.ts';

export const relationshipsError = defineErrors('relationships', {
  bad_cursor: 'invalid',
  bad_kind: 'invalid',
  bad_day: 'invalid',
  not_yours: 'forbidden',
  not_shared: 'conflict',
  is_closed: 'conflict',
  not_closed: 'conflict',
  already_answered: 'conflict',
  too_many_open: 'too_many',
  already_flagged: 'conflict',
  not_flagged: 'conflict',
  email_taken: 'conflict',
  no_email: 'conflict',
  unknown_creator: 'invalid',
  bad_file: 'invalid',
});
