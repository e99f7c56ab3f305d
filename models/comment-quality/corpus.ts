import { readFileSync } from 'node:fs';
import { type CommentKind, commentKindSchema } from '../../src/modules/vetting/text/comment-kind.ts';

export interface KindCase {
  id: string;
  kind: CommentKind;
  language: string;
  text: string;
}

/** The invented comments of corpus.txt. Throws with the line that cannot be read. */
export function readKindCorpus(): KindCase[] {
  const cases: KindCase[] = [];
  let kind: CommentKind | null = null;
  readFileSync(new URL('corpus.txt', import.meta.url), 'utf8')
    .split('\n')
    .forEach((line, at) => {
      const heading = /^\[(\w+)\]$/u.exec(line);
      if (heading !== null) kind = commentKindSchema.parse(heading[1]);
      if (heading !== null || line === '' || line.startsWith('# ')) return;
      const [, language, text] = /^([a-z]{2})\|(.+)$/u.exec(line) ?? [];
      if (kind === null || language === undefined || text === undefined)
        throw new Error(`corpus.txt, line ${at + 1}: expected "language|text" under a [kind].`);
      cases.push({ id: String(at + 1), kind, language, text });
    });
  return cases;
}
