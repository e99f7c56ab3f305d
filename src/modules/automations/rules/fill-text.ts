import type { Facts } from './facts.ts';

/** What may stand in braces in a text of an action. */
export const placeholders = {
  creator: 'Name of the creator',
  campaign: 'Name of the campaign',
  stage: 'Stage on the roster',
  who: 'Who did what started this',
  reason: 'The reason given with it',
} as const;

const pattern = /\{\{\s*([a-z]+)\s*\}\}/gu;

/** Words in braces that are none of the placeholders. */
export function strangersIn(text: string): string[] {
  return [...text.matchAll(pattern)].flatMap(([, name = '']) => (Object.hasOwn(placeholders, name) ? [] : [name]));
}

/** The text with what is known put in; what is not known reads as "(not known)", never as nothing. */
export function fillText(text: string, facts: Facts): string {
  const known: Record<keyof typeof placeholders, string | null | undefined> = {
    creator: facts.creator?.name,
    campaign: facts.campaign?.name,
    stage: facts.enrolment?.stage ?? facts.payload.toStage,
    who: facts.payload.actorName,
    reason: facts.payload.reason ?? facts.payload.what ?? facts.payload.problem,
  };
  return text.replace(pattern, (whole, name: string) =>
    Object.hasOwn(known, name) ? (known[name as keyof typeof known] ?? '(not known)') : whole,
  );
}
