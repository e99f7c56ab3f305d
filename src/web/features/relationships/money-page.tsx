import { type CampaignWork, getRelationship, type Relationship } from '#modules/relationships/api.ts';
import { listCodes, listLinks } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { Tag } from '#web/ui/tag.tsx';
import './relationships.css';
import { addUp, costPerOrder } from './sum-money.ts';
import { sayDay } from './words.ts';

/** What this creator cost, what is still owed, and what came in by their links and codes. */
export function MoneyPage() {
  const personId = useParam('personId');
  const query = useApiQuery(getRelationship, { personId });
  return <QueryState query={query}>{(relationship) => <Shown relationship={relationship} />}</QueryState>;
}

function Shown({ relationship }: { relationship: Relationship }) {
  const { campaigns, sum, asOf, personId } = relationship;
  const open = campaigns.filter((work) => work.feeState === 'committed' || work.feeState === 'due');
  const owed = addUp(open.flatMap((work) => work.fee ?? []));
  const goods = addUp(campaigns.flatMap((work) => (work.hasWorked ? (work.goods ?? []) : [])));
  const revenue = addUp(campaigns.flatMap((work) => work.revenue));
  const orders = campaigns.reduce((total, work) => total + work.orders, 0);
  const perOrder = costPerOrder(campaigns);
  const say = (moneys: ReturnType<typeof addUp>) =>
    moneys.length === 0 ? null : moneys.map((money) => formatMoney(money)).join(' + ');
  return (
    <div className="stack rel">
      <div className="figs">
        <StatCard label="Paid" note={sum.paidCount === 0 ? 'no fee paid yet' : formatPlural(sum.paidCount, 'fee')}>
          <Figure
            label="Paid"
            value={say(addUp(sum.paid))}
            missing="nothing yet"
            meaning={{
              formula: 'sum of fees with a day of payment',
              source: 'rosters and imported history',
              n: formatPlural(sum.paidCount, 'fee'),
              asOf,
            }}
          />
        </StatCard>
        <StatCard label="Agreed, not paid" note={formatPlural(open.length, 'campaign')}>
          <Figure
            label="Agreed, not paid"
            value={say(owed)}
            missing="nothing"
            meaning={{
              formula: 'fees of campaigns where something is agreed and no day of payment is set',
              source: 'rosters',
              asOf,
            }}
          />
        </StatCard>
        <StatCard label="Goods given" note="at cost of goods">
          <Figure
            label="Goods given"
            value={say(goods)}
            missing="none recorded"
            meaning={{ formula: 'cost of goods of campaigns worked on', source: 'rosters', asOf }}
          />
        </StatCard>
        <StatCard label="Brought in" note={formatPlural(orders, 'order')}>
          <Figure
            label="Revenue brought in"
            value={say(revenue)}
            missing="no orders yet"
            meaning={{
              formula: 'orders credited by last touch, net of refunds',
              source: 'orders by code and link',
              n: formatPlural(orders, 'order'),
              asOf,
            }}
          />
        </StatCard>
        <StatCard label="Cost per order" note="fees and goods">
          <Figure
            label="Cost per order"
            value={perOrder === null ? null : formatMoney(perOrder)}
            missing="not enough data"
            meaning={{
              formula:
                '(fees + goods) of campaigns worked on / orders of the same campaigns; only where all is in one currency',
              source: 'rosters and orders',
              n: formatPlural(orders, 'order'),
              asOf,
            }}
          />
        </StatCard>
      </div>
      <Section title="By campaign" note={formatPlural(campaigns.length, 'campaign')}>
        {campaigns.length === 0 ? (
          <p className="meta rel-empty">On no campaign yet. “Add to campaign” puts this creator on one.</p>
        ) : (
          <div className="rel-scroll">
            <table className="table" aria-label="Money by campaign">
              <thead>
                <tr>
                  <th>Campaign</th>
                  <th className="num">Fee</th>
                  <th>State</th>
                  <th className="num">Goods</th>
                  <th className="num">Orders</th>
                  <th className="num">Revenue</th>
                </tr>
              </thead>
              <tbody>
                {campaigns.map((work) => (
                  <Row key={work.enrolmentId} work={work} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      <LinksAndCodes personId={personId} />
    </div>
  );
}

const feeTags = {
  proposed: { tone: 'plain', label: 'proposed' },
  committed: { tone: 'plain', label: 'agreed' },
  due: { tone: 'warn', label: 'due' },
  paid: { tone: 'good', label: 'paid' },
} as const;

function Row({ work }: { work: CampaignWork }) {
  const none = <span className="ink-3">none</span>;
  return (
    <tr>
      <td>
        <AppLink to="/campaigns/$campaignId/money" params={{ campaignId: work.campaign.id }}>
          <b>{work.campaign.name}</b>
        </AppLink>
      </td>
      <td className="num">{work.fee === null ? none : formatMoney(work.fee)}</td>
      <td>
        {work.feeState === null ? (
          ''
        ) : (
          <>
            <Tag tone={feeTags[work.feeState].tone}>{feeTags[work.feeState].label}</Tag>
            {work.paidOn !== null && <span className="meta"> {sayDay(work.paidOn)}</span>}
          </>
        )}
      </td>
      <td className="num">{work.goods === null ? none : formatMoney(work.goods)}</td>
      <td className="num">{formatCount(work.orders)}</td>
      <td className="num">
        {work.revenue.length === 0 ? none : work.revenue.map((money) => formatMoney(money)).join(' + ')}
      </td>
    </tr>
  );
}

function LinksAndCodes({ personId }: { personId: string }) {
  const mayRead = useCan('tracking:read');
  const links = useApiQuery(listLinks, { personId }, { enabled: mayRead });
  const codes = useApiQuery(listCodes, { personId }, { enabled: mayRead });
  if (!mayRead) return null;
  return (
    <div className="cols even">
      <Section title="Links">
        <QueryState query={links}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p className="meta rel-empty">No link yet.</p>
            ) : (
              <ul className="list">
                {rows.map((link) => (
                  <li key={link.id} className="rel-entry">
                    <CopyField label="link" value={link.shortUrl} />
                    <span className="meta">
                      {formatPlural(link.clicks, 'click')}
                      {link.campaign === null ? '' : `, ${link.campaign.name}`}
                    </span>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
      </Section>
      <Section title="Codes">
        <QueryState query={codes}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p className="meta rel-empty">No code yet.</p>
            ) : (
              <ul className="list">
                {rows.map((code) => (
                  <li key={code.id} className="rel-entry">
                    <CopyField label="code" value={code.code} />
                    <span className="meta">{code.campaign === null ? '' : code.campaign.name}</span>
                  </li>
                ))}
              </ul>
            )
          }
        </QueryState>
      </Section>
    </div>
  );
}
