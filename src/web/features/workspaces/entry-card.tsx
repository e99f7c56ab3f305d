import type { ReactNode } from 'react';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import './entry.css';

interface Props {
  title: string;
  sub?: ReactNode;
  /** Below the line: the other way, or who to ask. */
  foot?: ReactNode;
  children: ReactNode;
}

/** One calm card in the middle of the page: all that stands before the door. */
export function EntryCard({ title, sub, foot, children }: Props) {
  return (
    <OutsideFrame>
      <section className="entry" aria-label={title}>
        <div className="entry-head">
          <h1>{title}</h1>
          {sub && <p>{sub}</p>}
        </div>
        {children}
        {foot && <div className="entry-foot">{foot}</div>}
      </section>
    </OutsideFrame>
  );
}
