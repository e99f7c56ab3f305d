import { type KeyboardEvent, useEffect, useRef } from 'react';
import { addDays } from '#kernel/time.ts';
import type { CalendarEntry } from '#modules/campaigns/api.ts';
import { monthDays, monthOf, sayLongDay } from './calendar-words.ts';

interface Props {
  month: string;
  today: string;
  day: string | undefined;
  onDay: (day: string) => readonly CalendarEntry[];
  onSelect: (day: string) => void;
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const shown = 3;
const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** A month in weeks; arrows move by day and week, Page up and down by four weeks, Enter opens the day. */
export function CalendarMonth({ month, today, day, onDay, onSelect }: Props) {
  const days = monthDays(month);
  const grid = useRef<HTMLTableElement>(null);
  const isMoving = useRef(false);
  const current = day !== undefined && days.includes(day) ? day : days.includes(today) ? today : `${month}-01`;
  useEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = false;
    grid.current?.querySelector<HTMLButtonElement>(`[data-day="${day}"]`)?.focus();
  }, [day]);
  const move = (event: KeyboardEvent, from: string) => {
    const by = steps[event.key] ?? (event.key === 'PageUp' ? -28 : event.key === 'PageDown' ? 28 : null);
    if (by === null) return;
    event.preventDefault();
    isMoving.current = true;
    onSelect(addDays(from, by));
  };
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
  return (
    <table className="cal-month" ref={grid} aria-label="Days of the month">
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((one) => (
              <td key={one} className={monthOf(one) === month ? undefined : 'other'}>
                <Day
                  day={one}
                  entries={onDay(one)}
                  isToday={one === today}
                  isOpen={one === day}
                  isTabStop={one === current}
                  onSelect={onSelect}
                  onKeyDown={(event) => move(event, one)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DayProps {
  day: string;
  entries: readonly CalendarEntry[];
  isToday: boolean;
  isOpen: boolean;
  isTabStop: boolean;
  onSelect: (day: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Day({ day, entries, isToday, isOpen, isTabStop, onSelect, onKeyDown }: DayProps) {
  const more = entries.length - shown;
  const what = entries.length === 0 ? 'nothing' : entries.map((entry) => entry.title).join('; ');
  return (
    <button
      type="button"
      className={`cal-day${isToday ? ' today' : ''}${isOpen ? ' open' : ''}`}
      data-day={day}
      tabIndex={isTabStop ? 0 : -1}
      aria-current={isToday ? 'date' : undefined}
      aria-pressed={isOpen}
      onClick={() => onSelect(day)}
      onKeyDown={onKeyDown}
    >
      <span className="vh">{`${sayLongDay(day)}: ${what}`}</span>
      <span className="n" aria-hidden>
        {Number(day.slice(8))}
      </span>
      {entries.slice(0, shown).map((entry) => (
        <span key={entry.id} aria-hidden className={`cal-e k-${entry.kind}${stateOf(entry)}${partOf(entry, day)}`}>
          <span className="clip">{entry.title}</span>
        </span>
      ))}
      {more > 0 && (
        <span className="meta" aria-hidden>
          {more} more
        </span>
      )}
    </button>
  );
}

export function stateOf(entry: CalendarEntry): string {
  if (entry.isLate) return ' late';
  return entry.count > 0 && entry.done === entry.count ? ' done' : '';
}

function partOf(entry: CalendarEntry, day: string): string {
  if (entry.from === entry.until) return '';
  // Named where it begins and at the start of each week.
  const isNamed = entry.from === day || new Date(`${day}T00:00:00Z`).getUTCDay() === 1;
  return `${entry.from < day ? ' goes-on' : ''}${entry.until > day ? ' goes-over' : ''}${isNamed ? '' : ' unnamed'}`;
}
