import type { CampaignReport } from '#modules/reports/api.ts';
import type { CommentShare } from '#modules/vetting/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';

const shown = [
  { group: 'sentiments', name: 'positive', title: 'Positive' },
  { group: 'sentiments', name: 'negative', title: 'Negative' },
  { group: 'intents', name: 'purchase_intent', title: 'Want to buy' },
  { group: 'intents', name: 'question', title: 'Questions' },
  { group: 'intents', name: 'complaint', title: 'Complaints' },
  { group: 'targets', name: 'brand', title: 'Aimed at the brand' },
] as const;

/** What people write below the content of the campaign, over all of its posts and by post. */
export function CommentResults({ report }: { report: CampaignReport }) {
  const { comments } = report;
  if (comments === undefined || comments === null || comments.live === 0) return null;
  const { all, posts } = comments;
  const note = `${formatPlural(all.n, 'comment')} below ${comments.matched} of ${formatPlural(comments.live, 'live deliverable')}`;
  if (all.n === 0) {
    return (
      <Section title="What people write" note={note}>
        <p className="meta">
          {all.unread > 0
            ? 'The comments are still being read.'
            : 'Not known: no comment below the live content is stored. Import comments, or let a connection read them.'}
        </p>
      </Section>
    );
  }
  return (
    <Section title="What people write" note={note}>
      <div className="figs">
        {shown.map(({ group, name, title }) => {
          const one = all[group].find((share) => share.name === name);
          return one === undefined ? null : <Share key={title} title={title} one={one} asOf={all.asOf} />;
        })}
      </div>
      <div className="table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Content</th>
              <th scope="col" className="num">
                Comments
              </th>
              {shown.map(({ title }) => (
                <th key={title} scope="col" className="num">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {posts.map((post) => (
              <tr key={post.deliverableId}>
                <td>{post.title}</td>
                <td className="num">{formatCount(post.sums.n)}</td>
                {shown.map(({ group, name, title }) => (
                  <td key={title} className="num">
                    {formatCount(post.sums[group].find((share) => share.name === name)?.count ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Share({ title, one, asOf }: { title: string; one: CommentShare; asOf: string | null }) {
  return (
    <StatCard label={title} note={`${formatCount(one.count)} of ${formatCount(one.n)}`}>
      <Figure
        label={title}
        value={one.share === null ? null : formatShare(one.share)}
        missing="not enough data"
        meaning={{
          formula: 'comments with this label / comments that are read, the creators’ own left out; corrections count',
          source: 'stored comments below the live content',
          n: formatPlural(one.n, 'comment'),
          ...(asOf !== null && { asOf }),
          ...(one.interval !== null && {
            interval: `${formatShare(one.interval.low)} to ${formatShare(one.interval.high)}, 95 % (Wilson)`,
          }),
        }}
      />
    </StatCard>
  );
}
