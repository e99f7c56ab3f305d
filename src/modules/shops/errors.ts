import { defineErrors } from '#kernel/errors.ts';

export const shopsError = defineErrors('shops', {
  bad_value: 'invalid',
  bad_key: 'invalid',
});
