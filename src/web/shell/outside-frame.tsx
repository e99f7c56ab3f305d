import type { ReactNode } from 'react';
import { Brand } from '#web/shell/brand.tsx';

/** The quiet frame of pages outside of a workspace: sign-in, set-up, invitations. */
export function OutsideFrame({ children }: { children: ReactNode }) {
  return (
    <div className="outside">
      <header className="outside-head">
        <Brand />
      </header>
      <main id="main" className="outside-main">
        {children}
      </main>
    </div>
  );
}
