export * from './api/consents.ts';
export * from './api/do-not-contact.ts';
export { mergeFields, mergeFieldWords, type Step, stepSchema } from './api/fields.ts';
export * from './api/mailboxes.ts';
export * from './api/mailings.ts';
export * from './api/settings.ts';
export * from './api/templates.ts';
export * from './api/threads.ts';
