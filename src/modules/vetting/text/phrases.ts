/** Phrases put into a tree of words, so that one walk over a text finds all of them whatever their number. */
export interface PhraseTree {
  next: Map<string, PhraseTree>;
  /** Where a gap of up to three words may stand. */
  gap: PhraseTree | null;
  /** What phrases end here. */
  ends: PhraseEnd[];
}

export interface PhraseEnd {
  group: string;
  language: string;
  phrase: string;
}

const gapMax = 3;
/** Edges of a sentence, as words of their own. */
export const sentenceStart = '^';
export const sentenceEnd = '$';

export const emptyTree = (): PhraseTree => ({ next: new Map(), gap: null, ends: [] });

/** Adds a phrase; "a/b" is one or the other, "*" a gap. */
export function addPhrase(tree: PhraseTree, phrase: string, end: Omit<PhraseEnd, 'phrase'>): void {
  let nodes = [tree];
  for (const word of phrase.split(' ')) {
    nodes = nodes.flatMap((node) => {
      if (word !== '*') return word.split('/').map((one) => step(node, one));
      node.gap ??= emptyTree();
      return [node.gap];
    });
  }
  for (const node of nodes) node.ends.push({ ...end, phrase });
}

function step(node: PhraseTree, word: string): PhraseTree {
  const next = node.next.get(word) ?? emptyTree();
  node.next.set(word, next);
  return next;
}

/** Tells every phrase that stands in the words, in their order, with the places of its first word and of the one behind its last. */
export function findPhrases(
  tree: PhraseTree,
  words: readonly string[],
  tell: (end: PhraseEnd, from: number, to: number) => void,
): void {
  for (let from = 0; from < words.length; from += 1)
    walk(tree, words, { at: from, tell: (end, to) => tell(end, from, to) });
}

function walk(
  node: PhraseTree,
  words: readonly string[],
  { at, tell }: { at: number; tell: (end: PhraseEnd, to: number) => void },
): void {
  for (const end of node.ends) tell(end, at);
  const word = words[at];
  if (word === undefined) return;
  const next = node.next.get(word);
  if (next !== undefined) walk(next, words, { at: at + 1, tell });
  const { gap } = node;
  if (gap === null) return;
  for (let skipped = 0; skipped <= gapMax; skipped += 1) {
    const passed = skipped === 0 ? '' : words[at + skipped - 1];
    if (passed === undefined || passed === sentenceStart || passed === sentenceEnd) return;
    const beyond = words[at + skipped];
    const after = beyond === undefined ? undefined : gap.next.get(beyond);
    if (after !== undefined) walk(after, words, { at: at + skipped + 1, tell });
  }
}
