import type { CalendarEntry } from '#modules/campaigns/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { EntryLine } from './calendar-agenda.tsx';
import { sayLongDay } from './calendar-words.ts';

interface Props {
  day: string;
  entries: readonly CalendarEntry[];
  onClose: () => void;
  onStep: (by: -1 | 1) => void;
}

/** One day beside the month: every entry with the creators it concerns. */
export function CalendarDay({ day, entries, onClose, onStep }: Props) {
  return (
    <SidePanel label={sayLongDay(day)} onClose={onClose} onPrevious={() => onStep(-1)} onNext={() => onStep(1)}>
      <div className="camp-side">
        <h3>{sayLongDay(day)}</h3>
        {entries.length === 0 ? (
          <p className="ink-2">Nothing falls on this day.</p>
        ) : (
          entries.map((entry) => (
            <section key={entry.id} className="cal-entry">
              <EntryLine entry={entry} />
              {entry.people.length > 0 && (
                <ul className="camp-plainlist">
                  {entry.people.map((one) => (
                    <li key={`${one.enrolmentId} ${one.what}`} className="row">
                      <Avatar id={one.personId} name={one.name} size={20} />
                      <AppLink
                        to="/campaigns/$campaignId/roster"
                        params={{ campaignId: entry.campaign?.id ?? '' }}
                        search={{ open: one.enrolmentId }}
                      >
                        {one.name}
                      </AppLink>
                      <span className="meta clip">
                        {one.what}
                        {one.isDone ? ', done' : ''}
                      </span>
                    </li>
                  ))}
                  {entry.count > entry.people.length && (
                    <li className="meta">and {entry.count - entry.people.length} more</li>
                  )}
                </ul>
              )}
            </section>
          ))
        )}
      </div>
    </SidePanel>
  );
}
