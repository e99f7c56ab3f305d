import { isEverydaySponsored, isWished } from './everyday-sponsored.ts';
import { isEverydayThanks } from './everyday-thanks.ts';
import { numbered } from './known-words.ts';
import { isLabelled, isQuoted, nameBeside } from './place-of-term.ts';
import { readCaption, type Token } from './read-caption.ts';
import { runTerms, type Term, terms } from './terms.ts';

/** A term where it stands in a caption. */
export interface Hit {
  /** The same words in one or several languages. */
  terms: readonly Term[];
  isTag: boolean;
  /** A hashtag of a brand's name and a term, such as #AcmePartner. */
  isBranded: boolean;
  /** `denied`: "not sponsored". `quoted`: spoken of, not used. */
  state: 'used' | 'denied' | 'quoted';
  isMasked: boolean;
  start: number;
  end: number;
  /** Index of its first token. */
  at: number;
}

const byFirstWord = new Map<string, Term[]>();
const byTag = new Map<string, Term[]>();
for (const term of terms) {
  const [first = ''] = term.words;
  byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), term]);
  if (term.needsName) continue;
  const tag = term.words.join('');
  byTag.set(tag, [...(byTag.get(tag) ?? []), term]);
}
/** By the number of the word a term begins with, the longest first. */
const byFirstNumber: readonly (readonly Term[])[] = numbered(
  [...byFirstWord].map(([word, some]) => [word, some.sort((a, b) => b.words.length - a.words.length)]),
);

const englishTerm = (words: string, name: Term['class']): Term => ({
  id: `en:${words}`,
  language: 'en',
  class: name,
  words: [words],
  isEveryday: false,
  needsName: false,
});
const sponsoredBy = [englishTerm('sponsoredby', 'clear')];
const brandedTag = [englishTerm('#xpartner', 'ambiguous')];
const thanksTag = [englishTerm('#thanksx', 'ambiguous')];
const giftedBy = [englishTerm('giftedby', 'gift')];

/** Parts of a hashtag before "partner" or "ambassador" that make it one of daily life. */
const dailyLife = new Set(
  'gym workout training life dance travel dinner date sparring running run lab business study crime my best drinking climbing lifting yoga fitness adventure forever soul riding hiking accountability perfect visual team tennis golf poker duet chess swim sex domestic silent senior managing law trade channel surf ski coffee cuddle nap snuggle shopping the a our new adventures peace goodwill kindness love youth student brand'.split(
    ' ',
  ),
);
const ends =
  /^(.{2,})(partner|ambassador|ambassadress|ambassadrice|botschafterin|botschafter|embajadora|embajador|embaixadora|ambasadorka)$/u;
const thanks = /^(?:thanks|thankyou|thx|danke|merci|gracias|grazie|obrigada|obrigado)(.+)$/u;
/** All terms of a caption in their order; none overlaps another. */
export function findTerms(caption: string, tokens: readonly Token[]): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined) break;
    const found =
      token.kind === 'tag' ? tagTerms(token) : token.kind === 'word' ? wordTerms(caption, tokens, at) : null;
    if (found === null) {
      if (token.isUnspaced && (token.kind === 'word' || token.kind === 'tag'))
        hits.push(...runHits(caption, token, at));
      at += 1;
      continue;
    }
    const last = tokens[at + found.length - 1] ?? token;
    const span = { start: token.start, end: last.end };
    const isDenied =
      found.terms[0]?.class !== 'denial' && (deniedBy(caption, tokens, at, found.length) || isWished(tokens, at));
    hits.push({
      ...span,
      terms: found.terms,
      isTag: token.kind === 'tag',
      isBranded: found.terms === brandedTag || found.terms === thanksTag,
      state: isDenied ? 'denied' : isQuoted(caption, span) ? 'quoted' : 'used',
      isMasked: tokens.slice(at, at + found.length).some((one) => one.isMasked),
      at,
    });
    at += found.length;
  }
  return hits;
}

interface Found {
  terms: readonly Term[];
  length: number;
}

function tagTerms({ text }: Token): Found | null {
  const joined = text.replaceAll('_', '');
  const known = byTag.get(joined);
  if (known !== undefined) return { terms: known, length: 1 };
  if (joined.length < 7) return null;
  if (joined.startsWith('sponsoredby')) return { terms: sponsoredBy, length: 1 };
  if (joined.startsWith('giftedby')) return { terms: giftedBy, length: 1 };
  const brand = ends.exec(joined)?.[1];
  if (brand !== undefined && !dailyLife.has(brand)) return { terms: brandedTag, length: 1 };
  const whom = thanks.exec(joined)?.[1];
  if (whom !== undefined && whom.length > 2 && !isEverydayThanks(whom)) return { terms: thanksTag, length: 1 };
  return null;
}

function wordTerms(caption: string, tokens: readonly Token[], at: number): Found | null {
  const candidates = byFirstNumber[tokens[at]?.known ?? 0];
  if (candidates === undefined) return null;
  let best: Term[] = [];
  for (const term of candidates) {
    const { length } = term.words;
    if (best[0] !== undefined && best[0].words.length > length) break;
    if (!matches(caption, tokens, { at, words: term.words })) continue;
    const span = { start: tokens[at]?.start ?? 0, end: tokens[at + length - 1]?.end ?? 0 };
    if (term.needsName && !nameBeside(caption, tokens, { at, length })) continue;
    if (term.isEveryday && !isLabelled(caption, tokens, { at, length, ...span })) continue;
    best.push(term);
  }
  best = best.filter((term) => !isExcepted(tokens, at, term));
  return best.length === 0 ? null : { terms: best, length: best[0]?.words.length ?? 1 };
}

/** What may stand between the words of one term. */
const joint = /^[ \u00a0\u200b-\u200f\u2060_'’/-]*$/u;

function matches(caption: string, tokens: readonly Token[], of: { at: number; words: readonly string[] }): boolean {
  for (let i = 1; i < of.words.length; i += 1) {
    const token = tokens[of.at + i];
    const last = tokens[of.at + i - 1];
    if (token === undefined || last === undefined || token.text !== of.words[i]) return false;
    if (token.kind === 'mention' || token.kind === 'url' || !joint.test(caption.slice(last.end, token.start)))
      return false;
  }
  return true;
}

const offers = new Set('for contact dm inquiries enquiries business inquire email'.split(' '));

function isExcepted(tokens: readonly Token[], at: number, term: Term): boolean {
  if (term.words[0] === 'sponsored' && term.language === 'en') return isEverydaySponsored(tokens, at);
  if (term.id.startsWith('en:paid ')) return offers.has(tokens[at - 1]?.text ?? '');
  return false;
}

const runWord = (term: Term) => term.words[0] ?? '';

/** Terms within a run of signs without blanks, a denial before what it denies. */
function runHits(caption: string, token: Token, at: number): Hit[] {
  const hits: Hit[] = [];
  let rest = token.text;
  const shift = token.end - token.text.length;
  for (const term of runTerms) {
    const from = rest.indexOf(runWord(term));
    if (from < 0) continue;
    const { length } = runWord(term);
    rest = rest.slice(0, from) + ' '.repeat(length) + rest.slice(from + length);
    const isTag = token.kind === 'tag';
    // A fold may change the length of a run; then the whole run is the span.
    const isExact = token.end - token.start - (isTag ? 1 : 0) === token.text.length;
    const span =
      isExact && !isTag ? { start: shift + from, end: shift + from + length } : { start: token.start, end: token.end };
    const state = isQuoted(caption, span) ? 'quoted' : 'used';
    hits.push({ ...span, terms: [term], isTag, isBranded: false, state, isMasked: token.isMasked, at });
  }
  return hits;
}

const negators = new Set(
  'not no isnt arent wasnt never non nor without dont didnt neither aint un nicht kein keine keinerlei ohne weder pas sans aucun aucune ni nessun nessuna senza sin nao sem nem nenhuma geen niet zonder nie bez bukan tidak tanpa inte ej ingen inget ikke ei eivat не без нет ни ليس ليست مو مش غير بدون مهو لا нету'
    .split(' ')
    .flatMap((word) => readCaption(word).map((token) => token.text)),
);
/** Words that may stand between a denial and what it denies. */
const fillers = new Set(
  'a an the this that is it in any way paid or and being at all my our actually even really been sponsored ad advert post was for promoted gifted by anyone e ein eine einen bezahlte bezahlter dies das ist und oder mehr une un de du la le les cette est ni uno una es esto di questo questa per una um uma isso een dit gesponsord betaalde to jest to jako ini en ett en et denne это هذا هذه إعلان'
    .split(' ')
    .flatMap((word) => readCaption(word).map((token) => token.text)),
);
const only = new Set(
  'only just merely simply nur bloß seulement juste solo soltanto solamente apenas alleen tylko hanya bara kun'.split(
    ' ',
  ),
);
const after = new Set(
  ['degil', 'degildir', 'नहीं', 'nahi', 'nahin'].flatMap((word) => readCaption(word).map((one) => one.text)),
);
const lookBack = 5;
const clauseEnd = /[.!?;:|\n()]/u;

/** Is there a "not" before it, with nothing but filling words between, or behind it where the language says it so? */
function deniedBy(caption: string, tokens: readonly Token[], at: number, length: number): boolean {
  const follower = tokens[at + length];
  if (follower !== undefined && after.has(follower.text))
    return joint.test(caption.slice(tokens[at + length - 1]?.end ?? 0, follower.start));
  for (let back = 1; back <= lookBack; back += 1) {
    const token = tokens[at - back];
    const next = tokens[at - back + 1];
    if (token === undefined || next === undefined || token.kind === 'mention' || token.kind === 'url') return false;
    if (clauseEnd.test(caption.slice(token.end, next.start))) return false;
    if (negators.has(token.text) && token.kind === 'word') return !only.has(next.text);
    if (!fillers.has(token.text)) return false;
  }
  return false;
}
