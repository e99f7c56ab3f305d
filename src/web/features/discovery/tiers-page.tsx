import { Select } from '@mantine/core';
import { z } from 'zod';
import { platformNames, platformSchema, platforms } from '#kernel/platform.ts';
import { compareTiers } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { MarketTabs } from './market-tabs.tsx';
import './markets.css';
import { type TierAnswer, TierTable } from './tier-table.tsx';
import { useLists } from './use-lists.ts';

const search = z.object({
  list: z.string().optional(),
  platform: platformSchema.optional(),
  source: z.string().optional(),
});

export function TiersPage() {
  const [state, setState] = useSearchState(search);
  const { lists } = useLists();
  const query = useApiQuery(
    compareTiers,
    {
      ...(state.list === undefined ? {} : { listId: state.list }),
      ...(state.platform === undefined ? {} : { platform: state.platform }),
    },
    { keepPrevious: true },
  );
  const sources = query.data?.sources ?? [];
  const source = sources.some((one) => one.source === state.source) ? state.source : sources[0]?.source;
  return (
    <div className="page">
      <MarketTabs />
      <PageHeader
        title={query.data ? answerOf(query.data) : 'Sizes side by side'}
        sub="Your own creators. Published bands stand below each figure, one source at a time, and are never part of it."
      />
      <div className="markets-filters">
        <Select
          label="Creators"
          placeholder="All creators"
          clearable
          data={lists.map((list) => ({ value: list.id, label: list.name }))}
          value={state.list ?? null}
          onChange={(list) => setState({ list: list ?? undefined }, { push: true })}
        />
        <Select
          label="Platform"
          placeholder="All platforms"
          clearable
          data={platforms.map((one) => ({ value: one, label: platformNames[one] }))}
          value={state.platform ?? null}
          onChange={(next) => setState({ platform: platforms.find((one) => one === next) }, { push: true })}
        />
        <Select
          label="Published by"
          data={[...new Set(sources.map((one) => one.source))]}
          value={source ?? null}
          onChange={(next) => setState({ source: next ?? undefined }, { push: true })}
          allowDeselect={false}
          w={240}
        />
      </div>
      <QueryState query={query}>
        {(answer) =>
          answer.creators === 0 ? (
            <EmptyState
              title="No creators to compare yet"
              action={
                <AppLink to="/creators/import" className="link">
                  Import a file
                </AppLink>
              }
            >
              Add creators with their followers, and the sizes stand side by side here.
            </EmptyState>
          ) : (
            <Section title="Side by side" note="medians, with how many they rest on; below 10 not enough data">
              <TierTable answer={answer} source={source ?? null} scope={state} />
              {answer.untiered > 0 && (
                <p className="meta">
                  {`${formatPlural(answer.untiered, 'creator')} of ${formatCount(answer.creators)} with no profile of known size in any tier.`}
                </p>
              )}
            </Section>
          )
        }
      </QueryState>
    </div>
  );
}

/** The size that engages most is named only when its interval lies above those of all others. */
function answerOf(answer: TierAnswer): string {
  const known = answer.rows.flatMap(({ tier, engagementRate }) =>
    engagementRate === null ? [] : [{ tier, rate: engagementRate }],
  );
  const [best, ...others] = known.toSorted((a, b) => b.rate.value - a.rate.value);
  const least = others.at(-1);
  if (best !== undefined && least !== undefined) {
    const isApart = others.every(({ rate }) => (best.rate.low ?? best.rate.value) > (rate.high ?? rate.value));
    return isApart
      ? `${capital(best.tier.name)} creators engage most: ${formatShare(best.rate.value)} at the median`
      : `Engagement at the median is ${formatShare(least.rate.value)} to ${formatShare(best.rate.value)}, and no size stands clearly above the others`;
  }
  const most = answer.rows.toSorted((a, b) => b.creators - a.creators)[0];
  if (most !== undefined && most.creators > 0)
    return `Most of your creators are ${most.tier.name}: ${formatCount(most.creators)}`;
  return 'Sizes side by side';
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
