import type { CommentsSection, Evidence, Flag, Signal } from '../api.ts';
import { known, type SignalSpec, unknown } from './signal.ts';
import { ramp, wilsonInterval } from './statistics.ts';
import type { CommentFacts, VettingSubject } from './subject.ts';
import { plural } from './words.ts';

/** Fewer comments than this are no sample. */
export const commentsForSignals = 20;
/** HypeAuditor's own reading: 1 to 3 hollow comments of 20 are usual, half of them is an alarm. */
const hollowUsual = 0.15;
const hollowAlarm = 0.5;
const podAlarm = 0.2;

const authenticity: SignalSpec = {
  name: 'comment_authenticity',
  point: 'audience_authenticity',
  title: 'Comments come from readers',
  formula:
    'comments of emoji only, names only or one word by accounts that also spam, belong to a likely pod, copy others or bear a machine’s name / comments with a named author',
};
const copies: SignalSpec = {
  name: 'comment_copies',
  point: 'audience_authenticity',
  title: 'Comments are written for the post',
  formula: 'comments of four words or more whose text comes three times or more, nearly the same / comments',
};
const pods: SignalSpec = {
  name: 'comment_pods',
  point: 'audience_authenticity',
  title: 'Comments outside of pods',
  formula: 'comments by members of likely pods / comments with a named author',
};
const spam: SignalSpec = {
  name: 'comment_spam',
  point: 'audience_authenticity',
  title: 'Little spam',
  formula: 'comments taken for spam or promotion / comments',
};
const sentiment: SignalSpec = {
  name: 'comment_sentiment',
  point: 'engagement_quality',
  title: 'Readers are glad of it',
  formula: '(positive − negative comments) / comments whose sentiment is known',
};
const purchase: SignalSpec = {
  name: 'purchase_intent',
  point: 'engagement_quality',
  title: 'Readers ask where to buy',
  formula: 'comments that show an intent to buy / comments',
};
const specs = [authenticity, copies, pods, spam, sentiment, purchase];

export interface CommentsJudged {
  signals: Signal[];
  flags: Flag[];
  section: CommentsSection | null;
}

/** What the comments say of the audience. Too few, unread or unnamed ones leave the question open; they are never clean. */
export function judgeComments(subject: VettingSubject): CommentsJudged {
  const facts = subject.comments ?? null;
  if (facts === null || facts.n < commentsForSignals) {
    const n = facts?.n ?? 0;
    const text = `${n === 0 ? 'No comment is' : `Only ${plural(n, 'comment')} ${n === 1 ? 'is' : 'are'}`} stored and read.`;
    const needs = `at least ${commentsForSignals} comments`;
    return { signals: specs.map((spec) => unknown(spec, text, needs)), flags: [], section: sectionOf(facts) };
  }
  const hollow = judgeHollow(facts);
  const inPods = judgePods(facts);
  return {
    signals: [
      hollow.signal,
      judgeShare(copies, facts, {
        count: facts.copied,
        rows: facts.rows.copied,
        points: [
          [0.1, 0],
          [0.5, -2],
        ],
        threshold: 'below 10 % is usual',
        says: 'say nearly the same as others',
      }),
      inPods.signal,
      judgeShare(spam, facts, {
        count: facts.spam,
        rows: facts.rows.spam,
        points: [
          [0.1, 0],
          [0.4, -1],
        ],
        threshold: 'below 10 % is usual',
        says: 'are spam or promotion',
      }),
      judgeSentiment(facts),
      judgeShare(purchase, facts, {
        count: facts.purchase,
        rows: facts.rows.purchase,
        points: [
          [0, 0],
          [0.05, 0.5],
        ],
        threshold: '5 % is full marks',
        says: 'show an intent to buy',
      }),
    ],
    flags: [...hollow.flags, ...inPods.flags],
    section: sectionOf(facts),
  };
}

function judgeHollow(facts: CommentFacts): { signal: Signal; flags: Flag[] } {
  const lowText = `${percent(facts.low / facts.n)} of ${plural(facts.n, 'comment')} are emoji, names or one word`;
  if (facts.named < commentsForSignals) {
    const text = `${lowText}; who wrote them is not known, and readers write such comments, too.`;
    return { signal: unknown(authenticity, text, 'handles of those who comment'), flags: [] };
  }
  const share = facts.lowByMarked / facts.named;
  const signal = known(authenticity, {
    ...basis(facts, facts.named),
    text: `${lowText}; ${facts.lowByMarked === 0 ? 'none' : plural(facts.lowByMarked, 'comment')} of them by an account with a mark against it.`,
    value: share,
    display: `${percent(share)} hollow`,
    contribution: ramp(share, [
      [hollowUsual, 0],
      [hollowAlarm, -4],
    ]),
    interval: wilsonInterval(facts.lowByMarked, facts.named),
    threshold: '1 to 3 of 20 are usual, half is an alarm',
    evidence: facts.rows.low,
  });
  if (share < hollowAlarm) return { signal, flags: [] };
  const reason = `${percent(share)} of ${plural(facts.named, 'comment')} are emoji, names or one word by accounts that spam, copy each other, belong to a pod or bear a machine’s name; half is an alarm.`;
  return {
    signal,
    flags: [
      { name: 'hollow_comments', severity: 'red', title: 'Comments look bought', reason, signal: authenticity.name },
    ],
  };
}

function judgePods(facts: CommentFacts): { signal: Signal; flags: Flag[] } {
  if (!facts.arePodsKnown)
    return {
      signal: unknown(
        pods,
        'Too few commenters are stored over creators to tell a pod from chance.',
        'comments with authors under more creators',
      ),
      flags: [],
    };
  if (facts.named < commentsForSignals)
    return {
      signal: unknown(pods, 'Who wrote the comments is not known.', 'handles of those who comment'),
      flags: [],
    };
  const share = facts.byPods / facts.named;
  const signal = known(pods, {
    ...basis(facts, facts.named),
    text:
      facts.byPods === 0
        ? `None of ${plural(facts.named, 'comment')} is by a member of a likely pod.`
        : `${plural(facts.byPods, 'comment')} of ${facts.named} by members of a likely pod.`,
    value: share,
    display: `${percent(share)} by pods`,
    contribution: ramp(share, [
      [0.05, 0],
      [0.3, -3],
    ]),
    interval: wilsonInterval(facts.byPods, facts.named),
    threshold: `from ${percent(podAlarm)} it is flagged`,
    evidence: facts.rows.pods,
  });
  if (share < podAlarm) return { signal, flags: [] };
  const reason = `${percent(share)} of ${plural(facts.named, 'comment')} are by accounts that comment under the same creators more often than by chance, with the marks of a pod.`;
  return {
    signal,
    flags: [{ name: 'engagement_pod', severity: 'amber', title: 'Pods comment here', reason, signal: pods.name }],
  };
}

function judgeSentiment(facts: CommentFacts): Signal {
  const felt = facts.positive + facts.neutral + facts.negative;
  if (felt < commentsForSignals)
    return unknown(
      sentiment,
      `The sentiment of only ${plural(felt, 'comment')} is known.`,
      'comments in a language whose sentiment can be read',
    );
  const balance = (facts.positive - facts.negative) / felt;
  return known(sentiment, {
    ...basis(facts, felt),
    text: `${percent(facts.positive / felt)} positive, ${percent(facts.neutral / felt)} neutral, ${percent(facts.negative / felt)} negative.`,
    value: balance,
    display: `${balance < 0 ? '−' : '+'}${percent(Math.abs(balance))} balance`,
    contribution: ramp(balance, [
      [-0.3, -1],
      [0, 0],
      [0.4, 0.5],
    ]),
    threshold: '+40 % is full marks',
    evidence: facts.rows.negative,
  });
}

interface Share {
  count: number;
  rows: Evidence[];
  points: [number, number][];
  threshold: string;
  says: string;
}

function judgeShare(spec: SignalSpec, facts: CommentFacts, of: Share): Signal {
  const share = of.count / facts.n;
  return known(spec, {
    ...basis(facts, facts.n),
    text: `${of.count === 0 ? 'None' : of.count} of ${plural(facts.n, 'comment')} ${of.says}.`,
    value: share,
    display: percent(share),
    contribution: ramp(share, of.points),
    interval: wilsonInterval(of.count, facts.n),
    threshold: of.threshold,
    evidence: of.rows,
  });
}

function basis(facts: CommentFacts, n: number) {
  const corrected = facts.corrected === 0 ? '' : `, ${facts.corrected} corrected by a person`;
  return {
    source: `stored comments${corrected}`,
    n,
    sample: `${plural(n, 'comment')}`,
    asOf: facts.newestAt,
  };
}

function sectionOf(facts: CommentFacts | null): CommentsSection | null {
  if (facts === null) return null;
  const { n, unread, corrected, authors, positive, neutral, negative, purchase: buying, questions, complaints } = facts;
  return {
    n,
    unread,
    corrected,
    authors,
    positive,
    neutral,
    negative,
    purchase: buying,
    questions,
    complaints,
    spam: facts.spam,
    newestAt: facts.newestAt,
    ...(facts.kinds !== undefined && { kinds: facts.kinds }),
  };
}

/** Shares below 1 % keep a digit, so that few are not none. */
function percent(share: number): string {
  return `${share > 0 && share < 0.01 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`;
}
