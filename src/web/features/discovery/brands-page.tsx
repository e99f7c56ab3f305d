import { Button, MultiSelect, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSpeakerphone } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type Platform, platformNames, platforms } from '#kernel/platform.ts';
import { addDays } from '#kernel/time.ts';
import { brandsComparedMax, compareBrands, listBrands, type WatchedBrand } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { BrandDialog } from './brand-dialog.tsx';
import { type BrandRange, brandSearch, brandsChosenMax, rangeDays } from './brand-search.ts';
import { type BrandComparisonJson, BrandTable } from './brand-table.tsx';
import { MarketTabs } from './market-tabs.tsx';
import './markets.css';

export function BrandsPage() {
  const brands = useApiQuery(listBrands, {});
  const [isAdding, adding] = useDisclosure(false);
  const canWrite = useCan('discovery:write');
  return (
    <div className="page">
      <MarketTabs />
      <QueryState query={brands}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState
              icon={IconSpeakerphone}
              title="No brand is watched yet"
              isPage
              action={
                canWrite && (
                  <Button variant="filled" onClick={adding.open}>
                    Watch a brand
                  </Button>
                )
              }
            >
              Name your own brand and those you compete with, by their accounts and hashtags. You then see which
              creators post about each, how often, paid or not, and with what engagement, from the posts in this
              workspace.
            </EmptyState>
          ) : (
            <Brands brands={rows} onAdd={adding.open} />
          )
        }
      </QueryState>
      {isAdding && <BrandDialog onClose={adding.close} />}
    </div>
  );
}

function Brands({ brands, onAdd }: { brands: WatchedBrand[]; onAdd: () => void }) {
  const [state, setState] = useSearchState(brandSearch);
  const canWrite = useCan('discovery:write');
  const chosen = brands.filter((brand) => state.brands?.includes(brand.id));
  const compared = chosen.length > 0 ? chosen : brands.slice(0, brandsComparedMax);
  const to = new Date().toISOString().slice(0, 10);
  const period = { from: addDays(to, 1 - rangeDays[state.range]), to };
  const platform = state.platform === undefined ? {} : { platform: state.platform };
  const query = useApiQuery(
    compareBrands,
    { brandIds: compared.map((brand) => brand.id), ...period, ...platform },
    { keepPrevious: true },
  );
  return (
    <>
      <PageHeader
        title={query.data ? answerOf(query.data) : 'Brands side by side'}
        sub={query.data && basisOf(query.data)}
        actions={
          canWrite && (
            <Button variant="filled" onClick={onAdd}>
              Watch a brand
            </Button>
          )
        }
      />
      <BrandFilters
        range={state.range}
        platform={state.platform}
        onRange={(range) => setState({ range }, { push: true })}
        onPlatform={(next) => setState({ platform: next }, { push: true })}
      >
        <MultiSelect
          aria-label="Brands to put side by side"
          placeholder={chosen.length === 0 ? `All brands, or choose up to ${brandsChosenMax}` : undefined}
          miw={260}
          maxValues={brandsChosenMax}
          clearable
          searchable
          data={brands.map((brand) => ({ value: brand.id, label: brand.name }))}
          value={chosen.map((brand) => brand.id)}
          onChange={(ids) => setState({ brands: ids.length === 0 ? undefined : ids }, { push: true })}
        />
      </BrandFilters>
      <QueryState query={query}>
        {(answer) => (
          <Section
            title="Side by side"
            note="posts that name a brand by account, hashtag or word; its own posts left out"
          >
            <BrandTable answer={answer} search={{ range: state.range, ...platform }} />
          </Section>
        )}
      </QueryState>
      {chosen.length === 0 && brands.length > compared.length && (
        <p className="meta">{`The first ${compared.length} of ${brands.length} watched brands are compared.`}</p>
      )}
    </>
  );
}

interface FiltersProps {
  range: BrandRange;
  platform: Platform | undefined;
  onRange: (range: BrandRange) => void;
  onPlatform: (platform: Platform | undefined) => void;
  children?: ReactNode;
}

/** Period and platform of a comparison. */
export function BrandFilters({ range, platform, onRange, onPlatform, children }: FiltersProps) {
  return (
    <div className="markets-filters">
      <Segments
        label="Period"
        value={range}
        options={[
          { value: '30', label: '30 days' },
          { value: '90', label: '90 days' },
          { value: '365', label: '1 year' },
          { value: '1825', label: '5 years' },
        ]}
        onChange={onRange}
      />
      <Select
        aria-label="Platform"
        placeholder="All platforms"
        clearable
        w={160}
        data={platforms.map((one) => ({ value: one, label: platformNames[one] }))}
        value={platform ?? null}
        onChange={(next) => onPlatform(platforms.find((one) => one === next))}
      />
      {children}
    </div>
  );
}

function answerOf(answer: BrandComparisonJson): string {
  const ranked = answer.rows.toSorted((a, b) => b.posts - a.posts);
  const [first] = ranked;
  if (first === undefined || first.posts === 0) return 'Nobody posted about these brands in this period';
  if (answer.rows.length === 1)
    return `${formatPlural(first.creators, 'creator')} posted about ${first.brand.name}, ${formatPlural(first.posts, 'post')}`;
  return `${first.brand.name} has ${formatShare(first.shareOfPosts ?? 0)} of the posts about ${answer.rows.length} brands`;
}

function basisOf({ basis, from, to }: BrandComparisonJson): string {
  const undated = basis.undated > 0 ? `; ${formatPlural(basis.undated, 'post')} without a date are in no period` : '';
  return `Rests on ${formatPlural(basis.posts, 'post')} of ${formatCount(basis.creators)} creators in this workspace, ${formatDate(from, 'UTC')} to ${formatDate(to, 'UTC')}${undated}. Posts elsewhere are not known.`;
}
