/** A question without some of its words, and without the joints they leave behind: "bakers, in Leipzig" becomes "bakers". */
export function withoutWords(question: string, part: { at: number; length: number }): string {
  const before = question.slice(0, part.at).replace(/[\s,;]*(?:\b(?:and|or|with|who|but|that|also)\b[\s,;]*)*$/i, '');
  const after = question.slice(part.at + part.length).replace(/^[\s,;]*(?:\b(?:and|or|but)\b[\s,;]*)?/i, '');
  if (before === '') return after.trim();
  return after.trim() === '' ? before.trim() : `${before.trim()}, ${after.trim()}`;
}
