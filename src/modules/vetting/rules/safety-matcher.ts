/** One category of words as it ships: models/safety/CARD.md says what the parts mean. */
export interface SafetyWords {
  category: string;
  version: string;
  words: Readonly<Record<string, readonly string[]>>;
  unless: readonly string[];
  needs: Readonly<Record<string, readonly string[]>>;
}

/** A workspace's own list: words that flag, or words that make a flagged one harmless. */
export interface OwnSafetyWords {
  name: string;
  category: string;
  effect: 'flag' | 'allow';
  words: readonly string[];
  version: number;
}

export interface SafetyHit {
  category: string;
  /** As the list writes it. */
  word: string;
  /** Of the list; null for a workspace's own. */
  language: string | null;
  listVersion: string;
  /** Some of the text around it. */
  excerpt: string;
}

interface Entry {
  category: string;
  word: string;
  tokens: readonly string[];
  /** Languages whose lists have it; empty for a workspace's own, which holds in any. */
  languages: string[];
  listVersion: string;
  needs: readonly string[] | null;
}

export interface SafetyMatcher {
  entries: ReadonlyMap<string, readonly Entry[]>;
  /** Phrases written as one word, as in a hashtag. */
  joined: ReadonlyMap<string, readonly Entry[]>;
  harmless: ReadonlyMap<string, readonly (readonly string[])[]>;
  languages: ReadonlySet<string>;
}

interface Token {
  text: string;
  from: number;
  to: number;
  isTag: boolean;
}

/** Longer than any caption; of a longer text the rest is not read. */
export const safetyCharactersMax = 20_000;
const excerptAround = 40;

/** Accents do not count, but ñ is a letter of its own: "coño" is not "cono". ß is ss, as in capitals; ı and ł are written i and l by many. */
function fold(word: string): string {
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/(?<!n)\u0303|[\u0300-\u0302\u0304-\u036f]/g, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l');
}

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;

function tokenise(text: string): Token[] {
  return [...text.matchAll(wordPattern)].map((match) => ({
    text: fold(match[0]),
    from: match.index,
    to: match.index + match[0].length,
    isTag: text[match.index - 1] === '#',
  }));
}

const tokensOf = (phrase: string) => tokenise(phrase).map((token) => token.text);

/** Makes one searcher of the shipped lists without the categories turned off, and of a workspace's own. */
export function compileSafety(
  lists: readonly SafetyWords[],
  own: readonly OwnSafetyWords[] = [],
  off: ReadonlySet<string> = new Set(),
): SafetyMatcher {
  const entries = new Map<string, Entry[]>();
  const joined = new Map<string, Entry[]>();
  const harmless = new Map<string, (readonly string[])[]>();
  const languages = new Set<string>();
  const add = (entry: Entry) => {
    const first = entry.tokens[0];
    if (first === undefined) return;
    entries.set(first, [...(entries.get(first) ?? []), entry]);
    if (entry.tokens.length === 1) return;
    const whole = entry.tokens.join('');
    joined.set(whole, [...(joined.get(whole) ?? []), entry]);
  };
  const allow = (phrase: string) => {
    const tokens = tokensOf(phrase);
    const first = tokens[0];
    if (first !== undefined) harmless.set(first, [...(harmless.get(first) ?? []), tokens]);
  };
  for (const list of lists) {
    if (off.has(list.category)) continue;
    for (const language of Object.keys(list.words)) languages.add(language);
    for (const entry of entriesOf(list)) add(entry);
    for (const phrase of list.unless) allow(phrase);
  }
  for (const { category, effect, words, name, version } of own) {
    for (const word of words) {
      if (effect === 'allow') allow(word);
      else if (!off.has(category))
        add({ category, word, tokens: tokensOf(word), languages: [], listVersion: `${name} ${version}`, needs: null });
    }
  }
  return { entries, joined, harmless, languages };
}

/** Each word of a category once, with all languages that have it. */
function entriesOf(list: SafetyWords): Entry[] {
  const needs = new Map(Object.entries(list.needs).map(([word, beside]) => [tokensOf(word).join(' '), beside]));
  const byKey = new Map<string, Entry>();
  for (const [language, words] of Object.entries(list.words))
    for (const word of words) {
      const tokens = tokensOf(word);
      const key = tokens.join(' ');
      const known = byKey.get(key);
      if (known !== undefined) {
        known.languages.push(language);
        continue;
      }
      byKey.set(key, {
        category: list.category,
        word,
        tokens,
        languages: [language],
        listVersion: list.version,
        needs: needs.get(key)?.map((beside) => tokensOf(beside).join(' ')) ?? null,
      });
    }
  return [...byKey.values()];
}

/** Tells the language of a text by its ISO 639-1 code; null where it is not sure. Asked only when a word of a list was found. */
export type LanguageOf = (text: string) => string | null;

/**
 * Words of the lists in a text, each category and word once, in the order they stand. A word within a harmless phrase, without the company it needs,
 * or of another language than the text's is none.
 */
export function findSafetyWords(
  matcher: SafetyMatcher,
  text: string,
  languageOf: LanguageOf = () => null,
): SafetyHit[] {
  const read = text.slice(0, safetyCharactersMax);
  const tokens = tokenise(read);
  const found = matchesIn(matcher, tokens);
  if (found.length === 0) return [];
  const covered = coveredBy(matcher, tokens);
  const whole = ` ${tokens.map((token) => token.text).join(' ')} `;
  const isBeside = (needs: readonly string[]) => needs.some((beside) => whole.includes(` ${beside} `));
  let language: string | null | undefined;
  const speaks = (entry: Entry): boolean => {
    if (entry.languages.length === 0 || entry.languages.includes('en')) return true;
    language ??= languageOf(read);
    return language === null || !matcher.languages.has(language) || entry.languages.includes(language);
  };
  const hits = new Map<string, SafetyHit>();
  for (const { entry, from, to } of found) {
    const key = `${entry.category} ${entry.word}`;
    if (hits.has(key) || isWithin(found, { entry, from, to }) || allCovered(covered, from, to)) continue;
    if ((entry.needs !== null && !isBeside(entry.needs)) || !speaks(entry)) continue;
    hits.set(key, {
      category: entry.category,
      word: entry.word,
      language: entry.languages[0] ?? null,
      listVersion: entry.listVersion,
      excerpt: excerptOf(read, tokens[from]?.from ?? 0, tokens[to - 1]?.to ?? 0),
    });
  }
  return [...hits.values()];
}

interface Match {
  entry: Entry;
  /** Tokens from, and up to without. */
  from: number;
  to: number;
}

function matchesIn(matcher: SafetyMatcher, tokens: readonly Token[]): Match[] {
  const found: Match[] = [];
  tokens.forEach((token, at) => {
    for (const entry of matcher.entries.get(token.text) ?? [])
      if (entry.tokens.every((part, i) => tokens[at + i]?.text === part))
        found.push({ entry, from: at, to: at + entry.tokens.length });
    if (token.isTag)
      for (const entry of matcher.joined.get(token.text) ?? []) found.push({ entry, from: at, to: at + 1 });
  });
  return found;
}

function coveredBy(matcher: SafetyMatcher, tokens: readonly Token[]): Set<number> {
  const covered = new Set<number>();
  tokens.forEach((token, at) => {
    for (const phrase of matcher.harmless.get(token.text) ?? [])
      if (phrase.every((part, i) => tokens[at + i]?.text === part))
        for (let i = 0; i < phrase.length; i += 1) covered.add(at + i);
  });
  return covered;
}

function allCovered(covered: ReadonlySet<number>, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!covered.has(at)) return false;
  return true;
}

/** Of "mass shooting" and "shooting" at one place the longer one is told. */
function isWithin(found: readonly Match[], one: Match): boolean {
  return found.some(
    (other) =>
      other.entry.category === one.entry.category &&
      other.to - other.from > one.to - one.from &&
      other.from <= one.from &&
      other.to >= one.to,
  );
}

function excerptOf(text: string, from: number, to: number): string {
  const start = Math.max(0, from - excerptAround);
  const end = Math.min(text.length, to + excerptAround);
  const line = text.slice(start, end).replaceAll(/\s+/g, ' ').trim().toWellFormed();
  return `${start > 0 ? '…' : ''}${line}${end < text.length ? '…' : ''}`;
}
