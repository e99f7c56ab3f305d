import { readFileSync } from 'node:fs';
import { type CommentWords, readCommentWords } from './comment-words.ts';

let loaded: CommentWords | undefined;

/** The words that ship, read once. Throws when the file is missing. */
export function loadCommentWords(): CommentWords {
  loaded ??= readCommentWords(
    readFileSync(new URL('../../../../models/comment-quality/words.txt', import.meta.url), 'utf8'),
  );
  return loaded;
}
