import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import {
  approvePicks,
  type BulkOutcome,
  recordShipment,
  retryShipments,
  type SeedingPlan,
  type SeedingRow,
  type ShipmentEventKind,
  sendPicks,
} from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { sayFailed } from '#web/ui/say.ts';
import { AskDialog } from './ask-dialog.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { sayOutcome } from './say-outcome.ts';
import { eventWords, isMovable, sayable, seedingNouns } from './words.ts';

/** Acts on the creators chosen: each button takes those it fits and says how many that are. */
export function SeedingBulk({
  plan,
  rows,
  onClear,
}: {
  plan: SeedingPlan;
  rows: readonly SeedingRow[];
  onClear: () => void;
}) {
  const { campaignId } = plan;
  const [open, setOpen] = useState<'pick' | 'address' | 'reject' | null>(null);
  const told = (done: string) => ({
    invalidate: seedingNouns,
    onSuccess: (outcome: BulkOutcome) => {
      sayOutcome(outcome, done);
      onClear();
    },
    onError: (error: unknown) => sayFailed('Nothing changed', error),
  });
  const approve = useApiMutation(approvePicks, told('Approved'));
  const send = useApiMutation(sendPicks, told('Parcels are under way'));
  const say = useApiMutation(recordShipment, told('Noted'));
  const retry = useApiMutation(retryShipments, told('Tried again'));
  const picks = (step: SeedingRow['step']) =>
    rows.filter((row) => row.step === step).flatMap((row) => row.pick?.id ?? []);
  const toDecide = picks('to_decide');
  const toSend = picks('to_send');
  const toAsk = rows.filter((row) => ['not_asked', 'choosing', 'choosing_again', 'posted'].includes(row.step));
  const noAddress = rows.filter((row) => row.address === null && row.step !== 'barred');
  const movable = rows.flatMap((row) => (row.shipment !== null && isMovable(row.shipment) ? [row.shipment.id] : []));
  const failed = rows.flatMap((row) => (row.step === 'failed' && row.shipment !== null ? [row.shipment.id] : []));
  const isBusy = approve.isPending || send.isPending || say.isPending || retry.isPending;
  return (
    <>
      <BulkBar
        count={rows.length}
        title={`${formatPlural(rows.length, 'creator')} chosen`}
        faces={rows.map((row) => ({ id: row.personId, name: row.name }))}
        onClear={onClear}
      >
        {toAsk.length > 0 && <Button onClick={() => setOpen('pick')}>Ask {formatCount(toAsk.length)} to choose</Button>}
        {noAddress.length > 0 && (
          <Button onClick={() => setOpen('address')}>Ask {formatCount(noAddress.length)} for an address</Button>
        )}
        {toDecide.length > 0 && (
          <Button onClick={() => setOpen('reject')}>Reject {formatCount(toDecide.length)}</Button>
        )}
        {toDecide.length > 0 && (
          <Button variant="filled" loading={isBusy} onClick={() => approve.mutate({ pickIds: toDecide })}>
            Approve {formatCount(toDecide.length)}
          </Button>
        )}
        {failed.length > 0 && (
          <Button loading={isBusy} onClick={() => retry.mutate({ shipmentIds: failed })}>
            Try {formatCount(failed.length)} again
          </Button>
        )}
        {toSend.length > 0 && (
          <Button variant="filled" loading={isBusy} onClick={() => send.mutate({ campaignId, pickIds: toSend })}>
            Send {formatCount(toSend.length)}
          </Button>
        )}
        {movable.length > 0 && (
          <SayMenu count={movable.length} onSay={(kind) => say.mutate({ shipmentIds: movable, kind })} />
        )}
      </BulkBar>
      {(open === 'pick' || open === 'address') && (
        <AskDialog plan={plan} kind={open} rows={open === 'pick' ? toAsk : noAddress} onClose={() => setOpen(null)} />
      )}
      {open === 'reject' && <RejectDialog pickIds={toDecide} onClose={() => setOpen(null)} onDone={onClear} />}
    </>
  );
}

function SayMenu({ count, onSay }: { count: number; onSay: (kind: ShipmentEventKind) => void }) {
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button rightSection={<IconChevronDown size={16} aria-hidden />}>Mark {formatPlural(count, 'parcel')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sayable.map((kind) => (
          <Menu.Item key={kind} onClick={() => onSay(kind)}>
            {eventWords[kind]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
