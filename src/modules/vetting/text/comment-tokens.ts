/** One piece of a comment, in the order it stands there. */
export interface Token {
  kind: TokenKind;
  /** Words and hashtags folded (`foldWord`), emoji without colour of skin, the rest as it stands. */
  text: string;
  /** Written in capitals, two letters or more. */
  isLoud: boolean;
  /** Drawn out: soooo. */
  isDrawnOut: boolean;
}

export type TokenKind = 'word' | 'hashtag' | 'mention' | 'link' | 'emoji' | 'emoticon' | 'stop';

/** A comment is read as far as this; what stands behind does not change what it is about. */
export const readCharactersMax = 2000;

/** The pieces of a comment: words, hashtags, mentions, links, emoji, emoticons, and runs of punctuation. Reads the first 2,000 characters. */
export function readTokens(text: string): Token[] {
  const clean = cleanText(text);
  const tokens: Token[] = [];
  let at = 0;
  while (at < clean.length) at = takeToken(clean, at, tokens);
  return tokens;
}

const blank = 0;
const letter = 1;
const stop = 2;
const sign = 3;
const surrogate = 4;

/** What each UTF-16 unit is; made once. */
const unitKinds = (() => {
  const table = new Uint8Array(65_536).fill(sign);
  const inWord = /^[\p{L}\p{M}\p{N}_]$/u;
  const isBlank = /^[\s\p{C}]$/u;
  for (let unit = 0; unit < table.length; unit += 1) {
    const text = String.fromCharCode(unit);
    if (unit >= 0xd800 && unit <= 0xdfff) table[unit] = surrogate;
    else if (unit >= 0xfe00 && unit <= 0xfe0f) table[unit] = blank;
    else if (inWord.test(text)) table[unit] = letter;
    else if (isBlank.test(text)) table[unit] = blank;
    else if ('!?.,;:…()"“”¿¡！？؟،'.includes(text)) table[unit] = stop;
  }
  return table;
})();

/** Puts the piece that begins at `at` and says where the next one may begin. */
function takeToken(text: string, at: number, tokens: Token[]): number {
  const unit = text.charCodeAt(at);
  const kind = unitKinds[unit] ?? sign;
  if (kind === letter) return takeWord(text, at, tokens);
  if (kind === blank) return at + 1;
  if (unit === 0x40 || unit === 0x23) return takeTag(text, at, tokens);
  if (unit < 128 && emoticonStarts.has(unit)) {
    const end = endOfEmoticon(text, at);
    if (end > at) return put(tokens, 'emoticon', text, { at, end });
  }
  if (kind === stop) {
    let end = at + 1;
    while (end < text.length && isSameStop(unit, text.charCodeAt(end))) end += 1;
    return put(tokens, 'stop', text, { at, end });
  }
  if (unit < 0x2000 && unit !== 0xa9 && unit !== 0xae) return at + 1;
  return takeEmoji(text, at, tokens);
}

const exclamations = '!?！？؟';

function isSameStop(first: number, next: number): boolean {
  return first === next || (isExclaiming(first) && isExclaiming(next));
}

function isExclaiming(unit: number): boolean {
  return exclamations.includes(String.fromCharCode(unit));
}

function put(tokens: Token[], kind: TokenKind, text: string, { at, end }: { at: number; end: number }): number {
  tokens.push({ kind, text: text.slice(at, end), isLoud: false, isDrawnOut: false });
  return end;
}

function takeWord(text: string, at: number, tokens: Token[]): number {
  const first = text.charCodeAt(at) | 0x20;
  if ((first === 0x68 && isLinkAt(text, at)) || (first === 0x77 && text.startsWith('www.', at))) {
    let end = at;
    while (end < text.length && unitKinds[text.charCodeAt(end)] !== blank) end += 1;
    return put(tokens, 'link', text, { at, end });
  }
  if ((first === 0x78 || first === 0x6f) && (at === 0 || unitKinds[text.charCodeAt(at - 1)] !== letter)) {
    const end = endOfEmoticon(text, at);
    if (end > at) return put(tokens, 'emoticon', text, { at, end });
  }
  let end = endOfLetters(text, at);
  // It's, l'amour: one word.
  while (end + 1 < text.length && isApostrophe(text.charCodeAt(end)) && unitKinds[text.charCodeAt(end + 1)] === letter)
    end = endOfLetters(text, end + 1);
  tokens.push(wordToken('word', text.slice(at, end)));
  return end;
}

function isLinkAt(text: string, at: number): boolean {
  return text.startsWith('http', at) && (unitKinds[text.charCodeAt(at + 4)] !== letter || text.startsWith('https', at));
}

const isApostrophe = (unit: number) => unit === 0x27 || unit === 0x2019;

function endOfLetters(text: string, at: number): number {
  let end = at;
  while (end < text.length && unitKinds[text.charCodeAt(end)] === letter) end += 1;
  return end;
}

function takeTag(text: string, at: number, tokens: Token[]): number {
  const isMention = text.charCodeAt(at) === 0x40;
  let end = endOfLetters(text, at + 1);
  // A handle may have points inside it.
  while (isMention && text[end] === '.' && unitKinds[text.charCodeAt(end + 1)] === letter)
    end = endOfLetters(text, end + 1);
  if (end === at + 1) return end;
  if (isMention) return put(tokens, 'mention', text, { at, end });
  tokens.push(wordToken('hashtag', text.slice(at + 1, end)));
  return end;
}

function wordToken(kind: 'word' | 'hashtag', piece: string): Token {
  const lower = piece.toLowerCase();
  const folded = foldWord(lower);
  const isLoud = piece.length > 1 && lower !== piece && piece === piece.toUpperCase();
  return { kind, text: folded, isLoud, isDrawnOut: folded.length < lower.length && drawnOut.test(lower) };
}

const emoticonStarts = new Set([...':;=8<^-'].map((sign) => sign.charCodeAt(0)));
const emoticon = /[:;=8][-o^']?[)(\][dDpPoO|/\\3*$]+|:'-?[()]|[xX]D+|<3+|<\/3|\^[_.]?\^|-[_.]+-|[oO][_.][oO]/y;

/** Where the emoticon that begins here ends; `at` when there is none. */
function endOfEmoticon(text: string, at: number): number {
  emoticon.lastIndex = at;
  if (!emoticon.test(text)) return at;
  const end = emoticon.lastIndex;
  // ":pretty" and "8)" in "18)" are none.
  const isInside = unitKinds[text.charCodeAt(end)] === letter && unitKinds[text.charCodeAt(end - 1)] === letter;
  const follows = at > 0 && unitKinds[text.charCodeAt(at)] === letter && unitKinds[text.charCodeAt(at - 1)] === letter;
  return isInside || follows ? at : end;
}

const isTone = (text: string, at: number) => text.charCodeAt(at) === 0xd83c && isToneUnit(text.charCodeAt(at + 1));
const isToneUnit = (unit: number) => unit >= 0xdffb && unit <= 0xdfff;
const isFlagPart = (text: string, at: number) =>
  text.charCodeAt(at) === 0xd83c && text.charCodeAt(at + 1) >= 0xdde6 && text.charCodeAt(at + 1) <= 0xddff;

function takeEmoji(text: string, at: number, tokens: Token[]): number {
  let emoji = '';
  let end = at;
  for (;;) {
    const size = unitKinds[text.charCodeAt(end)] === surrogate ? 2 : 1;
    emoji += text.slice(end, end + size);
    end += size;
    if (emoji.length === 2 && isFlagPart(emoji, 0) && isFlagPart(text, end)) {
      emoji += text.slice(end, end + 2);
      end += 2;
    }
    while (text.charCodeAt(end) === 0xfe0f || isTone(text, end)) end += isTone(text, end) ? 2 : 1;
    // Joined to the next sign: one emoji.
    if (text.charCodeAt(end) !== 0x200d || end + 1 >= text.length) break;
    emoji += '\u200d';
    end += 1;
  }
  const first = emoji.charCodeAt(0);
  // Letters of scripts beyond the first 65,536 signs are no emoji.
  if (first >= 0xd83c && first <= 0xd83e) tokens.push({ kind: 'emoji', text: emoji, isLoud: false, isDrawnOut: false });
  else if (first >= 0x2190 && first <= 0x3299)
    tokens.push({ kind: 'emoji', text: emoji, isLoud: false, isDrawnOut: false });
  return end;
}

const plain = /^[a-z0-9_]*$/;
// "schön" is not "schon": umlauts are written out, as people do who have none on their keys.
const umlauts = /[äöüÄÖÜ]|[aou]\u0308/;
const plainUmlauts: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue' };
const latinAccents = /[\u0300-\u036f]/g;
const arabic = /[\u0600-\u06ff]/;
const arabicSigns = /[\u0640\u064b-\u065f\u0670]/g;
const drawnOut = /(\p{L})\1\1/u;

/** Folds a lower-case word for look-up: no Latin accents (umlauts written out), one form of the Arabic letters people swap, a letter at most twice in a row. */
export function foldWord(lower: string): string {
  let text = lower;
  if (!plain.test(lower)) {
    text = umlauts.test(lower)
      ? lower
          .normalize('NFC')
          .replace(/gü(?=[eéií])/g, 'gu')
          .replace(/[äöü]/g, (sign) => plainUmlauts[sign] ?? sign)
      : lower;
    text = text.normalize('NFKD').replace(latinAccents, '').replace(/’/g, "'").replace(/ß/g, 'ss');
    if (arabic.test(text))
      text = text
        .replace(arabicSigns, '')
        .replace(/[أإآٱ]/g, 'ا')
        .replace(/ى/g, 'ي')
        .replace(/ة/g, 'ه');
    text = text.normalize('NFC');
  }
  for (let at = 2; at < text.length; at += 1)
    if (text[at] === text[at - 1] && text[at] === text[at - 2]) return text.replace(/(.)\1{2,}/gu, '$1$1');
  return text;
}

/** An emoji without the signs for colour of skin and manner of drawing, so that all its forms are one. */
export function plainEmoji(emoji: string): string {
  return emoji.replace(/\uFE0F|\p{Emoji_Modifier}/gu, '');
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", nbsp: ' ' };

/** Undoes what exports leave behind (&amp;, \u2019 and line breaks as two characters). */
function cleanText(text: string): string {
  let clean = text.length > readCharactersMax ? text.slice(0, readCharactersMax) : text;
  if (clean.includes('\\'))
    clean = clean
      .replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/\\[nrt]/g, ' ')
      .replace(/\\(["'])/g, '$1');
  if (clean.includes('&'))
    clean = clean.replace(/&(amp|lt|gt|quot|apos|#39|nbsp);/g, (_, name: string) => named[name] ?? ' ');
  return clean;
}
