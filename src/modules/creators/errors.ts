import { defineErrors } from '#kernel/errors.ts';

export const creatorsError = defineErrors('creators', {
  bad_cursor: 'invalid',
  bad_file: 'invalid',
  bad_mapping: 'invalid',
  bad_handle: 'invalid',
  bad_value: 'invalid',
  too_many: 'invalid',
  handle_taken: 'conflict',
  suppressed: 'conflict',
  same_person: 'conflict',
  already_split: 'conflict',
  import_state: 'conflict',
  file_gone: 'conflict',
  bad_key: 'invalid',
  bad_picture: 'invalid',
  not_connected: 'conflict',
});
