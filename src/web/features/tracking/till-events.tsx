import { Button } from '@mantine/core';
import type { TillEvent } from '#modules/tracking/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { Status } from '#web/ui/status.tsx';

interface Props {
  events: readonly TillEvent[];
  /** Null where nothing can be taken back; an event it answers false for is shown without a button. */
  onUndo: ((event: TillEvent) => void) | null;
  mayUndo?: (event: TillEvent) => boolean;
}

/** What was noted at a till, newest first. */
export function TillEvents({ events, onUndo, mayUndo = () => true }: Props) {
  if (events.length === 0) return <p className="meta">Nothing yet.</p>;
  return (
    <ul className="trk-ways">
      {events.map((event) => (
        <li key={event.id} className={event.undoneAt === null ? undefined : 'trk-undone'}>
          <span className="spread">
            <b>{event.code}</b>
            <span className="num">{event.amount === null ? 'Visit' : formatMoney(event.amount)}</span>
          </span>
          <span className="meta">
            {event.creator?.name ?? 'No creator'}
            {event.receipt !== null && `, receipt ${event.receipt}`}, {formatWhen(event.happenedAt)}
          </span>
          {event.undoneAt !== null ? (
            <Status>taken back</Status>
          ) : (
            onUndo !== null &&
            mayUndo(event) && (
              <span>
                <Button variant="subtle" color="gray" onClick={() => onUndo(event)}>
                  Take back
                </Button>
              </span>
            )
          )}
        </li>
      ))}
    </ul>
  );
}
