import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import {
  getShipment,
  recordShipment,
  retryShipments,
  type Shipment,
  type ShipmentEvent,
  withdrawShipmentEvent,
} from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { Money } from '#web/ui/money.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Timeline } from '#web/ui/timeline.tsx';
import type { Dialog } from './parcel-dialog.ts';
import { sayOutcome } from './say-outcome.ts';
import { eventWords, isMovable, sayable, seedingNouns } from './words.ts';

/** Where a parcel is and what became of it, step by step. */
export function Parcel({ shipment, onOpen }: { shipment: Shipment; onOpen: (dialog: Dialog) => void }) {
  const mayWrite = useCan('campaigns:write');
  const query = useApiQuery(getShipment, { shipmentId: shipment.id });
  const { tracking, order, shippingCost, problem } = shipment;
  const items = [
    { term: 'By', value: shipment.way === 'shop' ? (shipment.shop?.name ?? 'the shop') : 'our own hands' },
    ...(order === null
      ? []
      : [
          {
            term: 'Order',
            value:
              order.url === null ? (
                order.name
              ) : (
                <a href={order.url} target="_blank" rel="noreferrer">
                  {order.name}
                </a>
              ),
          },
        ]),
    {
      term: 'Tracking',
      value:
        tracking.number === null ? null : tracking.url === null ? (
          `${tracking.carrier ?? ''} ${tracking.number}`
        ) : (
          <a href={tracking.url} target="_blank" rel="noreferrer">
            {tracking.number}
          </a>
        ),
    },
    { term: 'Postage', value: shippingCost === null ? null : <Money value={shippingCost} /> },
    ...(shipment.postExpectedBy === null
      ? []
      : [{ term: 'Post expected by', value: formatDate(shipment.postExpectedBy) }]),
    ...(shipment.nudgedAt === null ? [] : [{ term: 'Reminded', value: formatDate(shipment.nudgedAt) }]),
  ];
  return (
    <section>
      <h3>Parcel</h3>
      {problem !== null && (
        <div className="problem">
          <b>{problem.message}</b>
          <span>{problem.whatToDo}</span>
        </div>
      )}
      <KeyValues items={items} />
      {mayWrite && <ParcelActions shipment={shipment} onOpen={onOpen} />}
      <QueryState query={query}>
        {({ events }) => <Story shipmentId={shipment.id} events={events} mayWrite={mayWrite} />}
      </QueryState>
    </section>
  );
}

function ParcelActions({ shipment, onOpen }: { shipment: Shipment; onOpen: (dialog: Dialog) => void }) {
  const told = { invalidate: seedingNouns, onError: (error: unknown) => sayFailed('Nothing changed', error) };
  const say = useApiMutation(recordShipment, { ...told, onSuccess: (outcome) => sayOutcome(outcome, 'Noted') });
  const retry = useApiMutation(retryShipments, { ...told, onSuccess: (outcome) => sayOutcome(outcome, 'Tried again') });
  if (!isMovable(shipment))
    return (
      <div className="acts">
        <Button variant="filled" loading={retry.isPending} onClick={() => retry.mutate({ shipmentIds: [shipment.id] })}>
          Try again
        </Button>
        <Button loading={retry.isPending} onClick={() => retry.mutate({ shipmentIds: [shipment.id], way: 'by_hand' })}>
          Pack it ourselves
        </Button>
      </div>
    );
  return (
    <div className="acts">
      <Menu position="bottom-start">
        <Menu.Target>
          <Button loading={say.isPending} rightSection={<IconChevronDown size={16} aria-hidden />}>
            What happened
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {sayable.map((kind) => (
            <Menu.Item key={kind} onClick={() => say.mutate({ shipmentIds: [shipment.id], kind })}>
              {eventWords[kind]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button onClick={() => onOpen('shipment')}>Tracking and postage</Button>
    </div>
  );
}

function Story({ shipmentId, events, mayWrite }: { shipmentId: string; events: ShipmentEvent[]; mayWrite: boolean }) {
  const withdraw = useApiMutation(withdrawShipmentEvent, {
    invalidate: seedingNouns,
    onSuccess: () => sayDone('Taken back'),
    onError: (error) => sayFailed('Not changed', error),
  });
  return (
    <Timeline
      label="What happened to the parcel"
      entries={events.toReversed().map((event) => ({
        id: event.id,
        at: event.at,
        title: (
          <span className={event.withdrawn === null ? undefined : 'seeding-withdrawn'}>
            <b>{eventWords[event.kind]}</b> <span className="meta">{`${event.by}, ${event.source}`}</span>
          </span>
        ),
        text:
          event.withdrawn !== null ? (
            `Taken back by ${event.withdrawn.by}`
          ) : (
            <>
              {event.note}
              {mayWrite && event.kind !== 'ordered' && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  onClick={() => withdraw.mutate({ shipmentId, eventId: event.id })}
                >
                  This did not happen
                </Button>
              )}
            </>
          ),
      }))}
    />
  );
}
