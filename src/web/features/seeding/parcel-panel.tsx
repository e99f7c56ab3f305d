import { Button } from '@mantine/core';
import { useState } from 'react';
import {
  approvePicks,
  cancelPick,
  doNotGiftWords,
  removeDoNotGift,
  type SeedingPlan,
  type SeedingRow,
  sendPicks,
} from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatDate, formatDateTime } from '#web/ui/format-when.ts';
import { Money } from '#web/ui/money.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { AddressDialog } from './address-dialog.tsx';
import { AskDialog } from './ask-dialog.tsx';
import { BarDialog } from './bar-dialog.tsx';
import { LinesDialog } from './lines-dialog.tsx';
import type { Dialog } from './parcel-dialog.ts';
import { Parcel } from './parcel-story.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { sayOutcome } from './say-outcome.ts';
import { ShipmentDialog } from './shipment-dialog.tsx';
import { countryName, isMovable, seedingNouns, stepWords } from './words.ts';

/** One creator: what was chosen, where it goes, where it is, and what can be done. */
export function ParcelPanel({ plan, row, onClose }: { plan: SeedingPlan; row: SeedingRow; onClose: () => void }) {
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = () => setDialog(null);
  return (
    <SidePanel label={row.name} place={stepWords[row.step].label} onClose={onClose}>
      <div className="seeding-panel">
        <h2>
          <AppLink to="/creators/$personId" params={{ personId: row.personId }}>
            {row.name}
          </AppLink>
        </h2>
        <Barred row={row} />
        <Choice row={row} onOpen={setDialog} />
        <Address row={row} onOpen={setDialog} />
        {row.shipment !== null && <Parcel shipment={row.shipment} onOpen={setDialog} />}
        <MoreActions row={row} onOpen={setDialog} />
      </div>
      {dialog === 'ask' && <AskDialog plan={plan} kind="pick" rows={[row]} onClose={close} />}
      {dialog === 'address' && <AddressDialog personId={row.personId} name={row.name} onClose={close} />}
      {dialog === 'lines' && <LinesDialog plan={plan} row={row} onClose={close} />}
      {dialog === 'reject' && row.pick !== null && (
        <RejectDialog pickIds={[row.pick.id]} onClose={close} onDone={close} />
      )}
      {dialog === 'bar' && <BarDialog personId={row.personId} name={row.name} onClose={close} />}
      {dialog === 'shipment' && row.shipment !== null && <ShipmentDialog shipment={row.shipment} onClose={close} />}
    </SidePanel>
  );
}

function Barred({ row }: { row: SeedingRow }) {
  const mayWrite = useCan('campaigns:write');
  const remove = useApiMutation(removeDoNotGift, {
    invalidate: ['seeding', 'doNotGift'],
    onSuccess: () => sayDone('Off the list'),
    onError: (error) => sayFailed('Not changed', error),
  });
  if (row.doNotGift === null) return null;
  const { reason, note, by, at } = row.doNotGift;
  return (
    <div className="problem">
      <b>Do not gift: {doNotGiftWords[reason]}</b>
      {note !== null && <span>{note}</span>}
      <span className="meta">
        {by}, {formatDate(at)}
      </span>
      {mayWrite && (
        <Button size="xs" loading={remove.isPending} onClick={() => remove.mutate({ personId: row.personId })}>
          Take off the list
        </Button>
      )}
    </div>
  );
}

interface PartProps {
  row: SeedingRow;
  onOpen: (dialog: Dialog) => void;
}

function Choice({ row, onOpen }: PartProps) {
  const { pick } = row;
  const mayWrite = useCan('campaigns:write');
  const told = { invalidate: seedingNouns, onError: (error: unknown) => sayFailed('Nothing changed', error) };
  const approve = useApiMutation(approvePicks, { ...told, onSuccess: (outcome) => sayOutcome(outcome, 'Approved') });
  const send = useApiMutation(sendPicks, {
    ...told,
    onSuccess: (outcome) => sayOutcome(outcome, 'The parcel is under way'),
  });
  const cancel = useApiMutation(cancelPick, { ...told, onSuccess: () => sayDone('Taken back') });
  const isOpen = pick !== null && !pick.isSent && (pick.state === 'submitted' || pick.state === 'approved');
  if (pick === null || pick.state === 'cancelled')
    return (
      <section>
        <h3>Nothing chosen yet</h3>
        {row.asked.pick !== null && <p className="meta">Asked {formatDateTime(row.asked.pick.at)}</p>}
        {mayWrite && row.doNotGift === null && (
          <div className="acts">
            <Button variant="filled" onClick={() => onOpen('ask')}>
              Ask to choose
            </Button>
            <Button onClick={() => onOpen('lines')}>Choose for them</Button>
          </div>
        )}
      </section>
    );
  return (
    <section>
      <div className="spread">
        <h3>{pick.pickedBy === 'brand' ? 'Chosen for them' : 'Their choice'}</h3>
        <span className="meta">
          <Money value={pick.cost} /> at cost
        </span>
      </div>
      <ul className="lines">
        {pick.lines.map((line) => (
          <li key={line.variantId}>
            {line.quantity} × {line.productName}
            {line.variantTitle !== '' && `, ${line.variantTitle}`} <span className="meta">{line.sku}</span>
          </li>
        ))}
      </ul>
      {pick.note !== null && <p className="ink-2">“{pick.note}”</p>}
      {pick.state === 'rejected' && <p className="meta">Rejected: {pick.reason}</p>}
      {mayWrite && isOpen && (
        <div className="acts">
          {pick.state === 'submitted' && (
            <Button variant="filled" loading={approve.isPending} onClick={() => approve.mutate({ pickIds: [pick.id] })}>
              Approve
            </Button>
          )}
          {row.step === 'to_send' && (
            <Button
              variant="filled"
              loading={send.isPending}
              onClick={() => send.mutate({ campaignId: pick.campaignId, pickIds: [pick.id] })}
            >
              Send it
            </Button>
          )}
          <Button onClick={() => onOpen('lines')}>Change</Button>
          {pick.state === 'submitted' ? (
            <Button onClick={() => onOpen('reject')}>Reject</Button>
          ) : (
            <Button
              variant="subtle"
              color="gray"
              loading={cancel.isPending}
              onClick={() => cancel.mutate({ pickId: pick.id })}
            >
              Take back
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function Address({ row, onOpen }: PartProps) {
  const mayWrite = useCan('campaigns:write');
  return (
    <section>
      <h3>Goes to</h3>
      <p className={row.address === null ? 'ink-3' : undefined}>
        {row.address === null ? 'No address yet' : `${row.address.city}, ${countryName(row.address.country)}`}
      </p>
      {row.address === null && row.asked.address !== null && (
        <p className="meta">Asked {formatDateTime(row.asked.address.at)}</p>
      )}
      {mayWrite && (
        <div className="acts">
          <Button size="xs" onClick={() => onOpen('address')}>
            {row.address === null ? 'Enter it' : 'See or change'}
          </Button>
        </div>
      )}
    </section>
  );
}

function MoreActions({ row, onOpen }: PartProps) {
  const mayWrite = useCan('campaigns:write');
  if (!mayWrite || row.doNotGift !== null) return null;
  return (
    <div className="acts">
      {row.shipment !== null && isMovable(row.shipment) && (
        <Button onClick={() => onOpen('ask')}>Offer a further gift</Button>
      )}
      <Button variant="subtle" color="gray" onClick={() => onOpen('bar')}>
        Do not gift again
      </Button>
      {row.step === 'no_post' && <Tag tone="warn">no post in time</Tag>}
    </div>
  );
}
