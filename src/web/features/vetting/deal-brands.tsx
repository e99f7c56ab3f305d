import type { DealBrand, DealsSection } from '#modules/vetting/api.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { Tag } from '#web/ui/tag.tsx';
import { rate } from './words.ts';

/** Who paid, how often and how openly; accounts of one brand in several countries count as one. */
export function DealBrands({ deals }: { deals: DealsSection }) {
  return (
    <Section
      title="Brands"
      note={`${formatPlural(deals.brands.length, 'brand')} in ${formatPlural(deals.deals, 'paid post')}`}
    >
      <DataTable
        label="Brands in paid posts"
        columns={columns}
        rows={deals.brands}
        rowId={(brand) => brand.brand}
        tall
        more={{
          empty: (
            <EmptyState title="No brand recognised">
              {deals.searched === 0
                ? 'Import posts with captions to see past partnerships.'
                : 'A deal that shows in neither label, tag, wording, code nor link cannot be seen. Name the brand on a post below if you know better.'}
            </EmptyState>
          ),
        }}
      />
    </Section>
  );
}

const counted =
  (label: string, pick: (brand: DealBrand) => { value: number; n: number } | null) => (brand: DealBrand) => {
    const found = pick(brand);
    return (
      <Figure
        label={label}
        value={found === null ? null : formatCompact(found.value)}
        meaning={{ formula: 'median over the posts with this brand', n: formatPlural(found?.n ?? 0, 'post') }}
        missing="–"
      />
    );
  };

const columns: TableColumn<DealBrand>[] = [
  {
    id: 'brand',
    header: 'Brand',
    cell: ({ brand, handles, isCompetitor }) => (
      <span className="vt-ev-text">
        <span>
          <b>@{handles.length === 1 ? handles[0] : brand}</b> {isCompetitor && <Tag tone="warn">competitor</Tag>}
        </span>
        {handles.length > 1 && <span className="meta clip">{handles.map((one) => `@${one}`).join(', ')}</span>}
      </span>
    ),
  },
  {
    id: 'posts',
    header: 'Posts',
    width: 96,
    align: 'end',
    cell: ({ posts, saturation }) => (
      <Figure
        label="Posts with this brand"
        value={`${posts} · ${formatShare(saturation)}`}
        meaning={{
          formula: 'posts with this brand, and their share of all posts searched',
          n: formatPlural(posts, 'post'),
        }}
      />
    ),
  },
  {
    id: 'when',
    header: 'Last',
    width: 112,
    from: 680,
    cell: ({ lastAt }) => (lastAt === null ? <span className="ink-3">not known</span> : formatDate(lastAt)),
  },
  {
    id: 'disclosure',
    header: 'Disclosed',
    width: 150,
    from: 680,
    cell: ({ disclosure }) => disclosureText(disclosure),
  },
  { id: 'likes', header: 'Likes', width: 84, align: 'end', from: 900, cell: counted('Likes', (brand) => brand.likes) },
  {
    id: 'comments',
    header: 'Comments',
    width: 96,
    align: 'end',
    from: 900,
    cell: counted('Comments', (brand) => brand.comments),
  },
  { id: 'views', header: 'Views', width: 84, align: 'end', from: 1240, cell: counted('Views', (brand) => brand.views) },
  {
    id: 'against',
    header: 'Against own',
    width: 104,
    align: 'end',
    cell: (brand) => (
      <Figure
        label="Against own posts"
        value={brand.againstOrganic === null ? null : formatShare(brand.againstOrganic)}
        meaning={{
          formula: `median engagement of its posts${brand.rate === null ? '' : ` (${rate(brand.rate.value)})`} / median of the posts nobody paid for`,
          n: formatPlural(brand.rate?.n ?? 0, 'post'),
        }}
        missing="–"
      />
    ),
  },
];

export function disclosureText(counts: Partial<Record<'clear' | 'weak' | 'none', number>>): string {
  const parts = [
    [counts.clear ?? 0, 'clear'],
    [counts.weak ?? 0, 'weak'],
    [counts.none ?? 0, 'none'],
  ] as const;
  return parts
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}`)
    .join(', ');
}
