import type { CalendarEntry } from '#modules/campaigns/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { stateOf } from './calendar-month.tsx';
import { sayLongDay } from './calendar-words.ts';

interface Props {
  days: readonly string[];
  today: string;
  onDay: (day: string) => readonly CalendarEntry[];
}

/** The month as a list of days with something on them, for narrow screens; of this month what is past is folded away. */
export function CalendarAgenda({ days, today, onDay }: Props) {
  const [first] = days;
  const begun = (day: string) => onDay(day).filter((entry) => entry.from === day || day === first);
  const busy = days.filter((day) => begun(day).length > 0);
  const isThisMonth = days.includes(today);
  const past = isThisMonth ? busy.filter((day) => day < today) : [];
  const coming = busy.filter((day) => !past.includes(day));
  if (busy.length === 0) return <p className="cal-agenda ink-2">Nothing falls in this month.</p>;
  return (
    <div className="cal-agenda">
      {past.length > 0 && (
        <details>
          <summary>Earlier this month</summary>
          <Days days={past} today={today} onDay={begun} />
        </details>
      )}
      {coming.length === 0 ? (
        <p className="ink-2">Nothing more falls in this month.</p>
      ) : (
        <Days days={coming} today={today} onDay={begun} />
      )}
    </div>
  );
}

function Days({ days, today, onDay }: Props) {
  return (
    <ol>
      {days.map((day) => (
        <li key={day}>
          <h3 aria-current={day === today ? 'date' : undefined}>
            {sayLongDay(day)}
            {day === today && <span className="meta"> today</span>}
          </h3>
          <ul>
            {onDay(day).map((entry) => (
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
