import { defineErrors } from '#kernel/errors.ts';

export const postgresError = defineErrors('postgres', {
  no_binaries: 'unavailable',
  no_user: 'unavailable',
  no_place: 'unavailable',
  wrong_owner: 'unavailable',
  init_failed: 'unavailable',
  start_failed: 'unavailable',
  stop_failed: 'unavailable',
  no_port: 'unavailable',
  disk_full: 'unavailable',
  wrong_version: 'conflict',
  wrong_encoding: 'conflict',
  damaged: 'conflict',
});
