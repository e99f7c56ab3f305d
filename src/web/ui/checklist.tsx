import { IconAlertTriangle, IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface ChecklistItem {
  id: string;
  state: 'met' | 'open' | 'warn' | 'failed';
  title: string;
  note?: ReactNode;
  action?: ReactNode;
}

const looks = {
  met: { icon: IconCheck, className: 'ckm good', word: 'Done' },
  open: { icon: IconMinus, className: 'ckm', word: 'Open' },
  warn: { icon: IconAlertTriangle, className: 'ckm warn', word: 'To look at' },
  failed: { icon: IconX, className: 'ckm bad', word: 'Not met' },
} as const;

export function Checklist({ label, items }: { label: string; items: readonly ChecklistItem[] }) {
  return (
    <ul className="ck" aria-label={label}>
      {items.map(({ id, state, title, note, action }) => {
        const { icon: Icon, className, word } = looks[state];
        return (
          <li key={id}>
            <span className={className}>
              <Icon size={12} stroke={2.2} aria-hidden />
              <span className="vh">{word}:</span>
            </span>
            <div>
              <b>{title}</b>
              {note && <span className="meta">{note}</span>}
            </div>
            {action && <span className="end">{action}</span>}
          </li>
        );
      })}
    </ul>
  );
}
