import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWorkspace } from '#web/api/workspace-context.ts';

interface Props {
  /** Path below the workspace, such as /creators/$personId. */
  to: string;
  params?: Record<string, string>;
  search?: Record<string, unknown>;
  className?: string | undefined;
  title?: string;
  'aria-label'?: string;
  children: ReactNode;
}

/** A link inside the open workspace. Its page is loaded as soon as the pointer or focus rests on it. */
export function AppLink({ to, params, search, children, ...rest }: Props) {
  const { slug } = useWorkspace();
  return (
    <Link
      {...rest}
      to={`/$workspace${to === '/' ? '' : to}`}
      params={{ workspace: slug, ...params }}
      search={search ?? {}}
    >
      {children}
    </Link>
  );
}
