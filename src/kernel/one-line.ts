/** Text from outside as one line: nothing in it may end the line of a header or turn its direction. At most `charsMax` characters. */
export function oneLine(text: string, charsMax = 150): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return Array.from(plain).slice(0, charsMax).join('');
}
