import type { OutputOf } from '#kernel/endpoint.ts';
import type { getOrder } from '#modules/tracking/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';

const linesShown = 50;

/** Lines of an order with what was given back of each, and its refunds with what each counts. */
export function OrderLines({ order }: { order: OutputOf<typeof getOrder> }) {
  const { timeZone } = useWorkspace();
  const nameOf = new Map(order.items.map((item) => [item.id, item.name]));
  return (
    <>
      {order.items.length > 0 && (
        <table className="table" aria-label="Lines">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col" className="num">
                Pieces
              </th>
              <th scope="col" className="num">
                Total
              </th>
            </tr>
          </thead>
          <tbody>
            {order.items.slice(0, linesShown).map((item, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines may have no id and never move
              <tr key={index}>
                <td>
                  {item.name}
                  {item.sku !== null && <div className="meta">{item.sku}</div>}
                </td>
                <td className="num">
                  {formatCount(item.quantity)}
                  {item.refundedQuantity > 0 && (
                    <div className="meta">{formatCount(item.refundedQuantity)} given back</div>
                  )}
                </td>
                <td className="num">
                  {item.total === null ? <span className="ink-3">not told</span> : formatMoney(item.total)}
                  {item.refunded.amountMinor !== '0' && <div className="meta">−{formatMoney(item.refunded)}</div>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {order.items.length > linesShown && (
        <p className="meta">and {formatPlural(order.items.length - linesShown, 'more line')}</p>
      )}
      {order.refunds.length > 0 && (
        <table className="table" aria-label="Refunds">
          <thead>
            <tr>
              <th scope="col">Given back</th>
              <th scope="col">When</th>
              <th scope="col" className="num">
                Counted
              </th>
            </tr>
          </thead>
          <tbody>
            {order.refunds.map((refund) => (
              <tr key={refund.id}>
                <td>
                  {refund.kind === 'chargeback' ? 'Chargeback' : 'Refund'} {refund.id}
                  {refund.state === 'void' && <span className="meta"> taken back</span>}
                  {refund.lines.length > 0 && (
                    <div className="meta">
                      {refund.lines
                        .map((line) => `${line.quantity ?? ''} ${nameOf.get(line.line) ?? line.line}`.trim())
                        .join(', ')}
                    </div>
                  )}
                  {refund.reason !== null && <div className="meta">{refund.reason}</div>}
                  {refund.refusal !== null && <div className="meta">{refund.refusal}</div>}
                </td>
                <td>{formatDateTime(refund.refundedAt, timeZone)}</td>
                <td className="num">−{formatMoney(refund.counted)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
