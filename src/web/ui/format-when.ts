const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function options(timeZone: string | undefined): { timeZone?: string } {
  return timeZone === undefined ? {} : { timeZone };
}

/** "6 May 2026", in the workspace's time zone when given. */
export function formatDate(iso: string, timeZone?: string): string {
  return new Date(iso).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...options(timeZone),
  });
}

/** "6 May 2026, 14:05" */
export function formatDateTime(iso: string, timeZone?: string): string {
  const time = new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', ...options(timeZone) });
  return `${formatDate(iso, timeZone)}, ${time}`;
}

/** "just now", "12 min ago", "3 h ago", "5 days ago", then the date. Also ahead: "in 2 days". */
export function formatWhen(iso: string, now: number = Date.now()): string {
  const distance = new Date(iso).getTime() - now;
  const size = Math.abs(distance);
  const side = (text: string) => (distance < 0 ? `${text} ago` : `in ${text}`);
  if (size < minuteMs) return 'just now';
  if (size < hourMs) return side(`${Math.round(size / minuteMs)} min`);
  if (size < dayMs) return side(`${Math.round(size / hourMs)} h`);
  const days = Math.round(size / dayMs);
  if (days <= 14) return side(days === 1 ? '1 day' : `${days} days`);
  return formatDate(iso);
}
