/** Every way to set one of each list after the other. */
function joined(...lists: readonly (readonly string[])[]): string[] {
  return lists.reduce<string[]>(
    (starts, list) => starts.flatMap((start) => list.map((part) => (start === '' ? part : `${start} ${part}`))),
    [''],
  );
}

/** Sentences of three parts of which any two share at most one, so that none is nearly another. */
function apart(first: readonly string[], second: readonly string[], third: readonly string[]): string[] {
  return first.flatMap((one, at) =>
    second.map((two, next) => `${one} ${two} ${third[(at + next) % third.length] ?? ''}`.trim()),
  );
}

const times = (count: number, list: readonly string[]) => Array.from({ length: count }, () => list).flat();

const looks = [
  'blue',
  'green',
  'tiny',
  'woollen',
  'brass',
  'striped',
  'oat',
  'painted',
  'old',
  'rye',
  'linen',
  'round',
];
const nouns = ['bowl', 'coat', 'kettle', 'shelf', 'loaf', 'apron', 'lamp', 'curtain', 'basket', 'table', 'mug', 'gate'];

const things = [
  'The crust on that loaf',
  'That green coat from the ferry',
  'The light in the second picture',
  'Your grandmother’s blue bowl',
  'The shelf behind the kettle',
  'Those rye biscuits from Sunday',
  'The linen curtain at the end',
  'Your hand-written pantry labels',
  'The little garden gate',
  'That pan with the wooden handle',
];
const opinions = [
  'makes me want to start at once,',
  'is just how I remember my aunt’s,',
  'looks even better in winter light,',
  'was the best part of my evening,',
  'deserves a post of its own,',
  'reminds me of our year in Galway,',
  'has convinced my whole family,',
  'would fit our hallway perfectly,',
];
const endings = [
  'thank you for showing it so slowly.',
  'I have tried it with spelt since.',
  'my daughter asked for it twice.',
  'we talked about it over breakfast.',
  'mine never turned out like this.',
  'I sent it to my sister in Ghent.',
  'please never change that corner.',
  'and I usually scroll past these.',
];

const asked = [
  'Which oat drink do you froth with',
  'How long did the dough rest',
  'Where did you find the round table',
  'Does the foam hold in tea as well',
  'What size is the baking tin',
  'Who made the curtain behind you',
  'Is the café by the canal open',
  'Can one order the apron online',
];
const circumstances = [
  'when the kitchen is this cold?',
  'if one has no proper oven?',
  'now that the old one is sold out?',
  'and would you buy it again?',
  'for a family of five?',
  'in the middle of the week?',
  'since you moved to the coast?',
  'before the guests arrive?',
];

/** Invented comments by kind, varied enough that two alike are rare, as they are where people write them. */
export const comments = {
  warm: ['so lovely', 'this is perfect', 'love this', 'beautiful as always', 'what a view'],
  specific: [...times(5, joined(['that'], looks, nouns)), ...apart(things, opinions, endings)],
  question: [
    ...times(
      3,
      joined(
        ['Which', 'Whose'],
        looks,
        nouns.map((noun) => `${noun}?`),
      ),
    ),
    ...joined(asked, circumstances),
  ],
  critical: [
    ...times(4, ['too dear, sadly', 'so disappointing', 'broke at once', 'not worth it', 'terrible quality']),
    ...joined(
      ['ordered the one with the brass handle', 'bought two of them in spring', 'mine came with a cracked lid'],
      ['and nobody answers my mails', 'and it broke after a week', 'which I find disappointing for the price'],
    ),
  ],
  empty: ['🔥🔥🔥', '😍', '👏👏', '💚'],
} as const;
