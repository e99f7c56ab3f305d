import { readTable } from '../../eval/read-rows.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { sentimentLabels } from '../../src/modules/vetting/text/sentiment.ts';

const formats = {
  sentiment_semeval: ['label', 'text'],
  sentiment_xlmt: ['lang', 'label', 'text'],
  sentiment_vader_tweets: ['mean_sentiment', 'text'],
};

const labels: readonly string[] = sentimentLabels;

/** ISO 639-1 codes of the names that files use. */
const codes: Record<string, string> = {
  arabic: 'ar',
  english: 'en',
  french: 'fr',
  german: 'de',
  hindi: 'hi',
  italian: 'it',
  portuguese: 'pt',
  spanish: 'es',
};

export interface LabelledText {
  text: string;
  /** ISO 639-1; English where the file names none. */
  language: string;
  /** Place in `sentimentLabels`. */
  label: number;
}

export interface RatedText {
  text: string;
  /** Mean of people's ratings, -4 to 4. */
  rating: number;
}

export type SentimentFile = { kind: 'labels'; rows: LabelledText[] } | { kind: 'ratings'; rows: RatedText[] };

/** Texts with their labels or mean ratings, told by the header. Errors: eval.no_file, eval.unknown_format, eval.bad_row with row and column. */
export async function readSentimentRows(path: string): Promise<SentimentFile> {
  const rows = await readTable(path, formats);
  const bad = (at: number, column: string, value: string, wanted: string) =>
    new AppError('invalid', 'eval.bad_row', `${path}, row ${at + 2}, ${column}: "${value}" is not ${wanted}.`);
  if (rows[0]?.label === undefined)
    return {
      kind: 'ratings',
      rows: rows.map((row, at) => {
        const value = row.mean_sentiment ?? '';
        const rating = Number(value);
        if (value === '' || !Number.isFinite(rating)) throw bad(at, 'mean_sentiment', value, 'a number');
        return { text: row.text ?? '', rating };
      }),
    };
  return {
    kind: 'labels',
    rows: rows.map((row, at) => {
      const name = (row.label ?? '').trim().toLowerCase();
      const label = labels.indexOf(name);
      if (label < 0) throw bad(at, 'label', row.label ?? '', sentimentLabels.join(', '));
      const language = (row.lang ?? 'en').trim().toLowerCase();
      return { text: row.text ?? '', language: codes[language] ?? language, label };
    }),
  };
}
