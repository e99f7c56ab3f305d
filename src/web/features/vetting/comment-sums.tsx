import type { CommentKind, CommentShare, CommentSums } from '#modules/vetting/api.ts';
import { commentKindSchema } from '#modules/vetting/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { RangeMark } from '#web/ui/range-mark.tsx';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { kindWords } from './comment-words.ts';

interface Props {
  sums: CommentSums;
  period: '90d' | 'all';
  onPeriod: (period: '90d' | 'all') => void;
  onKind: (kind: CommentKind) => void;
}

/** Sums over the comments of a period, each with its sample and interval. */
export function CommentSumsSection({ sums, period, onPeriod, onKind }: Props) {
  return (
    <Section
      title="What people write"
      note={noteOf(sums)}
      end={
        <Segments
          label="Period"
          value={period}
          onChange={onPeriod}
          options={[
            { value: '90d', label: '90 days' },
            { value: 'all', label: 'All time' },
          ]}
        />
      }
    >
      {sums.n === 0 ? (
        <p className="meta vt-empty">
          {sums.unread > 0
            ? 'The comments of this period are still being read.'
            : 'No dated comment falls into the last 90 days. Look at all time.'}
        </p>
      ) : (
        <>
          <div className="figs vt-sums">
            <Sum title="Positive" one={of(sums.sentiments, 'positive')} sums={sums} />
            <Sum title="Negative" one={of(sums.sentiments, 'negative')} sums={sums} />
            <Sum title="Questions" one={of(sums.intents, 'question')} sums={sums} />
            <Sum title="Want to buy" one={of(sums.intents, 'purchase_intent')} sums={sums} />
            <Sum title="Complaints" one={of(sums.intents, 'complaint')} sums={sums} />
            <Sum title="Spam" one={sums.spam} sums={sums} />
            <Sum title="Aimed at the brand" one={of(sums.targets, 'brand')} sums={sums} />
          </div>
          <Kinds sums={sums} onKind={onKind} />
          <Languages sums={sums} />
        </>
      )}
    </Section>
  );
}

function noteOf(sums: CommentSums): string {
  return [
    `${formatPlural(sums.n, 'comment')} of readers`,
    ...(sums.unread > 0 ? [`${formatCount(sums.unread)} not read yet`] : []),
    ...(sums.corrected > 0 ? [`${formatCount(sums.corrected)} corrected by hand`] : []),
    ...(sums.isEnough || sums.n === 0 ? [] : ['too few for shares']),
    ...(sums.asOf === null ? [] : [`newest ${formatDate(sums.asOf)}`]),
  ].join(', ');
}

const of = (shares: readonly CommentShare[], name: string): CommentShare =>
  shares.find((one) => one.name === name) ?? { name, count: 0, n: 0, share: null, interval: null };

function Sum({ title, one, sums }: { title: string; one: CommentShare; sums: CommentSums }) {
  return (
    <StatCard label={title} note={`${formatCount(one.count)} of ${formatCount(one.n)}`}>
      <Figure
        label={title}
        value={one.share === null ? null : formatShare(one.share)}
        missing="not enough data"
        meaning={{
          formula: 'comments with this label / comments that are read, the creator’s own left out; corrections count',
          source: 'stored comments, read by the models that ship',
          n: formatPlural(one.n, 'comment'),
          ...(sums.asOf !== null && { asOf: sums.asOf }),
          ...(one.interval !== null && { interval: `${intervalText(one)}, 95 % (Wilson)` }),
        }}
      />
    </StatCard>
  );
}

function intervalText({ interval }: CommentShare): string {
  return interval === null ? '' : `${formatShare(interval.low)} to ${formatShare(interval.high)}`;
}

function Kinds({ sums, onKind }: { sums: CommentSums; onKind: (kind: CommentKind) => void }) {
  return (
    <ul className="list" aria-label="Kinds of comments">
      {sums.kinds.map((one) => {
        const kind = commentKindSchema.parse(one.name);
        return (
          <li key={kind} className="vt-share">
            <button type="button" className="vt-link vt-kind" onClick={() => onKind(kind)}>
              {kindWords[kind]}
            </button>
            {one.share === null || one.interval === null ? (
              <span className="meta">not enough data</span>
            ) : (
              <RangeMark
                label={`${kindWords[kind]}: ${formatShare(one.share)}, ${intervalText(one)}`}
                value={one.share}
                low={one.interval.low}
                high={one.interval.high}
                scale={[0, 1]}
              />
            )}
            <span className="num">{one.share === null ? formatCount(one.count) : formatShare(one.share)}</span>
            <span className="meta">{intervalText(one)}</span>
          </li>
        );
      })}
    </ul>
  );
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });
const languagesShown = 6;

function Languages({ sums }: { sums: CommentSums }) {
  if (sums.languages.length === 0) return null;
  const words = sums.languages
    .slice(0, languagesShown)
    .map(
      ({ language, count }) =>
        `${language === 'und' ? 'none that can be told' : languageNames.of(language)} ${formatCount(count)}`,
    );
  const more = sums.languages.length - languagesShown;
  return (
    <p className="meta vt-note">
      Languages: {words.join(', ')}
      {more > 0 && ` and ${more} more`}.
    </p>
  );
}
