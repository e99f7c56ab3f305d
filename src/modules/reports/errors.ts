import { defineErrors } from '#kernel/errors.ts';

export const reportsError = defineErrors('reports', {
  bad_span: 'invalid',
});
