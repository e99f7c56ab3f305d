import type { MoneyJson } from '#kernel/money.ts';
import { type PortalResults, readPortalResults } from '#modules/portal/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { Money } from '#web/ui/money.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDay } from './say-day.ts';
import { words } from './words.ts';

const said = words.results;

/** What came of the creator's links and codes, and their fees, as recorded. */
export function ResultsPage() {
  const results = useApiQuery(readPortalResults, {});
  return (
    <>
      <h1>{said.title}</h1>
      <QueryState query={results}>{(answer) => <Full results={answer} />}</QueryState>
    </>
  );
}

function Full({ results }: { results: PortalResults }) {
  const { totals, fees, campaigns } = results;
  return (
    <>
      <section>
        <header>
          <h2>{said.orders}</h2>
          <span className="meta">{said.span(sayDay(results.from), sayDay(results.to))}</span>
        </header>
        <dl className="ph-card ph-sums">
          <Sum label={said.clicks}>{formatCount(totals.clicks)}</Sum>
          <Sum label={said.orders}>{formatCount(totals.orders)}</Sum>
          <Sum label={said.sales}>
            <Amounts amounts={totals.sales} />
          </Sum>
        </dl>
      </section>
      {fees.length > 0 && (
        <section>
          <header>
            <h2>{said.fees}</h2>
          </header>
          <dl className="ph-card ph-facts">
            {fees.map((fee) => (
              <div key={`${fee.state} ${fee.sum.currency}`}>
                <dt>{said.feeStates[fee.state]}</dt>
                <dd>
                  <Money value={fee.sum} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <section>
        <header>
          <h2>{said.perCampaign}</h2>
        </header>
        {campaigns.length === 0 ? (
          <p className="ink-2">{said.none}</p>
        ) : (
          <ul className="ph-list">
            {campaigns.map((one) => (
              <li key={one.campaignId}>
                <div>
                  <div className="grow">
                    <b>{one.name}</b>
                    <span className="meta">
                      {words.links.clicks(one.clicks)}, {words.links.orders(one.orders)} (
                      {said.by(one.byCode, one.byLink)})
                    </span>
                  </div>
                  <Amounts amounts={one.sales} />
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
      <p className="ph-foot">{said.how}</p>
    </>
  );
}

function Sum({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="meta">{label}</dt>
      <dd className="ph-big">{children}</dd>
    </div>
  );
}

function Amounts({ amounts }: { amounts: readonly MoneyJson[] }) {
  if (amounts.length === 0) return <span>0</span>;
  return (
    <span className="ph-amounts">
      {amounts.map((amount) => (
        <Money key={amount.currency} value={amount} />
      ))}
    </span>
  );
}
