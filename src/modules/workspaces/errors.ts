import { defineErrors } from '#kernel/errors.ts';

export const workspacesError = defineErrors('workspaces', {
  sign_in_needed: 'unauthenticated',
  bad_key: 'unauthenticated',
  key_expired: 'unauthenticated',
  key_revoked: 'unauthenticated',
  not_allowed: 'forbidden',
  other_site: 'forbidden',
  which_workspace: 'invalid',
  no_workspace: 'conflict',
});
