import { addDays } from '#kernel/time.ts';

export interface CalendarEvent {
  id: string;
  /** First and last day, both included. */
  from: string;
  until: string;
  title: string;
  description: string;
  category: string;
}

/**
 * An iCalendar file (RFC 5545) of whole days: DATE values carry no zone, so that no change of clocks moves them; DTEND is the day after the last,
 * as the RFC has it. Lines are folded at 75 octets, never within a character.
 */
export function writeCalendarFile(
  events: readonly CalendarEvent[],
  of: { name: string; timeZone: string; at: Date },
): string {
  const stamp = of.at.toISOString().replace(/[-:]|\.\d+/g, '');
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Rapport//Campaign calendar//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(of.name)}`,
    `X-WR-TIMEZONE:${escapeText(of.timeZone)}`,
    ...events.flatMap((event) => [
      'BEGIN:VEVENT',
      `UID:${escapeText(event.id)}@rapport`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${event.from.replaceAll('-', '')}`,
      `DTEND;VALUE=DATE:${addDays(event.until, 1).replaceAll('-', '')}`,
      `SUMMARY:${escapeText(event.title)}`,
      ...(event.description === '' ? [] : [`DESCRIPTION:${escapeText(event.description)}`]),
      `CATEGORIES:${escapeText(event.category)}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function escapeText(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/;/g, '\\;')
    .replace(/,/g, '\\,')
    .replace(/\r\n|\r|\n|\u2028|\u2029/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

const octetsMax = 75;

function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const char of line) {
    const size = octetsOf(char);
    if (octets + size > octetsMax) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += char;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}

function octetsOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}
