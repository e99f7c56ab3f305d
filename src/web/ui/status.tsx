import type { ReactNode } from 'react';
import type { Tone } from '#web/ui/tag.tsx';

/** A dot with its word: for running states such as live, waiting, late. */
export function Status({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="status">
      <span className={tone === 'plain' ? 'dot' : `dot ${tone}`} aria-hidden="true" />
      {children}
    </span>
  );
}
