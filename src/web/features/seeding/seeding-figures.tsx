import { Button, Select } from '@mantine/core';
import {
  addDoNotGift,
  getSeedingReport,
  noPostReasons,
  noPostWords,
  type SeedingReport,
  sayNoPost,
} from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { FunnelBars } from '#web/ui/funnel-bars.tsx';
import { Money } from '#web/ui/money.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { SeedingValue } from './seeding-value.tsx';

/** What became of the products. */
export function SeedingFigures({ campaignId }: { campaignId: string }) {
  const query = useApiQuery(getSeedingReport, { campaignId });
  return (
    <QueryState query={query}>
      {(report) => (report.ordered + report.picked === 0 ? null : <Report campaignId={campaignId} report={report} />)}
    </QueryState>
  );
}

function Report({ campaignId, report }: { campaignId: string; report: SeedingReport }) {
  const { postRate, costPerPost, goodsCost, waste } = report;
  const [rateMethod = '', costMethod = '', wasteMethod = ''] = report.method;
  const common = { source: 'Parcels and live content of this campaign', asOf: report.asOf };
  const interval =
    postRate.low === null || postRate.high === null
      ? {}
      : { interval: `95 % interval ${formatShare(postRate.low)} to ${formatShare(postRate.high)}` };
  return (
    <>
      <Section
        title="What became of it"
        note={`posts expected within ${formatPlural(report.postWithinDays, 'day')} after delivery`}
      >
        <div className="figs">
          <StatCard
            label="Post rate"
            note={`${formatCount(postRate.posted)} of ${formatCount(postRate.n)} whose time is over`}
          >
            <Figure
              label="Post rate"
              value={postRate.rate === null ? null : formatShare(postRate.rate)}
              missing="not enough data"
              meaning={{ formula: rateMethod, n: formatPlural(postRate.n, 'creator'), ...common, ...interval }}
            />
          </StatCard>
          <StatCard label="Cost per post" note={costPerPost.missing ?? `${formatPlural(costPerPost.n, 'live post')}`}>
            <Figure
              label="Cost per post"
              value={costPerPost.value === null ? null : formatMoney(costPerPost.value)}
              meaning={{ formula: costMethod, n: formatPlural(costPerPost.n, 'post'), ...common }}
            />
          </StatCard>
          <StatCard
            label="Goods sent, at cost"
            note={goodsCost.missing ?? `${formatPlural(goodsCost.n, 'parcel')}, ${sayPostage(report)}`}
          >
            <Figure
              label="Goods sent"
              value={goodsCost.value === null ? null : formatMoney(goodsCost.value)}
              meaning={{
                formula: 'Cost of goods of all parcels that left, as it was when they were chosen',
                n: formatPlural(goodsCost.n, 'parcel'),
                ...common,
              }}
            />
          </StatCard>
          <StatCard
            label="Waste"
            note={
              waste.cost.value === null
                ? `of ${formatPlural(waste.unitsShipped, 'piece')} sent`
                : `${formatMoney(waste.cost.value)} at cost`
            }
          >
            <Figure
              label="Waste"
              value={waste.unitsShipped === 0 ? null : formatPlural(waste.units, 'piece')}
              missing="nothing sent yet"
              meaning={{ formula: wasteMethod, n: `${formatPlural(waste.unitsShipped, 'piece')} sent`, ...common }}
            />
          </StatCard>
        </div>
        <FunnelBars
          label="From asked to posted"
          steps={[
            { id: 'asked', label: 'Asked or chosen for', count: report.asked, value: formatCount(report.asked) },
            { id: 'picked', label: 'Chose', count: report.picked, value: formatCount(report.picked) },
            { id: 'shipped', label: 'Shipped', count: report.shipped, value: formatCount(report.shipped) },
            {
              id: 'delivered',
              label: 'Delivered',
              count: report.delivered,
              value: formatCount(report.delivered),
              rate:
                report.lost + report.returned > 0
                  ? `${formatCount(report.lost)} lost, ${formatCount(report.returned)} came back`
                  : '',
            },
            {
              id: 'posted',
              label: 'Posted',
              count: report.posted,
              value: formatCount(report.posted),
              rate: report.stillInWindow > 0 ? `${formatCount(report.stillInWindow)} have time left` : '',
            },
          ]}
        />
      </Section>
      {report.noPost.length > 0 && <NoPost report={report} />}
      <SeedingValue campaignId={campaignId} />
    </>
  );
}

function sayPostage({ shippingCost }: SeedingReport): string {
  return shippingCost.value === null ? 'postage not known' : `postage ${formatMoney(shippingCost.value)}`;
}

type Taker = SeedingReport['noPost'][number];

/** Why nothing was posted: as the creator said it, or as a member heard it. */
function Why({ one, mayWrite }: { one: Taker; mayWrite: boolean }) {
  const say = useApiMutation(sayNoPost, {
    invalidate: ['seeding'],
    onSuccess: () => sayDone('Noted'),
    onError: (error) => sayFailed('Not noted', error),
  });
  const { why } = one;
  if (why?.saidBy === 'creator' || !mayWrite)
    return (
      <>
        {why === null ? <span className="ink-3">not known</span> : noPostWords[why.reason]}
        {why !== null && <span className="meta block">{why.note === null ? `says ${why.by}` : `“${why.note}”`}</span>}
      </>
    );
  return (
    <Select
      size="xs"
      aria-label={`Why ${one.name} did not post`}
      placeholder="Not known"
      clearable
      data={noPostReasons.map((value) => ({ value, label: noPostWords[value] }))}
      value={why?.reason ?? null}
      onChange={(reason) => say.mutate({ enrolmentId: one.enrolmentId, reason })}
    />
  );
}

function NoPost({ report }: { report: SeedingReport }) {
  const mayWrite = useCan('campaigns:write');
  const bar = useApiMutation(addDoNotGift, {
    invalidate: ['doNotGift', 'seeding'],
    onSuccess: () => sayDone('On the do-not-gift list'),
    onError: (error) => sayFailed('Not changed', error),
  });
  return (
    <Section title="Sent, and no post" note={formatPlural(report.noPost.length, 'parcel')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Creator</th>
            <th scope="col">Why</th>
            <th scope="col">Delivered</th>
            <th scope="col" className="num">
              Pieces
            </th>
            <th scope="col" className="num">
              At cost
            </th>
            <th scope="col">
              <span className="vh">What to do</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {report.noPost.map((one) => (
            <tr key={`${one.enrolmentId} ${one.deliveredAt ?? ''}`}>
              <td>{one.name}</td>
              <td>{one.deliveredAt === null ? '' : <Why one={one} mayWrite={mayWrite} />}</td>
              <td>{one.deliveredAt === null ? 'lost on the way' : formatDate(one.deliveredAt)}</td>
              <td className="num">{formatCount(one.units)}</td>
              <td className="num">
                <Money value={one.cost} />
              </td>
              <td>
                {one.isBarred ? (
                  <span className="meta">on the do-not-gift list</span>
                ) : (
                  mayWrite &&
                  one.deliveredAt !== null && (
                    <Button size="xs" onClick={() => bar.mutate({ personId: one.personId, reason: 'never_posts' })}>
                      Do not gift again
                    </Button>
                  )
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="meta">{report.method.at(-1)}</p>
    </Section>
  );
}
