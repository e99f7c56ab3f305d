/**
 * Phrases that tell what a comment wants, by language, written by hand; folded as `foldWord` does. "a/b" is one or the other, "*" up to three words,
 * "^" and "$" the edges of a sentence.
 */
export interface IntentPhrases {
  /** Asks, with or without a question mark. */
  question: string[];
  /** Has a question mark and does not ask: "how cute is she?" */
  rhetorical: string[];
  purchaseIntent: string[];
  complaint: string[];
  praise: string[];
}
