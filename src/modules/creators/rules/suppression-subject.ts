import type { Platform } from '#kernel/platform.ts';

/** What of a creator's objection is hashed: never the name itself. */
export type SuppressionSubject =
  | { kind: 'handle'; platform: Platform; handleKey: string }
  | { kind: 'email'; email: string };

/** The text under the hash; one spelling per handle and address. */
export function subjectText(subject: SuppressionSubject): string {
  switch (subject.kind) {
    case 'handle':
      return `handle:${subject.platform}:${subject.handleKey}`;
    case 'email':
      return `email:${subject.email.trim().toLowerCase()}`;
  }
}
