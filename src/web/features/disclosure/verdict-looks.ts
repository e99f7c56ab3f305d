import type { DisclosureEvidence } from '#modules/disclosure/api.ts';
import type { Tone } from '#web/ui/tag.tsx';

/** How a verdict is named and coloured wherever this feature shows one. */
export const verdictLooks: Record<DisclosureEvidence['verdict'], { label: string; tone: Tone }> = {
  pass: { label: 'In order', tone: 'good' },
  warn: { label: 'Look again', tone: 'warn' },
  fail: { label: 'Not in order', tone: 'bad' },
  not_needed: { label: 'No deal', tone: 'plain' },
};
