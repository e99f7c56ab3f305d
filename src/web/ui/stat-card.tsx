import type { ReactNode } from 'react';

interface Props {
  label: string;
  /** A <Figure>. */
  children: ReactNode;
  /** Period or comparison: "+8 % on a usual Thursday". */
  note?: ReactNode;
  /** A tag at the right end of the label: met, missed. */
  badge?: ReactNode;
}

/** One large figure. Set several into <div className="figs">. */
export function StatCard({ label, children, note, badge }: Props) {
  return (
    <div className="stat">
      <div className="spread">
        <span className="stat-label clip">{label}</span>
        {badge}
      </div>
      <div className="stat-value">{children}</div>
      {note && <div className="meta">{note}</div>}
    </div>
  );
}
