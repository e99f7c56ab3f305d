import type { Application, Question } from '#modules/portal/api.ts';

export const stateWords: Record<Application['state'], string> = {
  waits: 'Waits',
  approved: 'Approved',
  rejected: 'Turned down',
};

export const kindWords: Record<Question['kind'], string> = {
  short: 'Short answer',
  long: 'Long answer',
  choice: 'Choice',
  number: 'Number',
  url: 'Web address',
  file: 'File',
};

export const mailWords = {
  queued: 'A mail is on its way.',
  off: 'No mail goes out from here: hand the link over yourself.',
  no_address: 'No e-mail is known: hand the link over yourself.',
  not_asked: 'No mail was asked for.',
} as const;

/** Nouns whose answers change with a decision here. */
export const portalNouns = ['applications', 'applicationPages', 'creators', 'roster', 'today'];
