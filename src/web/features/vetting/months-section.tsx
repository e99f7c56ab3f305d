import { Button } from '@mantine/core';
import { z } from 'zod';
import type { GrowthMonth, Vetting } from '#modules/vetting/api.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatCount, formatPlural } from '#web/ui/format-number.ts';
import { Section } from '#web/ui/section.tsx';
import './growth.css';

const search = z.object({ months: z.enum(['year', 'all']).default('year') });
const monthsShown = 12;

/** Followers, following and averages month by month, each figure with its sample. */
export function MonthsSection({ report }: { report: Vetting }) {
  const [state, setState] = useSearchState(search);
  const { months } = report.growth;
  if (months === undefined) return null;
  if (months.length === 0)
    return (
      <Section title="Month by month">
        <p className="meta vt-empty">Not enough data: no dated count and no dated post is stored.</p>
      </Section>
    );
  const shown = state.months === 'all' ? months : months.slice(0, monthsShown);
  const hidden = months.length - shown.length;
  return (
    <Section title="Month by month" note="averages over the stored posts of the month">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section className="table-scroll" tabIndex={0} aria-label="Figures of each month">
        <table className="table vg-months">
          <thead>
            <tr>
              <th scope="col">Month</th>
              {[
                'Followers',
                'Change',
                'Following',
                'Posts',
                'Avg likes',
                'Avg comments',
                'Avg views',
                'Total views',
              ].map((head) => (
                <th key={head} scope="col" className="num">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((month) => (
              <MonthRow key={month.month} month={month} />
            ))}
          </tbody>
        </table>
      </section>
      {(hidden > 0 || state.months === 'all') && months.length > monthsShown && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={() => setState({ months: hidden > 0 ? 'all' : 'year' })}
        >
          {hidden > 0 ? `Show ${formatPlural(hidden, 'earlier month')}` : 'Show the last 12 months'}
        </Button>
      )}
    </Section>
  );
}

function MonthRow({ month }: { month: GrowthMonth }) {
  const name = nameOf(month.month);
  const { followersChange: change } = month;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">
        <MonthFigure
          label={`Followers, ${name}`}
          figure={month.followers}
          formula="last count of the month"
          unit="count"
        />
      </td>
      <td className="num">
        {change === null ? <Unknown /> : `${change > 0 ? '+' : change < 0 ? '−' : ''}${formatCount(Math.abs(change))}`}
      </td>
      <td className="num">
        <MonthFigure
          label={`Following, ${name}`}
          figure={month.following}
          formula="last count of the month"
          unit="count"
        />
      </td>
      <td className="num">
        {month.posts}
        {month.isPartial && <span className="meta vt-block">and older ones</span>}
      </td>
      <Average name={name} what="likes" measured={month.avgLikes} stated={month.stated.avgLikes} />
      <Average name={name} what="comments" measured={month.avgComments} stated={month.stated.avgComments} />
      <Average name={name} what="views" measured={month.avgViews} stated={month.stated.avgViews} />
      <td className="num">
        <MonthFigure
          label={`Total views, ${name}`}
          figure={month.totalViews}
          formula="sum over the stored posts of the month with views"
          unit="post"
        />
      </td>
    </tr>
  );
}

type Figured = GrowthMonth['followers'];

/** Measured on posts; where none is stored, what a source stated, said so. */
function Average(of: { name: string; what: string; measured: Figured; stated: Figured }) {
  const { name, what, measured, stated } = of;
  const isStated = measured === null && stated !== null;
  return (
    <td className="num">
      <MonthFigure
        label={`Average ${what}, ${name}`}
        figure={measured ?? stated}
        formula={isStated ? 'stated by the source, not measured here' : `mean ${what} of the stored posts of the month`}
        unit={isStated ? 'count' : 'post'}
      />
      {isStated && <span className="meta vt-block">stated</span>}
    </td>
  );
}

function MonthFigure(of: { label: string; figure: Figured; formula: string; unit: string }) {
  const { label, figure, formula, unit } = of;
  if (figure === null) return <Unknown />;
  return (
    <Figure
      label={label}
      value={formatCompact(figure.value >= 100 ? Math.round(figure.value) : figure.value)}
      meaning={{ formula, source: figure.source, n: formatPlural(figure.n, unit) }}
    />
  );
}

function Unknown() {
  return (
    <span className="meta">
      <span aria-hidden>·</span>
      <span className="vh">not known</span>
    </span>
  );
}

function nameOf(month: string): string {
  return new Date(`${month}-15T00:00:00Z`).toLocaleDateString('en-GB', { month: 'short', year: 'numeric' });
}
