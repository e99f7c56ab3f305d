import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatDateTime, formatWhen } from '#web/ui/format-when.ts';

export interface TimelineEntry {
  id: string;
  at: string;
  title: ReactNode;
  text?: ReactNode;
  icon?: Icon;
}

/** What happened, newest first. */
export function Timeline({
  label,
  entries,
  timeZone,
}: {
  label: string;
  entries: readonly TimelineEntry[];
  timeZone?: string;
}) {
  return (
    <ol className="tline" aria-label={label}>
      {entries.map(({ id, at, title, text, icon: Icon }) => (
        <li key={id}>
          <span className="mark" aria-hidden="true">
            {Icon ? <Icon size={16} stroke={1.6} /> : <span className="dot" />}
          </span>
          <div>{title}</div>
          <time dateTime={at} title={formatDateTime(at, timeZone)}>
            {formatWhen(at)}
          </time>
          {text && <div className="text">{text}</div>}
        </li>
      ))}
    </ol>
  );
}
