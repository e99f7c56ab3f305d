import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  icon?: Icon;
  title: string;
  /** It is all there is on the page: the title is the page's heading. */
  isPage?: boolean;
  /** A plain sentence on why it is empty and what the next step does. */
  children?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, isPage = false, children, action }: Props) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className="state">
      {Icon && (
        <span className="state-icon">
          <Icon size={20} stroke={1.6} aria-hidden />
        </span>
      )}
      <Title>{title}</Title>
      {children && <p>{children}</p>}
      {action && <div className="acts">{action}</div>}
    </div>
  );
}
