import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { type DeliverySaid, listOrderDeliveries } from '#modules/tracking/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { outcomeWords } from './delivery-words.ts';

type Delivery = OutputOf<typeof listOrderDeliveries>[number];
type Version = Omit<Delivery, 'said'> & { said: DeliverySaid };

const versionsShown = 12;

/** What arrived about an order: its versions side by side with what changed, and each delivery as it is kept. Asked for when somebody looks. */
export function OrderDeliveries({ orderId }: { orderId: string }) {
  const [isOpen, setOpen] = useState(false);
  const deliveries = useApiQuery(listOrderDeliveries, { orderId }, { enabled: isOpen });
  return (
    <Section
      title="What arrived"
      note="without names of customers"
      end={
        <Button size="compact-sm" variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide' : 'Show'}
        </Button>
      }
    >
      {isOpen && (
        <QueryState query={deliveries}>
          {(rows) =>
            rows.length === 0 ? (
              <p className="meta">No delivery is kept: it came by a file or the sample, which keep the order alone.</p>
            ) : (
              <Deliveries rows={rows} />
            )
          }
        </QueryState>
      )}
    </Section>
  );
}

/** Newest first, each with what it changed; side by side in a window of their own, since a panel is too narrow for that. */
function Deliveries({ rows }: { rows: readonly Delivery[] }) {
  const [isCompared, setCompared] = useState(false);
  const versions = rows.toReversed().flatMap(({ said, ...row }) => (said === null ? [] : [{ ...row, said }]));
  return (
    <div>
      {versions.length > 1 && (
        <Button size="compact-sm" onClick={() => setCompared(true)}>
          {formatPlural(versions.length, 'version')} side by side
        </Button>
      )}
      {rows.map((row) => (
        <Raw key={row.deliveryId} row={row} changes={changesOf(row.deliveryId, versions)} />
      ))}
      <Modal opened={isCompared} onClose={() => setCompared(false)} title="Versions as they came" size="xl">
        <Versions versions={versions.slice(-versionsShown)} />
      </Modal>
    </div>
  );
}

/** What a delivery says otherwise than those before it. */
function changesOf(deliveryId: string, versions: readonly Version[]): string[] {
  const at = versions.findIndex((one) => one.deliveryId === deliveryId);
  return facts.flatMap((fact) => {
    const said = versions.slice(0, at + 1).map((one) => fact.of(one.said));
    const now = said.at(-1) ?? null;
    const before = said.slice(0, -1).findLast((one) => one !== null);
    if (now === null || at < 1 || before === now) return [];
    return [`${fact.name}: ${now}${before === undefined ? '' : `, was ${before}`}`];
  });
}

const facts: { name: string; of: (said: DeliverySaid) => string | null }[] = [
  { name: 'Amount', of: (said) => (said.amount === null ? null : formatMoney(said.amount)) },
  { name: 'State', of: (said) => said.state },
  { name: 'Codes', of: (said) => (said.codes === null ? null : said.codes.join(', ') || 'none') },
  {
    name: 'Clicks named',
    of: (said) => (said.clickIds === null ? null : formatCount(said.clickIds.length)),
  },
  {
    name: 'Lines',
    of: (said) =>
      said.amount === null
        ? null
        : said.items.length === 0
          ? 'none'
          : said.items
              .map((item) => `${item.quantity} ${item.name}`)
              .join(', ')
              .slice(0, 120),
  },
  {
    name: 'Given back',
    of: (said) =>
      said.refunds.length === 0
        ? null
        : said.refunds
            .map((one) => `${one.id}: ${formatMoney(one.amount)}${one.state === 'void' ? ', taken back' : ''}`)
            .join('; '),
  },
];

function Versions({ versions: said }: { versions: readonly Version[] }) {
  const { timeZone } = useWorkspace();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="Versions side by side" tabIndex={0}>
      <table className="table trk-sides">
        <thead>
          <tr>
            <th scope="col">Said</th>
            {said.map((one) => (
              <th scope="col" key={one.deliveryId}>
                {formatDateTime(one.receivedAt, timeZone)}
                <span className="meta block">{one.topic ?? 'order'}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.map((fact) => {
            const values = said.map((one) => fact.of(one.said));
            if (values.every((value) => value === null)) return null;
            return (
              <tr key={fact.name}>
                <th scope="row">{fact.name}</th>
                {values.map((value, at) => {
                  const before = values.slice(0, at).findLast((one) => one !== null);
                  const isChanged = value !== null && before !== undefined && before !== value;
                  return (
                    <td key={said[at]?.deliveryId}>
                      {value === null ? (
                        <span className="ink-3">not told</span>
                      ) : isChanged ? (
                        <mark className="trk-changed">{value}</mark>
                      ) : (
                        value
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Raw({ row, changes }: { row: Delivery; changes: readonly string[] }) {
  const { timeZone } = useWorkspace();
  const outcome = outcomeWords[row.outcome];
  return (
    <details className="trk-raw">
      <summary>
        {formatDateTime(row.receivedAt, timeZone)} <span className="meta">{row.topic ?? 'order'}</span>{' '}
        <Tag tone={outcome.tone}>{outcome.word}</Tag>
        {row.message !== null && <span className="meta block">{row.message}</span>}
        {changes.map((change) => (
          <span className="block" key={change}>
            {change}
          </span>
        ))}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="trk-body-kept" aria-label="The delivery as it is kept" tabIndex={0}>
        <pre>{pretty(row.body)}</pre>
      </section>
    </details>
  );
}

/** Only where nothing is lost by it: a number too long for this browser would be shown otherwise than it came. */
function pretty(body: string): string {
  if (/\d{16,}|\d\.\d{15,}/.test(body)) return body;
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
