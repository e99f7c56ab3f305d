import type { CommentText } from './comment-text.ts';
import { bitOf, type CommentWords, kindsOfWord } from './comment-words.ts';
import type { Span } from './promotion.ts';
import {
  featuresOfTokens,
  type NamedFeature,
  plainText,
  type TextFeatureOptions,
  type TextFeatures,
  tokensOf,
} from './text-features.ts';
import { mark } from './text-marks.ts';

export const kindFeatureOptions: TextFeatureOptions = { words: 2, characters: { from: 3, to: 4 }, buckets: 1 << 15 };

interface Word {
  text: string;
  span: Span;
  /** Bits of what it is known as; 0 unknown. */
  kinds: number;
  /** Unknown, with a capital, and at the end of its sentence: the name of the one who is spoken to ("Love it, Annie!"). */
  isName: boolean;
}

/** What is read off a comment besides its letters, with the places that may be shown as reason. */
export interface KindReading {
  features: TextFeatures;
  /** Question, word of telling or first person. */
  talk: Span | null;
  /** The thing that is named. */
  thing: Span | null;
  praise: Span | null;
}

const praise = bitOf('praise');
const wish = bitOf('wish');
const noun = bitOf('noun');
const address = bitOf('address');
const filler = bitOf('filler');
const first = bitOf('first');
const question = bitOf('question');
const tell = bitOf('tell');
const thing = bitOf('thing');
const wordPattern = /[\p{L}\p{M}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{M}]+)*/gu;
const withoutBlanks =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}]/u;
const named = /^\p{Lu}\p{Ll}+$/u;
const addressed = /^\s*(?:$|[^\p{L}\p{N}\s])/u;
const mentionOrTag = /[@#][\p{L}\p{N}\p{M}_.]+/gu;
const determiners = new Set(
  'that this those these your ur the his her their such my ese esa esos esas tu tus su esse essa seu sua cette cet ce ces ta ton tes dein deine deinen diese dieser dieses das der die den quel quella quei quelle questo questa tuo tua tuoi tue il la le el los las lo i gli die dat deze je jouw ten ta tego twoja twoje twoj bu su o'.split(
    ' ',
  ),
);
const edges = [1, 2, 3, 5, 9, 15, 25];
const restEdges = [0, 1, 2, 4];

/** Counts and flags that tell talk from praise, and praise of a thing from praise of anything; with hashed words and letters. */
export function readKind(read: CommentText, known: CommentWords): KindReading {
  const { text, marks } = read;
  const has = (bits: number) => (marks & bits) !== 0;
  const hasNames = has(mark.at | mark.hash);
  const bare = hasNames ? text.replace(mentionOrTag, (name) => ' '.repeat(name.length)) : text;
  const words = wordsOf(bare, known);
  const named: NamedFeature[] = [];
  const flag = (name: string, value = 1) => {
    if (value !== 0) named.push([name, value]);
  };
  const isForeign = has(mark.beyondAscii);
  const asked = isForeign || has(mark.asks) ? askMark.exec(bare) : null;
  flag('asks', asked === null || asked[0] === ';' ? 0 : 1);
  const reading = countWords(words, flag);
  if (isForeign) countInside(bare, known, flag);
  flag(`words ${edges.find((edge) => words.length <= edge) ?? 'many'}`);
  flag('mention', has(mark.at) ? 1 : 0);
  flag('mention first', has(mark.at) && /^\W*@/u.test(text) ? 1 : 0);
  flag('hashtag', has(mark.hash) ? 1 : 0);
  flag('exclaims', has(mark.exclaims) ? 1 : 0);
  const ends = isForeign || has(mark.point | mark.exclaims | mark.asks) ? bare.match(sentenceEnds) : null;
  flag('sentences', Math.min(2, (ends?.length ?? 0) / 2));
  flag('dots', (isForeign || has(mark.point)) && /\.\.|…/u.test(bare) ? 1 : 0);
  flag('number', (isForeign || has(mark.digit)) && /\p{Nd}/u.test(bare) ? 1 : 0);
  flag('comma', has(mark.comma) ? 1 : 0);
  flag('emoji', isForeign && /\p{Extended_Pictographic}/u.test(bare) ? 1 : 0);
  const tokens = hasNames ? tokensOf(plainText(bare, marks)) : read.tokens();
  const features = featuresOfTokens(tokens, kindFeatureOptions, named);
  const question = asked === null || asked[0] === ';' ? null : { start: asked.index, end: asked.index + 1 };
  return { ...reading, features, talk: question ?? reading.talk };
}

const askMark = /[?？؟;](?=\s|$|\p{P}|\p{S})|[?？؟]/u;
const sentenceEnds = /[.!?。！？]+\s+\p{L}/gu;

function wordsOf(text: string, known: CommentWords): Word[] {
  return Array.from(text.matchAll(wordPattern), (found, at) => {
    const bits = kindsOfWord(known, found[0]);
    const span = { start: found.index, end: found.index + found[0].length };
    return {
      text: found[0].toLowerCase(),
      span,
      // What names a thing is not praise by a like beginning ("preci-sion").
      kinds: (bits & thing) !== 0 ? bits & ~praise : bits,
      isName: bits === 0 && at > 0 && named.test(found[0]) && addressed.test(text.slice(span.end)),
    };
  });
}

type Flag = (name: string, value?: number) => void;

function countWords(
  words: readonly Word[],
  flag: Flag,
): { talk: Span | null; thing: Span | null; praise: Span | null } {
  const has = (word: Word | undefined, kind: number) => word !== undefined && (word.kinds & kind) !== 0;
  const isPraised = (at: number) => [1, 2, 3].some((step) => has(words[at + step], praise));
  const firsts = words.filter((word, at) => has(word, first) && !isPraised(at));
  const fondFirsts = words.filter((word, at) => has(word, first) && isPraised(at));
  const tells = words.filter((word) => has(word, tell) && !has(word, praise | wish));
  const praises = words.filter((word) => has(word, praise));
  const rest = words.filter(
    (word) => word.kinds === 0 && !word.isName && (word.text.length > 2 || withoutBlanks.test(word.text)),
  );
  const things = words.filter((word) => has(word, thing));
  const pointed = words.filter(
    (word, at) => (has(word, thing) || rest.includes(word)) && determiners.has(words[at - 1]?.text ?? ''),
  );
  const restBin = restEdges.find((edge) => rest.length <= edge) ?? 'many';
  flag(`first ${Math.min(3, firsts.length)}`);
  flag('first, fond', fondFirsts.length > 0 ? 1 : 0);
  flag('starts with first', firsts[0] !== undefined && firsts[0] === words[0] ? 1 : 0);
  flag(`tells ${Math.min(3, tells.length)}`);
  flag('tells', Math.log1p(tells.length) / 2);
  flag('share tells', words.length === 0 ? 0 : tells.length / words.length);
  flag('question word first', has(words[0], question) && !has(words[0], praise) ? 1 : 0);
  flag(`praise ${Math.min(3, praises.length)}`);
  flag('praise first', has(words[0], praise) ? 1 : 0);
  flag('praise last', has(words.at(-1), praise) ? 1 : 0);
  flag('wish', words.some((word) => has(word, wish)) ? 1 : 0);
  flag('noun', words.some((word) => has(word, noun)) ? 1 : 0);
  flag('address', words.some((word) => has(word, address)) ? 1 : 0);
  flag('all known', words.length > 0 && rest.length === 0 && tells.length === 0 ? 1 : 0);
  flag('share filler', words.length === 0 ? 0 : words.filter((word) => has(word, filler)).length / words.length);
  flag(`rest ${restBin}`);
  flag(
    `rest ${restBin}, ${praises.length > 0 ? 'praise' : 'no praise'}, ${firsts.length + tells.length > 0 ? 'talk' : 'no talk'}`,
  );
  flag('share rest', words.length === 0 ? 0 : rest.length / words.length);
  const isTalk = firsts.length + tells.length > 0;
  flag(`things ${Math.min(2, things.length)}`);
  flag(`thing ${things.length > 0}, ${praises.length > 0 ? 'praise' : 'no praise'}, ${isTalk ? 'talk' : 'no talk'}`);
  flag('name', words.some((word) => word.isName) ? 1 : 0);
  flag('few words with a thing', things.length > 0 && words.length <= 3 ? 1 : 0);
  flag('pointed at', pointed.length > 0 ? 1 : 0);
  flag('pointed at, praised', pointed.length > 0 && praises.length > 0 ? 1 : 0);
  flag('name in front', has(words[0], first | filler | praise | tell) ? 0 : 1);
  return {
    talk: (firsts[0] ?? tells[0])?.span ?? null,
    thing: (things[0] ?? pointed[0] ?? rest[0])?.span ?? null,
    praise: praises[0]?.span ?? null,
  };
}

function countInside(text: string, known: CommentWords, flag: Flag): void {
  if (!withoutBlanks.test(text)) return;
  const isPraise = known.insidePraise.test(text);
  const isTalk = known.insideTalk.test(text);
  flag(`inside ${isPraise ? 'praise' : 'no praise'}, ${isTalk ? 'talk' : 'no talk'}`, 2);
  if (known.insideThing.test(text)) flag(`inside thing, ${isPraise ? 'praise' : 'no praise'}`, 2);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  flag(`inside ${isPraise ? 'praise' : 'no praise'}, ${letters <= 6 ? 'short' : letters <= 12 ? 'middling' : 'long'}`);
}
