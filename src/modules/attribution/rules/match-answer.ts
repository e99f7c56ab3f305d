/** A creator that links or codes of the workspace belong to, with what customers may call them. */
export interface KnownCreator {
  personId: string;
  campaignId: string | null;
  name: string;
  handles: readonly string[];
  codes: readonly string[];
}

export interface AnswerMatch {
  personId: string;
  campaignId: string | null;
  matchedBy: 'handle' | 'name' | 'code';
}

/**
 * The creator an answer names: by handle, then code, then whole name, whichever is found as words of the answer. Several creators of one kind: nobody, since a guess
 * would be worse than none. Handles and codes of fewer than four letters are looked for only with their @.
 */
export function matchAnswer(answer: string, creators: readonly KnownCreator[]): AnswerMatch | null {
  const text = ` ${plain(answer)} `;
  const holds = (words: string) => words !== '' && text.includes(` ${words} `);
  const byHandle = (handle: string) => mentions(answer, handle) || (handle.length >= 4 && holds(plain(handle)));
  const kinds: { matchedBy: AnswerMatch['matchedBy']; isNamed: (creator: KnownCreator) => boolean }[] = [
    { matchedBy: 'handle', isNamed: (creator) => creator.handles.some(byHandle) },
    { matchedBy: 'code', isNamed: (creator) => creator.codes.some((code) => code.length >= 4 && holds(plain(code))) },
    { matchedBy: 'name', isNamed: (creator) => plain(creator.name).includes(' ') && holds(plain(creator.name)) },
  ];
  for (const { matchedBy, isNamed } of kinds) {
    const found = creators.filter(isNamed);
    const persons = new Set(found.map((creator) => creator.personId));
    if (persons.size > 1) return null;
    const [creator] = found;
    if (creator === undefined) continue;
    const campaigns = new Set(found.map((one) => one.campaignId));
    return { personId: creator.personId, campaignId: campaigns.size === 1 ? creator.campaignId : null, matchedBy };
  }
  return null;
}

/** True when the answer holds @handle, whole. */
function mentions(answer: string, handle: string): boolean {
  const text = answer.toLowerCase();
  const words = `@${handle.toLowerCase()}`;
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + 1))
    if (!/[\p{L}\p{N}_]/u.test(text.charAt(at + words.length))) return true;
  return false;
}

/** Lower case, without accents, words parted by one space. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
