import type { SharedReport } from '../api.ts';
import { wilsonInterval } from './statistics.ts';
import { count, dayText, plural, share } from './words.ts';

type Shown = SharedReport['report'];

/** Fewer comments than this give counts, but no shares. */
const commentsForShares = 20;

const kindWords: readonly (readonly [string, string])[] = [
  ['specific_praise', 'Praise that names a thing'],
  ['conversation', 'Conversation'],
  ['generic_praise', 'Praise in general'],
  ['emoji_only', 'Emoji only'],
  ['tag_only', 'Names only'],
  ['spam_promo', 'Promotion'],
];

interface SampleRow {
  title: string;
  value: string;
  note: string;
  /** 0 to 1, for a bar; null where there is no share. */
  from: number | null;
  to: number | null;
}

/** What the comments of a report say, as words: each share with its interval, or the count alone. Null without comments. */
export function commentRows({ comments }: Shown): { note: string; rows: SampleRow[] } | null {
  if (comments == null) return null;
  const { n, kinds } = comments;
  const felt = comments.positive + comments.neutral + comments.negative;
  const row = (title: string, found: number, of: number): SampleRow => {
    const interval = of >= commentsForShares ? wilsonInterval(found, of) : null;
    return {
      title,
      value: interval === null ? count(found) : share(found / of),
      note:
        interval === null
          ? `of ${count(of)}: too few for a share`
          : `${share(interval.low)} to ${share(interval.high)}, ${count(found)} of ${count(of)}`,
      from: interval?.low ?? null,
      to: interval?.high ?? null,
    };
  };
  const rows = [
    ...(kinds === undefined ? [] : kindWords.map(([kind, title]) => row(title, kinds[kind] ?? 0, n))),
    row('Positive', comments.positive, felt),
    row('Negative', comments.negative, felt),
    row('Questions', comments.questions, n),
    row('Want to buy', comments.purchase, n),
    row('Complaints', comments.complaints, n),
    row('Spam', comments.spam, n),
  ];
  const newest = comments.newestAt === null ? '' : `, newest ${dayText(comments.newestAt)}`;
  return { note: `${plural(n, 'comment')} of readers${newest}; 95 % intervals (Wilson).`, rows };
}

const audienceWords = { followers: 'Followers', likers: 'Those who like', commenters: 'Those who comment' } as const;
const shareWords = [
  ['real', 'Real people'],
  ['influencer', 'Influencers'],
  ['massFollower', 'Follow more than 1,500'],
  ['suspicious', 'Suspicious'],
] as const;

/** The judged samples, each with its shares, or the reason why there is none. */
export function audienceRows({ audiences = [] }: Shown): { title: string; note: string; rows: SampleRow[] }[] {
  return audiences.map((sample) => {
    const { shares } = sample;
    const basis = `${plural(sample.judged, 'account')}, ${sample.method}, ${sample.source}, ${dayText(sample.takenAt)}`;
    const rows = shareWords.flatMap(([name, title]): SampleRow[] => {
      const one = shares?.[name] ?? null;
      if (one === null) return [];
      const note = `${share(one.low)} to ${share(one.high)}, ${share(sample.coverage)} interval`;
      return [{ title, value: share(one.share), note, from: one.low, to: one.high }];
    });
    const note = sample.state === 'estimated' ? basis : `${basis}. ${sample.text}`;
    return { title: audienceWords[sample.kind], note, rows };
  });
}
