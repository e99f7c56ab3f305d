import type { Span } from '../api/verdict.ts';
import type { Token } from './read-caption.ts';

interface Place extends Span {
  at: number;
  length: number;
}

/** Signs that set a label apart from the sentence around it, on either side. */
const partsBefore = new Set([...'|/\\-–—:;•·*~([{<>【「『《«"“„‘\'”»_=+→➡.!?…,،。、！？：（']);
const partsAfter = new Set([...'|/\\-–—:;•·*~)]}<>】」』》»"”“’\'_=+→➡.!?…,،。、！？：）#@＃＠']);
const isWordSign = /[\p{L}\p{N}]/u;
const isDigits = /^\d{1,4}$/u;

/** Does an everyday word stand by itself, as a label does: on its own line, in brackets, parted by a sign, or loud at the very beginning? */
export function isLabelled(caption: string, tokens: readonly Token[], place: Place): boolean {
  const { start, end, at, length } = place;
  const before = tokens[at - 1];
  const after = tokens[at + length];
  const isFirst = before === undefined;
  const gapBefore = caption.slice(before?.end ?? 0, start);
  const gapAfter = caption.slice(end, after?.start ?? caption.length);
  if (isYear(before, gapBefore) || isYear(after, gapAfter)) return false;
  const word = caption.slice(start, end);
  const isLast = after === undefined || gapAfter.includes('\n');
  const isFree = isFirst || gapBefore.includes('\n') || hasPart(gapBefore, partsBefore);
  const isParted = hasPart(gapAfter, partsAfter);
  if (before !== undefined && before.kind !== 'word' && tokens[at - 2] === undefined && isParted) return true;
  if (isFree && (isLast || isParted || after.kind !== 'word')) {
    // "Text, ad coming" is a sentence; "text, ad" at the end is a label.
    return (
      isFirst || isLast || !/^,?\s*$/u.test(gapBefore) || gapBefore.includes('\n') || /[|)\]:•·\-–—/]/u.test(gapAfter)
    );
  }
  if (isLast && (before?.kind === 'tag' || before?.kind === 'mention')) return true;
  if (!isFirst && !gapBefore.includes('\n')) return false;
  return isLoud(word, caption.slice(after?.start ?? end, after?.end ?? end));
}

const isYear = (token: Token | undefined, gap: string) =>
  token !== undefined && isDigits.test(token.text) && /^[ .\u00a0]*$/u.test(gap);

function hasPart(gap: string, parts: ReadonlySet<string>): boolean {
  for (const sign of gap) if (parts.has(sign) || (sign > '\u00ff' && !isWordSign.test(sign))) return true;
  return false;
}

/** WERBUNG before an ordinary word, or "Werbung Heute": a label without a sign behind it. */
function isLoud(word: string, next: string): boolean {
  const isCapital = word === word.toUpperCase() && word !== word.toLowerCase();
  if (isCapital) return next !== next.toUpperCase() || next.length < 2;
  const [first = ''] = next;
  return (
    word.length > 3 &&
    word[0] !== word[0]?.toLowerCase() &&
    first !== first.toLowerCase() &&
    next.slice(1) === next.slice(1).toLowerCase()
  );
}

const articles = new Set('the my our la le il el o a the brand marke marca marque'.split(' '));

/** Is an account, a hashtag or a capitalised name right before or after it? */
export function nameBeside(caption: string, tokens: readonly Token[], place: { at: number; length: number }): boolean {
  const before = tokens[place.at - 1];
  if (before?.kind === 'mention') return true;
  let next = tokens[place.at + place.length];
  if (next?.kind === 'word' && articles.has(next.text)) next = tokens[place.at + place.length + 1];
  if (next === undefined) return false;
  if (next.kind === 'mention' || next.kind === 'tag') return true;
  const first = caption.slice(next.start, next.start + 1);
  return next.kind === 'word' && first !== first.toLowerCase();
}

const opening = '"“„«‘「『';
const closing = '"”“»’」』';
const quoteMax = 200;

/** Is it spoken of within quotation marks, with more words beside it or with words before the quotation? */
export function isQuoted(caption: string, { start, end }: Span): boolean {
  if (!/["“„«‘「『]/u.test(caption)) return false;
  const from = Math.max(0, start - quoteMax);
  const before = caption.slice(from, start);
  const after = caption.slice(end, end + quoteMax);
  for (let i = 0; i < opening.length; i += 1) {
    const open = opening[i] ?? '';
    const close = closing[i] ?? '';
    const opensAt = before.lastIndexOf(open);
    if (opensAt < 0) continue;
    const isInside =
      open === close ? (before.split(open).length - 1) % 2 === 1 : !before.slice(opensAt).includes(close);
    const closesAt = after.indexOf(close);
    if (!isInside || closesAt < 0 || after.slice(0, closesAt).includes('\n')) continue;
    const isAlone = before.slice(opensAt + 1).trim() === '' && after.slice(0, closesAt).trim() === '';
    // A label alone in quotation marks at the very beginning is a label all the same.
    if (!(isAlone && from + opensAt === 0)) return true;
  }
  return false;
}
