/** What became of a delivery, in a word. */
export const outcomeWords = {
  applied: { word: 'taken', tone: 'good' },
  unchanged: { word: 'nothing new', tone: 'plain' },
  unused: { word: 'not used', tone: 'plain' },
  test: { word: 'a try', tone: 'plain' },
  refused: { word: 'refused', tone: 'bad' },
  waiting: { word: 'waiting', tone: 'warn' },
} as const;
