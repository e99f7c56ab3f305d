import type { Platform } from '#kernel/platform.ts';
import type { MediaKind, Relation, Severity } from '../api/verdict.ts';

export interface PackSource {
  id: string;
  title: string;
  publisher: string;
  url: string;
  /** Of the text itself. */
  dated: string;
  /** How it was read: the text itself, an account of it by others, or from knowledge and not looked up again. */
  readAs: 'text' | 'account' | 'knowledge';
  /** When it was read. */
  readOn: string;
}

/**
 * A rule of a pack: what it checks, how grave a breach is, and where it is written. The check is one of a closed set, so that a pack is data
 * about position, clarity, language and media.
 */
export interface PackRule {
  id: string;
  title: string;
  /** In our words. */
  says: string;
  source: string;
  severity: Severity;
  check: PackCheck;
}

export type PackCheck =
  /** A connection of one of these kinds must be disclosed. */
  | { kind: 'disclosed'; relations: readonly Relation[] }
  /** The text shows signs of a deal nobody has told the program of. */
  | { kind: 'signs' }
  /** The term must tell the reader that it is advertising. */
  | { kind: 'unambiguous'; brandedSeverity: Severity }
  /** The label is seen before the platform cuts the caption. */
  | { kind: 'before-fold' }
  /** The label stands in the first lines. */
  | { kind: 'first-lines'; lines: number }
  /** Not inside a run of so many hashtags. */
  | { kind: 'not-in-run'; tags: number }
  /** In the language of the caption; `understood` are taken by everybody. */
  | { kind: 'language'; understood: readonly string[] }
  /** Said and shown in these media, not only in the text below them. */
  | { kind: 'in-media'; media: readonly MediaKind[]; needs: 'either' | 'both' | 'shown' }
  /** The platform's own label does not do alone. */
  | { kind: 'label-alone' }
  /** The platform's own switch for paid posts has to be on. */
  | { kind: 'label-on'; relations: readonly Relation[] }
  /** No words to the contrary. */
  | { kind: 'no-denial' }
  /** Readable by machines and readers of screens: no look-alike letters. */
  | { kind: 'plain-letters' }
  /** Known and cited, not for a text to show. */
  | { kind: 'told' };

export interface Pack {
  id: string;
  version: string;
  /** Countries whose rules these are, ISO 3166; empty for the pack that stands in for all others. */
  countries: readonly string[];
  name: string;
  authority: string;
  /** Languages of advertising there, the first is taken when a caption's is not known. */
  languages: readonly string[];
  coverage: 'full' | 'partial';
  leavesOut: readonly string[];
  sources: readonly PackSource[];
  rules: readonly PackRule[];
  /** Terms this pack sees otherwise than the common table, by id. */
  terms: Readonly<Record<string, 'clear' | 'ambiguous' | 'ignored'>>;
  /** Where nothing but a product was given, words of a gift do. */
  giftTermsDo: boolean;
  /** The label a repair writes, by language. */
  wording: Readonly<Record<string, string>>;
}

/** Where a platform cuts a caption: signs counted as readers see them (code points), and lines. Null: shows all. */
export interface Fold {
  characters: number;
  lines: number;
  /** What readers tap for the rest. */
  more: string;
}

export const folds: Readonly<Record<Platform, Fold | null>> = {
  instagram: { characters: 125, lines: 4, more: 'more' },
  tiktok: { characters: 90, lines: 2, more: 'more' },
  youtube: { characters: 157, lines: 3, more: '...more' },
  pinterest: { characters: 50, lines: 2, more: 'more' },
  blog: { characters: 400, lines: 6, more: 'scrolling' },
};

/** The label of a repair where a pack has none of the language. */
export const commonWording: Readonly<Record<string, string>> = {
  en: 'Ad',
  de: 'Werbung',
  fr: 'Publicité',
  it: 'Pubblicità',
  es: 'Publicidad',
  pt: 'Publicidade',
  nl: 'Advertentie',
  sv: 'Annons',
  da: 'Reklame',
  no: 'Reklame',
  fi: 'Mainos',
  pl: 'Reklama',
  id: 'Iklan',
  tr: 'Reklam',
  ru: 'Реклама',
  ar: 'إعلان',
  hi: 'विज्ञापन',
  ja: '広告',
  ko: '광고',
  zh: '广告',
  th: 'โฆษณา',
  he: 'פרסומת',
  el: 'Διαφήμιση',
  ro: 'Publicitate',
  cs: 'Reklama',
  ca: 'Publicitat',
  ga: 'Fógra',
};
