import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';

interface Props {
  /** Below /p, such as /contracts/$contractId. */
  to: string;
  params?: Record<string, string>;
  search?: Record<string, unknown>;
  className?: string | undefined;
  'aria-label'?: string;
  'aria-current'?: 'page' | undefined;
  children: ReactNode;
}

/** A link inside the portal. */
export function PortalLink({ to, params, search, children, ...rest }: Props) {
  return (
    <Link {...rest} to={to} params={params ?? {}} search={search ?? {}}>
      {children}
    </Link>
  );
}

export type PortalGo = (to: string, options?: { params?: Record<string, string>; replace?: boolean }) => void;

/** Opens a page of the portal from code: after something was done. */
export function usePortalGo(): PortalGo {
  const navigate = useNavigate();
  return useCallback(
    (to, options = {}) =>
      void navigate({ to, params: options.params ?? {}, search: {}, replace: options.replace ?? false }),
    [navigate],
  );
}
