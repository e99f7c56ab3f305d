import { plainText, textCharactersMax, tokensOf } from './text-features.ts';
import { marksOf } from './text-marks.ts';

/** A comment read once: what kinds, spam, language and sentiment all ask of its letters. */
export interface CommentText {
  /** As given; in use without blanks around. */
  whole: string;
  /** Its first 2,000 characters. */
  text: string;
  /** Characters before it in what was given. */
  lead: number;
  /** What stands in `text`, as bits of `mark`. */
  marks: number;
  /** Words and signs as the hashed models read them; made when first asked for. */
  tokens(): readonly string[];
}

/** A comment as it is read in use: blanks around it do not matter. */
export function readCommentText(given: string): CommentText {
  return asCommentText(given.trim(), given.length - given.trimStart().length);
}

/** The text as it stands, as the cases of a training are read. */
export function asCommentText(whole: string, lead = 0): CommentText {
  const text = whole.slice(0, textCharactersMax);
  const marks = marksOf(text);
  let tokens: readonly string[] | null = null;
  return {
    whole,
    text,
    lead,
    marks,
    tokens: () => {
      tokens ??= tokensOf(plainText(text, marks));
      return tokens;
    },
  };
}
