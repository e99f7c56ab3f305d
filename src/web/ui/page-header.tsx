import type { ReactNode } from 'react';

interface Props {
  /** The page's answer, not its name: "Seven things need you, one of them is public". */
  title: ReactNode;
  /** One sentence below: when, for whom, what else matters. */
  sub?: ReactNode;
  /** Face, mark or picture left of the title. */
  lead?: ReactNode;
  /** At the title: a status. */
  badge?: ReactNode;
  /** Buttons; at most one of them primary. */
  actions?: ReactNode;
}

export function PageHeader({ title, sub, lead, badge, actions }: Props) {
  return (
    <div className="page-head">
      {lead}
      <div>
        <div className="row">
          <h1>{title}</h1>
          {badge}
        </div>
        {sub && <div className="sub">{sub}</div>}
      </div>
      {actions && <div className="acts">{actions}</div>}
    </div>
  );
}
