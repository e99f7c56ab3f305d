import type { OutputOf } from '#kernel/endpoint.ts';
import type { BrandFigures, compareBrands } from '#modules/discovery/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Spark } from '#web/ui/spark.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { PaymentWords } from './payment-words.tsx';

export type BrandComparisonJson = OutputOf<typeof compareBrands>;

interface Props {
  answer: BrandComparisonJson;
  search: Record<string, unknown>;
}

/** Brands side by side, a row each; a row opens who is behind it. */
export function BrandTable({ answer, search }: Props) {
  const go = useGo();
  return (
    <DataTable
      label="Brands"
      columns={columnsOf(answer, search)}
      rows={answer.rows}
      rowId={(row) => row.brand.id}
      tall
      more={{ onOpen: (row) => go('/discover/brands/$brandId', { params: { brandId: row.brand.id }, search }) }}
    />
  );
}

function columnsOf(answer: BrandComparisonJson, search: Record<string, unknown>): TableColumn<BrandFigures>[] {
  const source = `Posts of this workspace, ${answer.from} to ${answer.to}`;
  return [...voiceColumns(search, source), ...engagementColumns(source), ...timeColumns(answer)];
}

function voiceColumns(search: Record<string, unknown>, source: string): TableColumn<BrandFigures>[] {
  return [
    {
      id: 'brand',
      header: 'Brand',
      cell: (row) => (
        <div className="who">
          <div>
            <b>
              <AppLink to="/discover/brands/$brandId" params={{ brandId: row.brand.id }} search={search}>
                {row.brand.name}
              </AppLink>{' '}
              {row.brand.isOwn && <Tag tone="accent">yours</Tag>}
            </b>
            <span className="meta">
              {[
                ...row.brand.handles.map((name) => `@${name}`),
                ...row.brand.hashtags.map((tag) => `#${tag}`),
                ...row.brand.keywords,
              ].join(' ')}
            </span>
            <span className="meta discover-phone">
              {`${formatPlural(row.posts, 'post')} of ${formatPlural(row.creators, 'creator')}`}
            </span>
          </div>
        </div>
      ),
    },
    {
      id: 'share',
      header: 'Share of voice',
      width: 130,
      cell: (row) => <Share row={row} source={source} />,
    },
    { id: 'posts', header: 'Posts', width: 64, align: 'end', from: 680, cell: (row) => formatCount(row.posts) },
    {
      id: 'creators',
      header: 'Creators',
      width: 76,
      align: 'end',
      from: 680,
      cell: (row) => formatCount(row.creators),
    },
    { id: 'paid', header: 'Paid or organic', width: 132, from: 900, cell: (row) => <PaymentWords row={row} /> },
    {
      id: 'disclosed',
      header: 'Disclosed',
      width: 112,
      align: 'end',
      from: 900,
      cell: (row) => disclosed(row, source),
    },
  ];
}

function disclosed({ disclosed: found }: BrandFigures, source: string) {
  return (
    <Figure
      label="Disclosed as advertising"
      value={found === null ? null : formatShare(found.share)}
      missing="not enough data"
      meaning={{
        formula:
          'Posts labelled by the platform or tagged as an advertisement / posts that name the brand; needs 10. Who advertises without a word is not seen',
        source,
        ...(found === null
          ? {}
          : {
              n: `${found.n} posts`,
              interval: `95 % interval ${formatShare(found.low)} to ${formatShare(found.high)}`,
            }),
      }}
    />
  );
}

function engagementColumns(source: string): TableColumn<BrandFigures>[] {
  return [
    {
      id: 'engagements',
      header: 'Engagements',
      width: 104,
      align: 'end',
      from: 680,
      cell: (row) => (
        <Figure
          label="Engagements"
          value={row.engagements === null ? null : formatCompact(row.engagements)}
          meaning={{
            formula: 'Likes + comments, summed over the posts where both are known',
            source,
            n: `${row.engagementPosts} of ${row.posts} posts`,
          }}
        />
      ),
    },
    {
      id: 'rate',
      header: 'Median rate',
      width: 112,
      align: 'end',
      from: 1240,
      cell: ({ medianEngagementRate: rate }) => (
        <Figure
          label="Median engagement"
          value={rate === null ? null : formatShare(rate.value)}
          missing="not enough data"
          meaning={{
            formula: '(likes + comments) / followers of the profile, median of posts; needs 10',
            source,
            ...(rate === null ? {} : { n: `${rate.n} posts` }),
            ...(rate?.low == null || rate.high === null
              ? {}
              : { interval: `95 % interval ${formatShare(rate.low)} to ${formatShare(rate.high)}` }),
          }}
        />
      ),
    },
    {
      id: 'reach',
      header: 'Followers',
      width: 88,
      align: 'end',
      from: 1240,
      cell: (row) => (
        <Figure
          label="Potential reach"
          value={row.reach === null ? null : formatCompact(row.reach)}
          meaning={{
            formula: 'Followers of the profiles added up; people who follow several count several times',
            source,
            n: `${row.reachProfiles} profiles`,
          }}
        />
      ),
    },
  ];
}

function timeColumns(answer: BrandComparisonJson): TableColumn<BrandFigures>[] {
  return [
    {
      id: 'months',
      header: 'By month',
      width: 84,
      from: 1240,
      cell: (row) => (
        <Spark values={monthsOf(row, answer)} label={`Posts about ${row.brand.name} by month`} look="up" />
      ),
    },
    {
      id: 'last',
      header: 'Last post',
      width: 116,
      align: 'end',
      from: 900,
      cell: (row) => (row.lastAt === null ? <span className="ink-3">none</span> : formatDate(row.lastAt)),
    },
  ];
}

function Share({ row, source }: { row: BrandFigures; source: string }) {
  return (
    <div className="discover-share">
      <i aria-hidden="true">
        <u style={{ width: `${(row.shareOfPosts ?? 0) * 100}%` }} />
      </i>
      <Figure
        label="Share of voice"
        value={row.shareOfPosts === null ? null : formatShare(row.shareOfPosts)}
        missing="no posts"
        meaning={{
          formula: `Posts that name ${row.brand.name} / posts that name any of the brands compared; a post that names two counts for both`,
          source,
          n: `${row.posts} posts`,
          ...(row.shareOfEngagements === null
            ? {}
            : { interval: `${formatShare(row.shareOfEngagements)} of the engagements` }),
        }}
      />
    </div>
  );
}

/** Every month of the period, those without a post as 0. */
function monthsOf(row: BrandFigures, answer: BrandComparisonJson): number[] {
  const posts = new Map(row.months.map((month) => [month.month, month.posts]));
  const values: number[] = [];
  let month = answer.from.slice(0, 7);
  while (month <= answer.to.slice(0, 7) && values.length < 130) {
    values.push(posts.get(month) ?? 0);
    const [year = 0, at = 1] = month.split('-').map(Number);
    month = at === 12 ? `${year + 1}-01` : `${year}-${String(at + 1).padStart(2, '0')}`;
  }
  return values;
}
