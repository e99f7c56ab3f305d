import { hashNext, hashStart, numberAt, numberOf, wordOf } from './known-words.ts';

/** A word, hashtag, mention or address of a caption, compared by `text`, shown by its place in the caption. */
export interface Token {
  kind: 'word' | 'tag' | 'mention' | 'url';
  /** Folded: lower case, without accents, sign and hidden characters; look-alikes of Latin letters as those. */
  text: string;
  /** Its number among the words somebody asks for, 0 for the others. */
  known: number;
  /** UTF-16 code units of the caption as it was given, sign included. */
  start: number;
  end: number;
  /** Written with hidden characters, look-alike letters or letters from a set of symbols. */
  isMasked: boolean;
  /** Has a sign of a script that is written without blanks. */
  isUnspaced: boolean;
  /** Nothing but plain letters, digits and underscores. */
  isPlain: boolean;
}

const other = 0;
const letter = 1;
const hidden = 2;

const marks = /\p{M}+/gu;
const unspaced = (code: number) =>
  (code >= 0xe00 && code <= 0xeff) || (code >= 0x2e80 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af);
const strips = (code: number) => code < 0x700 || (code >= 0x1e00 && code <= 0x1fff) || code >= 0x1d400;

/** Letters without a decomposition that are written for another in labels. */
const plain: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ı: 'i', ß: 'ss', æ: 'ae', œ: 'oe' };

const cache = new Map<number, { kind: number; text: string }>();
const small: { kind: number; text: string }[] = [];

function describe(code: number): { kind: number; text: string } {
  const known = code < 0x250 ? small[code] : cache.get(code);
  if (known !== undefined) return known;
  const made = { kind: kindOf(code), text: foldOf(code) };
  if (code < 0x250) small[code] = made;
  else cache.set(code, made);
  return made;
}

const isLetter = /^[\p{L}\p{M}\p{N}_]$/u;

function kindOf(code: number): number {
  if (code === 0xad || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)) return hidden;
  if ((code >= 0x2060 && code <= 0x206f) || code === 0xfeff || (code >= 0xfe00 && code <= 0xfe0f)) return hidden;
  if (code >= 0x300 && code <= 0x36f) return hidden;
  if (isEnclosed(code)) return letter;
  return isLetter.test(String.fromCodePoint(code)) ? letter : other;
}

/** Letters in circles and squares, which have no plain form in Unicode's tables. */
const isEnclosed = (code: number) => code >= 0x1f130 && code <= 0x1f189;

function foldOf(code: number): string {
  if (isEnclosed(code)) return String.fromCharCode(0x61 + ((code - 0x1f130) % 32));
  const text = String.fromCodePoint(code);
  const folded = (strips(code) ? text.normalize('NFKD').replace(marks, '') : text.normalize('NFKC')).toLowerCase();
  return plain[folded] ?? folded;
}

/** Cyrillic, Greek and Armenian letters, each before the Latin one it looks like. */
const pairs = 'аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwոnкkмmтtнhвbдdοoαaνvρpιiκkτtυuϲcεeηnσoδd';
const looks = new Map(pairs.match(/../gu)?.map((pair) => [pair.slice(0, 1), pair.slice(1)]));
const rareLook = /[јѕԁһԛԝո]/u;
const latin = /[a-z]/u;
const otherAlphabet = /[\u0370-\u058f]/u;

/** A word that mixes alphabets, or uses letters hardly any word has, read as what it looks like; null when it is what it is. */
function lookAlike(text: string): string | null {
  if (!otherAlphabet.test(text) || !(latin.test(text) || rareLook.test(text))) return null;
  let read = '';
  for (const sign of text) read += looks.get(sign) ?? sign;
  return read;
}

const blank = 0x20;
const hash = 0x23;
const at = 0x40;
const isHash = (code: number) => code === hash || code === 0xff03 || code === 0xfe5f;
const isAt = (code: number) => code === at || code === 0xff20;
const isApostrophe = (code: number) => code === 0x27 || code === 0x2019;
const isMaskCode = (code: number) => code >= 0x1d400;

/** Words, hashtags, mentions and addresses in their order. */
export function readCaption(caption: string): Token[] {
  const tokens: Token[] = [];
  let i = 0;
  while (i < caption.length) {
    const code = caption.charCodeAt(i);
    if (code === blank) {
      i += 1;
      continue;
    }
    if (isHash(code) || isAt(code)) {
      const token = readName(caption, i, isHash(code) ? 'tag' : 'mention');
      if (token !== null) tokens.push(token);
      i = token?.end ?? i + 1;
      continue;
    }
    const point = code >= 0xd800 ? (caption.codePointAt(i) ?? code) : code;
    if (describe(point).kind !== letter) {
      i += point > 0xffff ? 2 : 1;
      continue;
    }
    const word = readWord(caption, i, { kind: 'word', from: i });
    const token = (mayBeAddress(caption, word) ? readAddress(caption, i) : null) ?? word;
    tokens.push(token);
    i = token.end;
  }
  return tokens;
}

/** Cheap, and right for all that the pattern of an address takes. */
function mayBeAddress(caption: string, { end }: Token): boolean {
  const next = end < caption.length ? caption.charCodeAt(end) : blank;
  return next === 0x2e || next === 0x2d || next === 0x3a;
}

const address =
  /(?:https?:\/\/|www\.)[^\s]+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|it|net|org|io|co|de|me|tv|shop|store|ly|uk|fr|se|nl|eu)(?:\/[^\s]*|(?![\p{L}\p{N}_.@]))/iuy;
const addressEnd = /[.,!?)\]}"'»”]+$/u;

function readAddress(caption: string, start: number): Token | null {
  address.lastIndex = start;
  const found = address.exec(caption)?.[0].replace(addressEnd, '');
  if (found === undefined) return null;
  const end = start + found.length;
  return {
    kind: 'url',
    text: found.toLowerCase(),
    known: 0,
    start,
    end,
    isMasked: false,
    isUnspaced: false,
    isPlain: false,
  };
}

function readName(caption: string, start: number, kind: 'tag' | 'mention'): Token | null {
  let from = start + 1;
  while (from < caption.length && describe(caption.charCodeAt(from)).kind === hidden) from += 1;
  const first = caption.codePointAt(from);
  if (first === undefined || describe(first).kind !== letter) return null;
  const token = readWord(caption, from, { kind, from: start });
  return from === start + 1 ? token : { ...token, isMasked: true };
}

/** A word of plain letters that a plain sign ends, as most are: read at one go. Null when there is more to it. */
function readPlainWord(caption: string, start: number, as: { kind: Token['kind']; from: number }): Token | null {
  let end = start;
  let next = 0x20;
  let hasCapital = false;
  let hash = hashStart;
  for (; end < caption.length; end += 1) {
    next = caption.charCodeAt(end);
    if (next >= 0x41 && next <= 0x5a) {
      hasCapital = true;
      hash = hashNext(hash, next + 0x20);
      continue;
    }
    if (!((next >= 0x61 && next <= 0x7a) || (next >= 0x30 && next <= 0x39) || next === 0x5f)) break;
    hash = hashNext(hash, next);
  }
  // A full stop joins names only, an apostrophe words.
  const mayGoOn = next >= 0x80 || next === (as.kind === 'mention' ? 0x2e : 0x27);
  if (end === start || (end < caption.length && mayGoOn)) return null;
  const known = numberAt(caption, { start, end }, hash);
  return {
    kind: as.kind,
    text: known > 0 ? wordOf(known) : textOf(caption.slice(start, end), hasCapital),
    known,
    start: as.from,
    end,
    isMasked: false,
    isUnspaced: false,
    isPlain: true,
  };
}

const textOf = (raw: string, hasCapital: boolean) => (hasCapital ? raw.toLowerCase() : raw);

function readWord(caption: string, start: number, as: { kind: Token['kind']; from: number }): Token {
  const plainWord = readPlainWord(caption, start, as);
  if (plainWord !== null) return plainWord;
  let text = '';
  let end = start;
  let isPending = false;
  let isHidden = false;
  let isSymbol = false;
  let isUnspaced = false;
  let isPlain = true;
  for (let i = start; i < caption.length; ) {
    const unit = caption.charCodeAt(i);
    const code = unit >= 0xd800 && unit <= 0xdbff ? (caption.codePointAt(i) ?? unit) : unit;
    const width = code > 0xffff ? 2 : 1;
    const sign = describe(code);
    if (sign.kind === letter) {
      text += sign.text;
      if (code >= 0x370) {
        isPlain = false;
        isSymbol ||= isMaskCode(code);
        isUnspaced ||= unspaced(code);
      }
      isHidden ||= isPending;
      end = i + width;
    } else if (sign.kind === hidden) isPending ||= code === 0xad || code >= 0x2000;
    else if (!continues(as.kind, text, caption, i)) break;
    else if (code === 0x2e) text += '.';
    i += width;
  }
  const read = isPlain ? null : lookAlike(text);
  const isMasked = isSymbol || read !== null || (isHidden && isPlain);
  const folded = read ?? text;
  return {
    kind: as.kind,
    text: folded,
    known: numberOf(folded),
    start: as.from,
    end,
    isMasked,
    isUnspaced,
    isPlain: false,
  };
}

/** Short words that French and Italian write together with the next one. */
const elided = new Set('l d n s c j m t qu un all dell nell sull'.split(' '));

/** An apostrophe within a word, a full stop within a name. */
function continues(kind: Token['kind'], text: string, caption: string, i: number): boolean {
  const code = caption.charCodeAt(i);
  const joins = kind === 'mention' ? code === 0x2e : kind === 'word' && isApostrophe(code) && !elided.has(text);
  if (!joins) return false;
  const next = caption.codePointAt(i + 1);
  return next !== undefined && describe(next).kind === letter;
}

/** A text as its words are compared. */
export function foldWords(text: string): string[] {
  return readCaption(text).map((token) => token.text);
}
