import type { ComparedModel, Policy } from '#modules/attribution/api.ts';

/** Models in words: their name, the same for the head of a narrow column, and what they say of an order. */
export const modelWords: Record<ComparedModel, { short: string; head: string; means: string }> = {
  last: { short: 'last touch', head: 'Last', means: 'The last touch before the order gets all of it.' },
  first: { short: 'first touch', head: 'First', means: 'The first touch gets all of it.' },
  linear: { short: 'even shares', head: 'Even', means: 'Every touch gets the same.' },
  position: { short: 'position', head: 'Position', means: 'First and last get most, those between share the rest.' },
  split: {
    short: 'split commission',
    head: 'Split',
    means: 'An even pot for all, with a bonus for the first and the last.',
  },
  time_decay: {
    short: 'time decay',
    head: 'Decay',
    means: 'A touch weighs half for each half-life before the last one.',
  },
  participation: {
    short: 'took part',
    head: 'Took part',
    means: 'How many orders they took part in, each counted whole. Never money.',
  },
  markov1: {
    short: 'Markov 1',
    head: 'Markov 1',
    means: 'Share of orders that would be lost without them, by the step before.',
  },
  markov2: { short: 'Markov 2', head: 'Markov 2', means: 'The same, looking two steps back.' },
  markov3: { short: 'Markov 3', head: 'Markov 3', means: 'The same, looking three steps back.' },
  shapley: { short: 'Shapley', head: 'Shapley', means: 'Orders even among the different creators on each path.' },
};

/** A model's name where it stands by itself. */
export function modelName(model: ComparedModel): string {
  const { short } = modelWords[model];
  return `${short.charAt(0).toUpperCase()}${short.slice(1)}`;
}

export const ruleWords = { code: 'by code', link: 'by link', customer: 'customer stays', none: 'nobody' } as const;

const kindWords = { customer: 'a customer stays with their first creator', code: 'a code', link: 'a link' } as const;

/** The rules in one sentence. */
export function policySentence(policy: Policy): string {
  const [first, ...rest] = policy.precedence;
  const order =
    policy.isTogether && policy.precedence.includes('code') && policy.precedence.includes('link')
      ? `${policy.precedence.includes('customer') ? 'A customer stays with their first creator; else codes' : 'Codes'} and links stand in one path`
      : [first, ...rest].flatMap((kind) => (kind === undefined ? [] : [kindWords[kind]])).join(' before ');
  const { firstDays, repeatDays } = policy.windows;
  const days = firstDays === repeatDays ? `${firstDays} days` : `${firstDays} days, ${repeatDays} for repeat orders`;
  return `${order.charAt(0).toUpperCase()}${order.slice(1)}; ${modelWords[policy.model].short}; clicks count for ${days}.`;
}
