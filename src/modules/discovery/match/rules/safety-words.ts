/** Subjects many brands keep away from, by the words that tell them; a flag is a place to look, not a verdict. Data, so that it can be argued about. */
export const safetyWords: Record<string, readonly string[]> = {
  alcohol: [
    'vodka',
    'whisky',
    'whiskey',
    'tequila',
    'drunk',
    'hangover',
    'booze',
    'beer',
    'wine',
    'cocktail',
    'cocktails',
  ],
  gambling: ['casino', 'gambling', 'betting', 'jackpot', 'roulette', 'sportsbook'],
  tobacco: ['cigarette', 'cigarettes', 'vape', 'vaping', 'tobacco', 'cigar', 'cigars', 'shisha', 'hookah'],
  drugs: ['cocaine', 'heroin', 'meth', 'cannabis', 'marijuana', 'weed', 'ecstasy', 'lsd'],
  weapons: ['gun', 'guns', 'rifle', 'pistol', 'ammo', 'shotgun'],
  adult: ['porn', 'nsfw', 'onlyfans', 'nude', 'nudes', 'xxx'],
  profanity: ['fuck', 'fucking', 'shit', 'bitch', 'cunt', 'asshole', 'bastard'],
};

export interface SafetyFlag {
  subject: string;
  word: string;
  /** Texts it stands in. */
  texts: number;
}

/** Words of a subject in the texts, those in most texts first. */
export function flagTexts(texts: readonly ReadonlySet<string>[]): SafetyFlag[] {
  return Object.entries(safetyWords)
    .flatMap(([subject, words]) =>
      words.map((word) => ({ subject, word, texts: texts.filter((text) => text.has(word)).length })),
    )
    .filter((flag) => flag.texts > 0)
    .sort((a, b) => b.texts - a.texts || (a.word < b.word ? -1 : 1));
}

/** Share of texts without a flagged word. */
export function cleanShare(texts: readonly ReadonlySet<string>[]): number {
  const all = new Set(Object.values(safetyWords).flat());
  const flagged = texts.filter((text) => [...text].some((word) => all.has(word))).length;
  return 1 - flagged / texts.length;
}
