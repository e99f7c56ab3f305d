import { defineErrors } from '#kernel/errors.ts';

export const workspacesError = defineErrors('workspaces', {
  sign_in_needed: 'unauthenticated',
  wrong_credentials: 'unauthenticated',
  bad_key: 'unauthenticated',
  key_expired: 'unauthenticated',
  key_revoked: 'unauthenticated',
  not_allowed: 'forbidden',
  other_site: 'forbidden',
  owners_only: 'forbidden',
  scope_not_held: 'forbidden',
  person_needed: 'forbidden',
  set_up_closed: 'forbidden',
  set_up_done: 'conflict',
  which_workspace: 'invalid',
  no_workspace: 'conflict',
  slug_taken: 'conflict',
  last_owner: 'conflict',
  already_member: 'conflict',
  invitation_ended: 'conflict',
  link_ended: 'conflict',
  machine_only: 'forbidden',
  sign_in_first: 'conflict',
  other_account: 'conflict',
  invalid: 'invalid',
  too_many_tries: 'too_many',
});

/** A fault of one field of the input. */
export function invalidField(field: string, message: string) {
  return workspacesError('invalid', `${field}: ${message}`, [{ field, message }]);
}
