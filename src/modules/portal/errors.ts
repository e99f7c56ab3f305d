import { defineErrors } from '#kernel/errors.ts';

export const portalError = defineErrors('portal', {
  sign_in_needed: 'unauthenticated',
  link_unknown: 'not_found',
  link_expired: 'conflict',
  link_revoked: 'conflict',
  other_person: 'conflict',
  other_site: 'forbidden',
  preview_only: 'forbidden',
  account_needed: 'forbidden',
  which_brand: 'invalid',
  invalid: 'invalid',
  answered: 'conflict',
  page_closed: 'conflict',
  invite_needed: 'forbidden',
  slug_taken: 'conflict',
  bad_cursor: 'invalid',
  suppressed: 'conflict',
  not_taken_up: 'invalid',
  not_enrolled: 'conflict',
  invitation_over: 'conflict',
  campaign_closed: 'conflict',
  wrong_code: 'invalid',
  wrong_password: 'unauthenticated',
  no_mail: 'conflict',
  other_email: 'conflict',
  too_many_tries: 'too_many',
});

/** A fault of one field of the input. */
export function invalidField(field: string, message: string) {
  return portalError('invalid', `${field}: ${message}`, [{ field, message }]);
}
