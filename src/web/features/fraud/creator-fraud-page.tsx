import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { getCreatorFraud, judgeCreatorNow } from '#modules/fraud/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo, useParam } from '#web/shell/use-go.ts';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural, formatShare } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { Waterfall } from '#web/ui/waterfall.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { groupColumns } from './group-columns.tsx';
import { banWords } from './words.ts';
import './fraud.css';

type Judged = OutputOf<typeof getCreatorFraud>;

/** A creator's traffic under the rules: the score as its sum, what could not be told, what is held. */
export function CreatorFraudPage() {
  const personId = useParam('personId');
  const query = useApiQuery(getCreatorFraud, { personId });
  const mayJudge = useCan('tracking:write');
  const judge = useApiMutation(judgeCreatorNow, {
    invalidate: ['fraud'],
    onSuccess: () => sayDone('Judged anew'),
    onError: (error) => sayFailed('Not judged', error),
  });
  const button = (
    <Button disabled={!mayJudge} loading={judge.isPending} onClick={() => judge.mutate({ personId })}>
      Judge now
    </Button>
  );
  return (
    <QueryState query={query}>
      {(judged) =>
        judged.judgedAt === null ? (
          <EmptyState title="Not judged yet" action={button}>
            Traffic is judged once links or codes of this creator are used, and each night.
          </EmptyState>
        ) : (
          <div className="stack">
            <Head judged={judged} judgedAt={judged.judgedAt} />
            <div className="cols even">
              <Score judged={judged} button={button} />
              <Traffic judged={judged} />
            </div>
            <Unknown judged={judged} />
            <Groups judged={judged} />
          </div>
        )
      }
    </QueryState>
  );
}

function Head({ judged, judgedAt }: { judged: Judged; judgedAt: string }) {
  const window = `${judged.windowDays} days`;
  const held = judged.held.map((sum) => formatMoney(sum)).join(' + ');
  return (
    <div className="figs">
      <StatCard label="Score" note={`flagged from ${judged.flagAt}`}>
        <Figure
          label="Score"
          value={formatCount(judged.score)}
          meaning={{
            formula: 'sum of the points of the rules that speak',
            source: 'own clicks and orders',
            n: window,
            asOf: judgedAt,
          }}
        />
      </StatCard>
      <StatCard label="Chance of fraud" note="estimated from simulated programs">
        <Figure
          label="Chance of fraud"
          value={formatShare(judged.chance)}
          isEstimated
          meaning={{
            formula: 'logistic curve over the score, fitted on simulated programs',
            source: 'docs/methods/traffic-fraud.md',
            asOf: judgedAt,
          }}
        />
      </StatCard>
      <StatCard label="Credit on hold" note={formatPlural(judged.heldOrders, 'order')}>
        <Figure
          label="Credit on hold"
          value={held === '' ? '0' : held}
          meaning={{ formula: 'net amount of held orders', source: 'own orders', asOf: judgedAt }}
        />
      </StatCard>
      <StatCard
        label="Withdrawn"
        note={judged.ban === null ? 'orders found to be fraud' : `banned: ${banWords[judged.ban.reason]}`}
      >
        <Figure
          label="Withdrawn orders"
          value={formatCount(judged.withdrawnOrders)}
          meaning={{ formula: 'orders of groups decided as fraud', source: 'decisions here', asOf: judgedAt }}
        />
      </StatCard>
    </div>
  );
}

function Score({ judged, button }: { judged: Judged; button: ReactNode }) {
  const spoke = judged.findings.filter((one) => one.state === 'hit' && one.points > 0);
  return (
    <Section
      title="What adds to the score"
      note={judged.judgedAt === null ? '' : `judged ${formatWhen(judged.judgedAt)}`}
      end={button}
    >
      {spoke.length === 0 ? (
        <p className="ink-2">No rule speaks against this traffic.</p>
      ) : (
        <>
          <Waterfall
            label="Score"
            rows={spoke.map((one) => ({
              id: one.rule,
              title: one.title,
              note: one.says,
              value: one.points,
              kind: 'step',
            }))}
            total={{ title: 'Score', value: judged.score }}
            max={Math.max(100, judged.score)}
          />
          {spoke
            .filter((one) => one.evidence.length > 0)
            .map((one) => (
              <details key={one.rule} className="frd-more">
                <summary>{one.title}: evidence</summary>
                <EvidenceList evidence={one.evidence} />
              </details>
            ))}
        </>
      )}
    </Section>
  );
}

const figureRows: readonly { name: string; label: string; isShare?: boolean }[] = [
  { name: 'clicks', label: 'Counted clicks' },
  { name: 'visitors', label: 'Visitors, by day' },
  { name: 'botHits', label: 'Hits by programs' },
  { name: 'velocityHits', label: 'Hits faster than people' },
  { name: 'topVisitorShare', label: 'Hits of the most frequent visitor', isShare: true },
  { name: 'topNetworkShare', label: 'Hits of the most frequent network', isShare: true },
  { name: 'noReferrerShare', label: 'Clicks that tell no referring page', isShare: true },
  { name: 'couponClicks', label: 'Clicks from coupon sites' },
  { name: 'adClicks', label: 'Clicks by advertisements' },
  { name: 'orders', label: 'Orders' },
  { name: 'fastOrders', label: 'Orders within seconds of the click' },
  { name: 'lateOrders', label: 'Orders more than a day after it' },
  { name: 'refundedCustomers', label: 'Customers refunded' },
  { name: 'chargebacks', label: 'Payments charged back' },
  { name: 'ownOrders', label: "The creator's own orders" },
  { name: 'hijackOrders', label: 'Orders taken at the checkout' },
  { name: 'codeLoneUses', label: 'Uses of a code without a click, 7 days' },
];

function Traffic({ judged }: { judged: Judged }) {
  const { figures } = judged;
  return (
    <Section title="The traffic" note={`last ${judged.windowDays} days`}>
      <table className="table" aria-label="Figures of the traffic">
        <tbody>
          {figureRows.map(({ name, label, isShare }) => {
            const value = figures?.[name] ?? null;
            return (
              <tr key={name}>
                <th scope="row">{label}</th>
                <td className="num">
                  {value === null ? (
                    <span className="ink-3">not known</span>
                  ) : isShare ? (
                    formatShare(value)
                  ) : (
                    formatCount(value)
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

function Unknown({ judged }: { judged: Judged }) {
  const rows = judged.findings.filter((one) => one.state === 'unknown');
  if (rows.length === 0) return null;
  return (
    <Section title="What could not be told" note="unknown is not clean">
      <ul className="frd-unknown">
        {rows.map((one) => (
          <li key={one.rule}>
            <b>{one.title}</b>
            <span className="meta">{one.says}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Groups({ judged }: { judged: Judged }) {
  const go = useGo();
  if (judged.groups.length === 0) return null;
  return (
    <Section title="Findings to decide, and decided" note={formatPlural(judged.groups.length, 'group')}>
      <DataTable
        label="Groups of findings"
        columns={groupColumns.filter((column) => column.id !== 'creator')}
        rows={judged.groups}
        rowId={(row) => row.id}
        tall
        more={{ onOpen: (row) => go('/tracking/fraud/$groupId', { params: { groupId: row.id } }) }}
      />
    </Section>
  );
}
