import type { CalendarEntry } from '#modules/campaigns/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { stateOf } from './calendar-month.tsx';
import { sayLongDay } from './calendar-words.ts';

interface Props {
  days: readonly string[];
  today: string;
  onDay: (day: string) => readonly CalendarEntry[];
}

/** The month as a list of days with something on them, for narrow screens. */
export function CalendarAgenda({ days, today, onDay }: Props) {
  const busy = days.filter((day) => onDay(day).some((entry) => entry.from === day || day === days[0]));
  if (busy.length === 0) return <p className="cal-agenda ink-2">Nothing falls in this month.</p>;
  return (
    <ol className="cal-agenda">
      {busy.map((day) => (
        <li key={day}>
          <h3 aria-current={day === today ? 'date' : undefined}>
            {sayLongDay(day)}
            {day === today && <span className="meta"> today</span>}
          </h3>
          <ul>
            {onDay(day)
              .filter((entry) => entry.from === day || day === days[0])
              .map((entry) => (
                <li key={entry.id}>
                  <EntryLine entry={entry} />
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

/** An entry as one line that leads to its page. */
export function EntryLine({ entry }: { entry: CalendarEntry }) {
  const until = entry.until === entry.from ? '' : `, until ${sayLongDay(entry.until)}`;
  const done = entry.count > 1 ? `${entry.done} of ${entry.count} done` : entry.done === 1 ? 'done' : '';
  return (
    <span className={`cal-line k-${entry.kind}${stateOf(entry)}`}>
      <AppLink to={entry.path}>{entry.title}</AppLink>
      <span className="meta">
        {[entry.campaign?.name, done, entry.isLate ? 'late' : ''].filter(Boolean).join(' · ')}
        {until}
      </span>
    </span>
  );
}
