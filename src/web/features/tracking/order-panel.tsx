import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { explainOrder } from '#modules/attribution/api.ts';
import { cancelOrder, getOrder } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatDate, formatDateTime } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { CreditWhy } from './credit-why.tsx';
import { OrderDeliveries } from './order-deliveries.tsx';
import { OrderLines } from './order-lines.tsx';
import { RefundDialog } from './refund-dialog.tsx';
import { trackingNouns } from './words.ts';

interface Props {
  orderId: string;
  onClose: () => void;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

/** One order and why its creator is credited: the rule that won, and all that lost. */
export function OrderPanel({ orderId, onClose, onPrevious, onNext }: Props) {
  const order = useApiQuery(getOrder, { orderId });
  const why = useApiQuery(explainOrder, { orderId });
  const canWrite = useCan('tracking:write');
  const [asked, setAsked] = useState<'refund' | 'cancel' | null>(null);
  const cancel = useApiMutation(cancelOrder, { invalidate: trackingNouns });
  const isOpen = order.data !== undefined && order.data.state === 'paid';
  return (
    <SidePanel
      label="Order"
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      actions={
        canWrite &&
        isOpen && (
          <>
            <Button onClick={() => setAsked('refund')} disabled={order.data.net.amountMinor === '0'}>
              Record a refund
            </Button>
            <Button variant="subtle" color="gray" onClick={() => setAsked('cancel')}>
              Cancel order
            </Button>
          </>
        )
      }
    >
      <div className="trk-body">
        <QueryState query={why}>{(answer) => <CreditWhy answer={answer} />}</QueryState>
        <QueryState query={order}>{(answer) => <Facts order={answer} />}</QueryState>
        <OrderDeliveries orderId={orderId} />
      </div>
      {asked === 'refund' && order.data && <RefundDialog order={order.data} onClose={() => setAsked(null)} />}
      <ConfirmDialog
        isOpen={asked === 'cancel'}
        onClose={() => setAsked(null)}
        title="Cancel this order?"
        confirmLabel="Cancel order"
        onConfirm={() => cancel.mutateAsync({ orderId })}
        isDangerous
      >
        It stays in the list and counts for nobody.
      </ConfirmDialog>
    </SidePanel>
  );
}

const customerWords = { new: 'New', returning: 'Returning', unknown: 'Not known' };

function Facts({ order }: { order: OutputOf<typeof getOrder> }) {
  const { timeZone } = useWorkspace();
  return (
    <Section title={`Order ${order.label}`} note={order.sourceName} end={formatMoney(order.net)}>
      <KeyValues
        items={[
          { term: 'Ordered', value: formatDateTime(order.orderedAt, timeZone) },
          { term: 'Amount', value: formatMoney(order.amount) },
          { term: 'Refunded', value: formatMoney(order.refunded) },
          // Nothing is converted where both currencies are one.
          ...(order.rated !== null && order.rated.day === null ? [] : [{ term: 'Rate', value: sayRate(order.rated) }]),
          { term: 'State', value: order.state },
          { term: 'Codes', value: order.codes.join(', ') || 'None' },
          {
            term: 'Customer',
            value:
              order.customer === null ? null : `${customerWords[order.customer.standing]}. ${order.customer.basis}.`,
          },
        ]}
      />
      {order.notices.map((notice) => (
        <p key={notice} className="meta">
          {notice}
        </p>
      ))}
      <OrderLines order={order} />
    </Section>
  );
}

function sayRate(rated: OutputOf<typeof getOrder>['rated']): string {
  if (rated === null || rated.day === null) return 'None known: it counts in its own currency only';
  return `${formatMoney(rated.net)} net, at ${rated.rate} of ${formatDate(rated.day, 'UTC')}, ${rated.source}`;
}
