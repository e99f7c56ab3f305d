import { defineErrors } from '#kernel/errors.ts';

export const discoveryError = defineErrors('discovery', {
  query: 'invalid',
  index_loading: 'unavailable',
  index_failed: 'unavailable',
  tiers: 'invalid',
  list_name_taken: 'conflict',
  list_archived: 'conflict',
  unknown_creators: 'invalid',
  list_full: 'invalid',
  search_name_taken: 'conflict',
  cursor: 'invalid',
  too_many: 'invalid',
});
