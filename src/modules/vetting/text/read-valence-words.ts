import type { ValenceWords } from './valence.ts';

/** Reads models/sentiment/words.tsv: a section a language, a word and its valence a line. */
export function readValenceWords(text: string): ValenceWords {
  const languages = new Map<string, Map<string, number>>();
  const foreign = new Map<string, Set<string>>();
  let words: Map<string, number> | null = null;
  let others: Set<string> | null = null;
  let phraseWordsMax = 1;
  const phraseStarts = new Set<string>();
  for (const line of text.split('\n')) {
    const section = /^\[(not english in )?(\w\w)\]$/.exec(line);
    if (section !== null) {
      const language = section[2] ?? '';
      words = section[1] === undefined ? new Map() : null;
      others = section[1] === undefined ? null : new Set();
      if (words !== null) languages.set(language, words);
      if (others !== null) foreign.set(language, others);
    } else if (line !== '' && others !== null) others.add(line);
    else if (words !== null && line !== '') {
      const [word = '', valence = ''] = line.split('\t');
      words.set(word, Number(valence));
      const parts = word.split(' ');
      phraseWordsMax = Math.max(phraseWordsMax, parts.length);
      if (parts.length > 1) phraseStarts.add(parts[0] ?? '');
    }
  }
  return { languages, foreign, phraseWordsMax, phraseStarts };
}

/** Reads models/sentiment/emoji.tsv: an emoji and its feeling (-1 to 1) a line. */
export function readEmoji(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [emoji = '', feeling = ''] = line.split('\t');
      return [emoji, Number(feeling)];
    }),
  );
}
