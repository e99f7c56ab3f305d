/** How a column orders day and month in dates such as 03/04/2026. */
export type DateOrder = 'day-first' | 'month-first';

export type DateResult = { ok: true; value: string } | { ok: false; message: string };

const slashed = /^(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(am|pm)?)?$/i;
const isoLike =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(z|utc|[+-]\d{2}:?\d{2})?)?$/i;

/** The order a column shows by dates that leave no doubt (13/02 or 02/13); null when none does, or when they contradict each other. */
export function decideDateOrder(cells: readonly string[]): DateOrder | null {
  let dayFirst = false;
  let monthFirst = false;
  for (const cell of cells) {
    const match = slashed.exec(cell.trim());
    if (match === null) continue;
    if (Number(match[1]) > 12) dayFirst = true;
    if (Number(match[2]) > 12) monthFirst = true;
  }
  if (dayFirst === monthFirst) return null;
  return dayFirst ? 'day-first' : 'month-first';
}

/**
 * Reads ISO dates and times, dd/mm/yyyy or mm/dd/yyyy by the column's order, seconds or milliseconds since 1970, and the serial days of
 * spreadsheets; the result is an ISO instant in UTC, midnight for a plain day.
 */
export function parseDate(text: string, order: DateOrder): DateResult {
  const clean = text.trim();
  const iso = isoLike.exec(clean);
  if (iso !== null)
    return build(clean, {
      year: iso[1],
      month: iso[2],
      day: iso[3],
      hour: iso[4],
      minute: iso[5],
      second: iso[6],
      zone: iso[7],
    });
  const match = slashed.exec(clean);
  if (match !== null) {
    const [first, second] = [match[1], match[2]];
    const [day, month] = order === 'day-first' ? [first, second] : [second, first];
    return build(
      clean,
      {
        year: fullYear(match[3] ?? ''),
        month,
        day,
        hour: hour24(match[4], match[7]),
        minute: match[5],
        second: match[6],
        zone: undefined,
      },
      order,
    );
  }
  if (/^\d{9,10}(\.\d+)?$/.test(clean)) return fromMs(clean, Number(clean) * 1000);
  if (/^\d{12,13}$/.test(clean)) return fromMs(clean, Number(clean));
  // Days since 1899-12-30, as spreadsheets count: 20000 is 1954, 80000 is 2119.
  if (/^\d{5}(\.\d+)?$/.test(clean) && Number(clean) >= 20_000 && Number(clean) < 80_000)
    return fromMs(clean, (Number(clean) - 25_569) * 86_400_000);
  const ms =
    /[a-z]{3}/i.test(clean) && /\d{4}/.test(clean)
      ? Date.parse(/(z|utc|gmt|[+-]\d{2}:?\d{2})$/i.test(clean) ? clean : `${clean} UTC`)
      : Number.NaN;
  if (!Number.isNaN(ms)) return fromMs(clean, ms);
  return { ok: false, message: `"${short(clean)}" is not a date; write it like 2026-03-31` };
}

interface Parts {
  year: string | undefined;
  month: string | undefined;
  day: string | undefined;
  hour: string | undefined;
  minute: string | undefined;
  second: string | undefined;
  zone: string | undefined;
}

function build(text: string, parts: Parts, order?: DateOrder): DateResult {
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)];
  const [hour, minute, second] = [Number(parts.hour ?? 0), Number(parts.minute ?? 0), Number(parts.second ?? 0)];
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(ms);
  const exists =
    back.getUTCFullYear() === year &&
    back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!exists) {
    const read =
      order === undefined ? '' : ` (this column is read with the ${order === 'day-first' ? 'day' : 'month'} first)`;
    return { ok: false, message: `"${short(text)}" is not a date in the calendar${read}` };
  }
  return fromMs(text, ms - zoneMs(parts.zone));
}

function zoneMs(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

function hour24(hour: string | undefined, half: string | undefined): string | undefined {
  if (hour === undefined || half === undefined) return hour;
  const twelve = Number(hour) % 12;
  return String(half.toLowerCase() === 'pm' ? twelve + 12 : twelve);
}

function fullYear(year: string): string {
  if (year.length === 4) return year;
  return Number(year) >= 70 ? `19${year}` : `20${year}`;
}

function fromMs(text: string, ms: number): DateResult {
  if (!Number.isFinite(ms) || ms < Date.UTC(1970, 0, 1) || ms >= Date.UTC(2100, 0, 1)) {
    return { ok: false, message: `"${short(text)}" lies outside the years 1970 to 2099` };
  }
  return { ok: true, value: new Date(ms).toISOString() };
}

function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
