import type { AudienceSample, Evidence, Flag, Report, Signal } from '../api.ts';
import { describeSample } from './audience-signals.ts';
import { known, type SignalSpec, unknown } from './signal.ts';
import { ramp } from './statistics.ts';
import type { VettingSubject } from './subject.ts';
import { count, plural } from './words.ts';

type Kind = AudienceSample['kind'];

/** Credible from here on costs nothing (GRIN, Upfluence); below the second a warning stands (Modash). */
const credibleGood = 0.9;
const credibleWarning = 0.75;
const credibleWorst = 0.6;

const formula =
  '1 − share of suspicious accounts (adjusted count of a boosted-tree model over the sample); 90 % credible and more takes nothing, 60 % is the worst';
const specs: Record<Kind, SignalSpec & { worst: number; who: string }> = {
  followers: {
    name: 'follower_credibility',
    point: 'audience_authenticity',
    title: 'Followers are real accounts',
    formula,
    worst: -6,
    who: 'followers',
  },
  likers: {
    name: 'liker_credibility',
    point: 'audience_authenticity',
    title: 'Likes come from real accounts',
    formula,
    worst: -4,
    who: 'those who like',
  },
  commenters: {
    name: 'commenter_credibility',
    point: 'audience_authenticity',
    title: 'Comments come from real accounts',
    formula,
    worst: -2,
    who: 'those who comment',
  },
};

export interface CredibilityJudged {
  signals: Signal[];
  flags: Flag[];
  section: Report['audience'];
}

/** What samples of followers, likers and commenters say. No sample, too small a one and an uncalibrated platform leave the question open. */
export function judgeCredibility(subject: VettingSubject): CredibilityJudged {
  const { followers = null, likers = null, commenters = null } = subject.audience ?? {};
  const judged = [judgeKind('followers', followers), judgeKind('likers', likers), judgeKind('commenters', commenters)];
  return {
    signals: judged.map((one) => one.signal),
    flags: judged.flatMap((one) => one.flags),
    section: sectionOf(subject),
  };
}

function judgeKind(kind: Kind, sample: AudienceSample | null): { signal: Signal; flags: Flag[] } {
  const { worst, who, ...spec } = specs[kind];
  if (sample === null || sample.shares === null || sample.state !== 'estimated') {
    const text = sample === null ? `No sample of ${who} is stored.` : sample.text;
    return {
      signal: unknown(spec, text, `a sample of 50 and more of ${who} on a platform with labelled accounts`),
      flags: [],
    };
  }
  const { suspicious } = sample.shares;
  const credible = { share: 1 - suspicious.share, low: 1 - suspicious.high, high: 1 - suspicious.low };
  const range = `${percent(credible.low)} and ${percent(credible.high)}`;
  const signal = known(spec, {
    text: `${percent(credible.share)} of ${who} look real, between ${range}.`,
    value: credible.share,
    display: `${percent(credible.share)} credible`,
    contribution: ramp(credible.share, [
      [credibleWorst, worst],
      [credibleGood, 0],
    ]),
    source: sample.source,
    n: sample.judged,
    sample: `${plural(sample.judged, 'account')}, ${sample.method}`,
    asOf: sample.takenAt,
    interval: { low: credible.low, high: credible.high, coverage: sample.coverage },
    threshold: 'above 80 % genuine, above 90 % very good (GRIN), below 75 % a warning (Modash)',
    evidence: sample.suspicious.accounts.map(accountEvidence),
  });
  // Only when the whole interval lies below: a small sample cannot accuse.
  if (credible.high >= credibleWarning) return { signal, flags: [] };
  const reason = `Of ${plural(sample.judged, 'sampled account')} ${percent(credible.share)} look real, at most ${percent(credible.high)}; below 75 % Modash warns.`;
  return {
    signal,
    flags: [
      { name: `low_${spec.name}`, severity: 'amber', title: `Many of ${who} look fake`, reason, signal: spec.name },
    ],
  };
}

function accountEvidence(account: AudienceSample['suspicious']['accounts'][number]): Evidence {
  const why = account.reasons.filter((reason) => reason.added > 0).map((reason) => reason.text);
  return {
    kind: 'figure',
    id: null,
    at: null,
    url: account.url,
    label: account.handle === null ? `Account ${count(account.row)} of the sample` : `@${account.handle}`,
    value: `${percent(account.suspicion)} suspicious: ${why.join('; ')}`,
  };
}

/** The followers' plain shares as before, and beside them what was judged of each sample. */
function sectionOf(subject: VettingSubject): Report['audience'] {
  const { followers = null, likers = null, commenters = null } = subject.audience ?? {};
  const plain = describeSample(subject);
  const first = followers ?? likers ?? commenters;
  if (first === null) return plain;
  const { takenAt, source, method } = first;
  return {
    ...(plain ?? { takenAt, source, method, size: 0, shares: [] }),
    authenticity: followers,
    likers,
    commenters,
  };
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
