import { plainEmoji } from '../../src/modules/vetting/text/comment-tokens.ts';

const usesMin = 5;
/** Uses from which the table is believed over our own list. */
const usesKnown = 20;
/** Uses without feeling added to each emoji, so that rare ones say little. */
const shrinkage = 5;

export interface EmojiRow {
  Emoji: string;
  Negative: string;
  Neutral: string;
  Positive: string;
}

/** The lines of emoji.tsv: (positive - negative) / (uses + 5), forms of one emoji together; those of `own` where the table knows too little. */
export function makeEmoji(rows: readonly EmojiRow[], own: string): string {
  const counts = new Map<string, { uses: number; balance: number }>();
  for (const row of rows) {
    const emoji = plainEmoji(row.Emoji);
    const before = counts.get(emoji) ?? { uses: 0, balance: 0 };
    const [negative, neutral, positive] = [Number(row.Negative), Number(row.Neutral), Number(row.Positive)];
    counts.set(emoji, {
      uses: before.uses + negative + neutral + positive,
      balance: before.balance + positive - negative,
    });
  }
  const feelings = new Map<string, number>();
  for (const [emoji, { uses, balance }] of counts)
    if (uses >= usesMin) feelings.set(emoji, balance / (uses + shrinkage));
  for (const line of own.split('\n')) {
    const [, feeling = '', list = ''] = /^(-?[\d.]+): (.*)$/.exec(line) ?? [];
    for (const emoji of list
      .split(' ')
      .filter((one) => one !== '')
      .map(plainEmoji))
      if ((counts.get(emoji)?.uses ?? 0) < usesKnown) feelings.set(emoji, Number(feeling));
  }
  const lines = [...feelings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([emoji, feeling]) => `${emoji}\t${feeling.toFixed(3)}`);
  return `# emoji\tfeeling (-1 to 1); derived from the Emoji Sentiment Ranking (Kralj Novak et al. 2015), CC BY-SA 4.0; see CARD.md\n${lines.join('\n')}\n`;
}
