/** Signs that a rule or a model looks for; where one does not stand in a text, its patterns need not be tried. */
export const mark = {
  /** Any sign beyond ASCII: accents, other scripts, emoji, typographic marks. */
  beyondAscii: 1,
  digit: 2,
  at: 4,
  hash: 8,
  point: 16,
  colon: 32,
  /** ? or ; */
  asks: 64,
  exclaims: 128,
  comma: 256,
  /** < or &, as exports of pages leave them. */
  markup: 512,
} as const;
/** Of a text that nobody looked at: anything may stand in it. */
export const allMarks = 0xffff;

const markOf = (() => {
  const table = new Uint16Array(128);
  const put = (signs: string, bit: number) => {
    for (const sign of signs) table[sign.charCodeAt(0)] = bit;
  };
  put('0123456789', mark.digit);
  put('@', mark.at);
  put('#', mark.hash);
  put('.', mark.point);
  put(':', mark.colon);
  put('?;', mark.asks);
  put('!', mark.exclaims);
  put(',', mark.comma);
  put('<&', mark.markup);
  return table;
})();

/** What stands in a text, as bits of `mark`; one pass. */
export function marksOf(text: string): number {
  let marks = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    marks |= unit < 128 ? (markOf[unit] ?? 0) : mark.beyondAscii;
  }
  return marks;
}
