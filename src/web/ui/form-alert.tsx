import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** What went wrong with a form as a whole; read out as soon as it appears. */
export function FormAlert({ children }: { children: ReactNode }) {
  return (
    <div className="alert" role="alert">
      <IconAlertTriangle className="i" aria-hidden />
      <span>{children}</span>
    </div>
  );
}
