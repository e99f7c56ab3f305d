import { defineErrors } from '#kernel/errors.ts';

export const mailError = defineErrors('mail', { not_sendable: 'invalid' });
