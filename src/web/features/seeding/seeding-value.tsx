import { getSeedingValue, type MediaValue, type SeedingValue as Value } from '#modules/reports/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';

/** Uses of the creators' codes, counted, and apart from them what the posts would have cost as advertising, estimated. */
export function SeedingValue({ campaignId }: { campaignId: string }) {
  const mayRead = useCan('reports:read');
  const query = useApiQuery(getSeedingValue, { campaignId }, { enabled: mayRead });
  if (!mayRead) return null;
  return (
    <QueryState query={query}>
      {(value) => (
        <>
          <Codes codes={value.codes} />
          <Section
            title="Estimated media value"
            note="what the posts would have cost as advertising; in no sum with money"
          >
            <div className="figs">
              {value.mediaValue.map((one) => (
                <StatCard key={one.model} label={modelWords[one.model]} note={noteOf(one)}>
                  <Figure
                    label={one.title}
                    value={sayRange(one)}
                    isEstimated
                    meaning={{
                      formula: one.formula,
                      source: one.year === null ? one.source || 'published rates' : `${one.source}, ${one.year}`,
                      n: `${formatCount(one.posts)} of ${formatPlural(one.livePosts, 'live post')}`,
                      ...(one.asOf === null ? {} : { asOf: one.asOf }),
                    }}
                  />
                </StatCard>
              ))}
            </div>
          </Section>
        </>
      )}
    </QueryState>
  );
}

const modelWords = { impressions: 'By impressions', interactions: 'By interactions' } as const;

function sayRange({ low, high }: MediaValue): string | null {
  if (low === null || high === null) return null;
  return low.amountMinor === high.amountMinor ? formatMoney(low) : `${formatMoney(low)} to ${formatMoney(high)}`;
}

function noteOf(one: MediaValue): string {
  if (one.reason !== null) return one.reason;
  const left = one.livePosts - one.posts;
  const posts = formatPlural(one.posts, 'live post');
  return left === 0 ? posts : `${posts}; ${formatCount(left)} without the figures it takes`;
}

function Codes({ codes }: { codes: Value['codes'] }) {
  const { used, orders } = codes;
  return (
    <Section title="Codes of creators who were sent something" note="whoever the order is credited to">
      <div className="figs">
        <StatCard label="Codes used" note={used.reason ?? `of ${formatPlural(codes.given, 'code')}`}>
          <Figure
            label="Codes used"
            value={used.value === null ? null : formatCount(used.value)}
            meaning={meaningOf(used)}
          />
        </StatCard>
        <StatCard label="Orders with a code" note={orders.reason ?? 'cancelled ones left out'}>
          <Figure
            label="Orders with a code"
            value={orders.value === null ? null : formatCount(orders.value)}
            meaning={meaningOf(orders)}
          />
        </StatCard>
      </div>
    </Section>
  );
}

function meaningOf({ formula, source, n, asOf }: Value['codes']['used']) {
  return { formula, source, ...(n === null ? {} : { n }), ...(asOf === null ? {} : { asOf }) };
}
