import type { Profile } from '#modules/creators/api.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatDecimal, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { provenanceOf } from './provenance-of.ts';

type Counted = NonNullable<Profile['content']>['medianLikes'];

/** Means and medians of the newest posts side by side, cadence, length and paid posts; each with how many posts it rests on. */
export function PostFigures({ profile }: { profile: Profile }) {
  const { content } = profile;
  if (content === null)
    return (
      <Section title="From the posts">
        <p className="meta vt-empty">
          No posts of @{profile.handle} are stored. Import them to see medians and cadence.
        </p>
      </Section>
    );
  const rows: { title: string; mean: number | null; field: string; median: Counted }[] = [
    { title: 'Likes', mean: profile.avgLikes, field: 'avgLikes', median: content.medianLikes },
    { title: 'Comments', mean: profile.avgComments, field: 'avgComments', median: content.medianComments },
    { title: 'Views', mean: profile.avgViews, field: 'avgViews', median: content.medianViews },
  ];
  return (
    <Section
      title="From the posts"
      note={`newest ${formatPlural(content.posts, 'post')}, seen ${formatDate(content.at)}`}
    >
      <div className="table-scroll">
        <table className="table tall">
          <thead>
            <tr>
              <th scope="col">A post has</th>
              <th scope="col" className="num">
                Mean
              </th>
              <th scope="col" className="num">
                Median
              </th>
              <th scope="col" className="num">
                Posts
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.title}>
                <td>{row.title}</td>
                <td className="num">
                  <Figure
                    label={`Mean ${row.title.toLowerCase()}`}
                    value={row.mean === null ? null : formatCompact(row.mean)}
                    meaning={provenanceOf(profile, row.field)}
                  />
                </td>
                <td className="num">
                  <CountedFigure label={`Median ${row.title.toLowerCase()}`} counted={row.median} at={content.at} />
                </td>
                <td className="num">{row.median?.n ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Cadence content={content} />
    </Section>
  );
}

function CountedFigure({ label, counted, at }: { label: string; counted: Counted; at: string }) {
  return (
    <Figure
      label={label}
      value={counted === null ? null : formatCompact(counted.value)}
      missing="not enough data"
      meaning={{
        formula: 'the middle one of the newest 12 posts; of an even number the mean of the two in the middle',
        source: 'posts stored here',
        n: counted === null ? 'fewer than 3 posts' : formatPlural(counted.n, 'post'),
        asOf: at,
      }}
    />
  );
}

function Cadence({ content }: { content: NonNullable<Profile['content']> }) {
  const { postsPerWeek, avgDurationS, sponsored, at } = content;
  const items = [
    {
      label: 'Posts a week',
      value: postsPerWeek === null ? null : formatDecimal(postsPerWeek.value, 1),
      formula: 'gaps between the newest 36 posts / weeks they span',
      n: postsPerWeek?.n ?? null,
    },
    {
      label: 'Length of videos',
      value: avgDurationS === null ? null : `${formatDecimal(avgDurationS.value, 0)} s`,
      formula: 'mean length of the newest 36 posts that state one',
      n: avgDurationS?.n ?? null,
    },
    {
      label: 'Disclosed as paid',
      value: sponsored === null ? null : formatShare(sponsored.posts / sponsored.n),
      formula:
        'posts with the label of the platform, a hashtag or a phrase of disclosure / posts whose label or caption is known',
      n: sponsored?.n ?? null,
    },
  ];
  return (
    <div className="figs">
      {items.map((item) => (
        <div key={item.label} className="stat">
          <span className="stat-label">{item.label}</span>
          <div className="stat-value">
            <Figure
              label={item.label}
              value={item.value}
              missing="not enough data"
              meaning={{
                formula: item.formula,
                source: 'posts stored here',
                n: item.n === null ? 'fewer than 3 posts' : formatPlural(item.n, 'post'),
                asOf: at,
              }}
            />
          </div>
        </div>
      ))}
    </div>
  );
}
