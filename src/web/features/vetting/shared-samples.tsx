import { commentKindSchema, type SharedAudience, type SharedReport } from '#modules/vetting/api.ts';
import { formatCount, formatPlural, formatRank, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Histogram } from '#web/ui/histogram.tsx';
import { Section } from '#web/ui/section.tsx';
import { StackedBar } from '#web/ui/stacked-bar.tsx';
import { kindColours, kindWords } from './comment-words.ts';
import { ShareRow } from './share-row.tsx';
import { rate, scoredRate } from './words.ts';
import './audience.css';

type Shown = SharedReport['report'];

/** Engagement among peers, as somebody outside sees it. */
export function SharedPeers({ report }: { report: Shown }) {
  const { peers } = report.engagement;
  const scored = scoredRate(report);
  if (peers === null || scored?.median == null) return null;
  const { median, medianInterval } = scored;
  const percentile = report.signals.find((signal) => signal.name === 'engagement_level')?.percentile ?? null;
  return (
    <Section
      title="Engagement against peers"
      note={`${scored.title.toLowerCase()}, median of ${formatPlural(scored.n, 'post')}`}
      {...(percentile !== null && {
        end: `${formatRank(Math.min(99, Math.max(1, Math.round(percentile))))} of 100`,
      })}
    >
      <Histogram
        label={`Engagement of ${formatPlural(peers.n, 'peer')}`}
        bins={peers.bins}
        format={rate}
        own={{
          label: 'this creator',
          value: median,
          ...(medianInterval !== null && { low: medianInterval.low, high: medianInterval.high }),
        }}
        {...(peers.median !== null && { median: peers.median })}
      />
      <p className="meta vt-note">
        {formatPlural(peers.n, 'peer')}: {peers.label}
      </p>
    </Section>
  );
}

const titles: Record<SharedAudience['kind'], string> = {
  followers: 'Who follows',
  likers: 'Who likes',
  commenters: 'Who comments',
};
const kinds = [
  ['real', 'Real people'],
  ['influencer', 'Influencers'],
  ['massFollower', 'Follow over 1,500'],
  ['suspicious', 'Suspicious'],
] as const;

/** Judged samples of the audience, the shares alone. */
export function SharedAudiences({ audiences }: { audiences: readonly SharedAudience[] }) {
  return audiences.map((sample) => {
    const { shares } = sample;
    const basis = `${sample.method}, ${formatPlural(sample.judged, 'account')}, ${formatDate(sample.takenAt)}`;
    return (
      <Section key={sample.kind} title={titles[sample.kind]} note={basis}>
        {sample.state !== 'estimated' && <p className="vt-state">{sample.text}</p>}
        {shares !== null && (
          <ul className="list" aria-label={titles[sample.kind]}>
            {kinds.map(([name, title]) => {
              const share = shares[name];
              return share === null ? null : (
                <ShareRow
                  key={name}
                  title={title}
                  share={share}
                  coverage={sample.coverage}
                  isEstimated={sample.state === 'uncalibrated'}
                  meaning={{
                    formula: 'share of the sample, by the model of follower accounts',
                    source: sample.source,
                    n: formatPlural(sample.judged, 'account'),
                    asOf: sample.takenAt,
                  }}
                />
              );
            })}
          </ul>
        )}
      </Section>
    );
  });
}

const commentsForShares = 20;
/** Sums over the comments; what single readers wrote stays inside. */
export function SharedComments({ report }: { report: Shown }) {
  const { comments } = report;
  if (comments == null || comments.n === 0) return null;
  const { n } = comments;
  const isEnough = n >= commentsForShares;
  const said = (count: number, of: number) =>
    isEnough && of > 0
      ? `${formatShare(count / of, 0)} (${formatCount(count)} of ${formatCount(of)})`
      : `${formatCount(count)} of ${formatCount(of)}`;
  const felt = comments.positive + comments.neutral + comments.negative;
  return (
    <Section
      title="What people write"
      note={`${formatPlural(n, 'comment')} of readers${comments.newestAt === null ? '' : `, newest ${formatDate(comments.newestAt)}`}`}
    >
      {comments.kinds !== undefined && (
        <StackedBar
          label="Comments by kind"
          parts={Object.entries(comments.kinds)
            .filter(([, count]) => count > 0)
            .map(([name, count]) => {
              const kind = commentKindSchema.parse(name);
              return {
                id: kind,
                label: kindWords[kind],
                size: count,
                value: said(count, n),
                category: kindColours[kind],
              };
            })}
        />
      )}
      <p className="meta vt-note">
        Positive {said(comments.positive, felt)}, negative {said(comments.negative, felt)}; questions{' '}
        {said(comments.questions, n)}, want to buy {said(comments.purchase, n)}, complaints{' '}
        {said(comments.complaints, n)}.{isEnough ? '' : ' Too few for shares.'}
      </p>
    </Section>
  );
}
