import type { DisclosureInput, Span, Standing } from '../api/verdict.ts';
import { captionLanguages } from './caption-language.ts';
import { findTerms, type Hit } from './find-terms.ts';
import { folds, type Pack } from './pack.ts';
import { readCaption, type Token } from './read-caption.ts';
import { findSigns, findThanksForGift, type Sign } from './signs-of-deal.ts';
import type { Term } from './terms.ts';

/** A term as the pack sees it, with what is wrong about its place. */
export interface Label extends Span {
  class: Term['class'];
  language: string;
  isTag: boolean;
  isBranded: boolean;
  isMasked: boolean;
  isAfterFold: boolean;
  isInRun: boolean;
  isOtherLanguage: boolean;
}

/** What a caption shows by itself, under the rules of one pack. */
export interface Reading {
  caption: string;
  tokens: readonly Token[];
  labels: readonly Label[];
  denials: readonly Span[];
  signs: readonly Sign[];
  languages: readonly string[];
  foldAt: number | null;
  standing: Standing;
}

/** Languages whose readers take each other's labels. */
const near: Readonly<Record<string, readonly string[]>> = {
  da: ['no', 'sv'],
  no: ['da', 'sv'],
  sv: ['da', 'no'],
  zh: ['ja'],
};
const runDefault = 3;

/** What is known of a caption before it is read. */
export interface KnownReading {
  tokens?: readonly Token[];
  languages?: readonly string[];
}

/** Reads a caption: which terms stand where, which of them count, and what else speaks for a deal. */
export function readDisclosure(input: DisclosureInput, pack: Pack, known: KnownReading = {}): Reading {
  const { caption } = input;
  const tokens = known.tokens ?? readCaption(caption);
  const hits = findTerms(caption, tokens);
  const thanks = findThanksForGift(caption, tokens);
  const isLabelled = hits.length > 0 || thanks !== null;
  const languages = input.languages ?? known.languages ?? (isLabelled ? languagesOf(caption, tokens, hits) : []);
  const foldAt = input.media.kind === 'story' ? null : foldOf(caption, input.platform);
  const ruled = {
    pack,
    giftsDo: pack.giftTermsDo && input.relation === 'gifted',
    languages,
    foldAt,
    runs: isLabelled ? hashtagRuns(caption, tokens, runOf(pack)) : [],
  };
  const labels = hits.flatMap((hit) => labelOf(hit, ruled));
  if (thanks !== null) labels.push(thanksLabel(thanks, ruled));
  labels.sort((a, b) => a.start - b.start || a.end - b.end);
  const denials = hits.filter(isDenial).map(({ start, end }) => ({ start, end }));
  const signs = findSigns(caption, tokens, input.brandNames ?? []);
  return { caption, tokens, labels, denials, signs, languages, foldAt, standing: standingOf(labels, signs) };
}

/** Languages of a caption nothing was found in, for the wording of a repair. */
export function languagesOf(caption: string, tokens: readonly Token[], hits: readonly Hit[]): string[] {
  const skip = new Set<number>();
  for (const hit of hits)
    if (!hit.isTag) for (let i = hit.at; i < tokens.length && (tokens[i]?.start ?? 0) < hit.end; i += 1) skip.add(i);
  return captionLanguages(caption, tokens, skip);
}

const isDenial = (hit: Hit) => hit.state === 'denied' || (hit.state === 'used' && hit.terms[0]?.class === 'denial');

interface Ruled {
  pack: Pack;
  giftsDo: boolean;
  languages: readonly string[];
  foldAt: number | null;
  runs: readonly Span[];
}

const rank: readonly Term['class'][] = ['clear', 'ambiguous', 'gift', 'affiliate', 'denial'];

function labelOf(hit: Hit, ruled: Ruled): Label[] {
  if (hit.state !== 'used') return [];
  const seen = hit.terms.flatMap((term) => {
    const own = ruled.pack.terms[term.id];
    const as = own ?? (ruled.giftsDo && term.class === 'gift' ? 'clear' : term.class);
    return as === 'ignored' ? [] : [{ class: as, language: term.language }];
  });
  // Of the same word in several languages the caption's own is meant.
  const own = seen.filter((term) => !isOther(term.language, ruled));
  const [best] = (own.length > 0 ? own : seen).sort((a, b) => rank.indexOf(a.class) - rank.indexOf(b.class));
  return best === undefined || best.class === 'denial' ? [] : [placed({ ...hit, ...best }, ruled)];
}

function thanksLabel(thanks: Span & { language: string }, ruled: Ruled): Label {
  const own = ruled.pack.terms['thanks-for-gift'];
  const as = own === 'ambiguous' ? 'ambiguous' : 'clear';
  return placed({ ...thanks, class: as, isTag: false, isBranded: false, isMasked: false }, ruled);
}

type Unplaced = Pick<Label, 'start' | 'end' | 'class' | 'language' | 'isTag' | 'isBranded' | 'isMasked'>;

function placed({ start, end, class: name, language, isTag, isBranded, isMasked }: Unplaced, ruled: Ruled): Label {
  return {
    start,
    end,
    class: name,
    language,
    isTag,
    isBranded,
    isMasked,
    isAfterFold: ruled.foldAt !== null && end > ruled.foldAt,
    isInRun: isTag && ruled.runs.some((run) => start >= run.start && end <= run.end),
    isOtherLanguage: isOther(language, ruled),
  };
}

const understood = new Map<Pack, readonly string[]>();

/** Languages whose terms everybody takes under a pack. */
function understoodIn(pack: Pack): readonly string[] {
  const known = understood.get(pack);
  if (known !== undefined) return known;
  const made = pack.rules.flatMap(({ check }) => (check.kind === 'language' ? check.understood : []));
  understood.set(pack, made);
  return made;
}

function isOther(language: string, { languages, pack }: Ruled): boolean {
  if (languages.length === 0 || languages.includes(language)) return false;
  return !understoodIn(pack).includes(language) && !languages.some((one) => near[one]?.includes(language));
}

function standingOf(labels: readonly Label[], signs: readonly Sign[]): Standing {
  const clear = labels.filter((label) => label.class === 'clear' && !label.isOtherLanguage);
  if (clear.some((label) => !label.isAfterFold && !label.isInRun)) return 'clear';
  if (clear.length > 0) return 'buried';
  if (labels.some((label) => label.class === 'ambiguous' || label.class === 'clear')) return 'ambiguous';
  return labels.length > 0 || signs.length > 0 ? 'signs' : 'none';
}

/** Where the platform cuts, as an index of UTF-16 code units; null when all is shown. */
export function foldOf(caption: string, platform: DisclosureInput['platform']): number | null {
  const fold = folds[platform];
  if (fold === null || caption.length <= fold.characters) return null;
  let index = 0;
  for (let count = 0; count < fold.characters; count += 1) {
    if (index >= caption.length) return null;
    index += (caption.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index >= caption.length ? null : index;
}

function runOf(pack: Pack): number {
  for (const rule of pack.rules) if (rule.check.kind === 'not-in-run') return rule.check.tags;
  return runDefault;
}

const words = /[\p{L}\p{N}]/u;

/** Runs of so many hashtags with no word or name between them. */
export function hashtagRuns(caption: string, tokens: readonly Token[], tagsMin: number): Span[] {
  const runs: Span[] = [];
  let first: Token | undefined;
  let last: Token | undefined;
  let count = 0;
  const close = () => {
    if (first !== undefined && last !== undefined && count >= tagsMin) runs.push({ start: first.start, end: last.end });
    count = 0;
    first = undefined;
  };
  for (const token of tokens) {
    const isNext = token.kind === 'tag' && (last === undefined || !words.test(caption.slice(last.end, token.start)));
    if (!isNext || count === 0) close();
    if (token.kind === 'tag') {
      first ??= token;
      count += 1;
    }
    last = token;
  }
  close();
  return runs;
}
