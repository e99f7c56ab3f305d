import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext } from 'react';
import type { AppError } from '#kernel/errors.ts';
import { getPortalSession, type PortalSession } from '#modules/portal/api.ts';
import { sessionKey } from '#web/api/query-client.ts';
import { useClient } from '#web/api/use-client.ts';
import { type OwnWorkspace, WorkspaceContext } from '#web/api/workspace-context.ts';
import { PlainFrame } from '#web/portal/shell/plain-frame.tsx';
import { words } from '#web/portal/shell/words.ts';
import { ErrorState } from '#web/ui/error-state.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';

export type Brand = PortalSession['brands'][number];

const SessionContext = createContext<PortalSession | null>(null);
const BrandContext = createContext<Brand | null>(null);

/** Asks once who this browser is in the portal. */
export function PortalSessionProvider({ children }: { children: ReactNode }) {
  const client = useClient();
  const query = useQuery<PortalSession, AppError>({
    queryKey: sessionKey,
    queryFn: ({ signal }) => client.call(getPortalSession, {}, signal),
    staleTime: 60_000,
  });
  if (query.data) return <SessionContext value={query.data}>{children}</SessionContext>;
  return (
    <PlainFrame>
      {query.error ? (
        <ErrorState title={words.noAnswer} error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonLines count={5} label={words.loading} />
      )}
    </PlainFrame>
  );
}

export function usePortalSession(): PortalSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('usePortalSession needs PortalSessionProvider above');
  return session;
}

/** Asks again who is in: after a link was opened, an account was made, a brand was chosen. */
export function useRefreshPortalSession(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ queryKey: sessionKey }), [queries]);
}

/** Everything below acts as this creator with this brand: the API client, money and times follow it. */
export function BrandProvider({ brand, children }: { brand: Brand; children: ReactNode }) {
  const { slug, name, timeZone, currency } = brand;
  // The hooks of #web/api speak of a workspace: here it is the brand's, with nothing of a member's rights.
  const workspace: OwnWorkspace = {
    id: slug,
    slug,
    name,
    timeZone,
    currency,
    isSample: false,
    createdAt: '1970-01-01T00:00:00.000Z',
    role: 'viewer',
    scopes: [],
  };
  return (
    <BrandContext value={brand}>
      <WorkspaceContext value={workspace}>{children}</WorkspaceContext>
    </BrandContext>
  );
}

/** The brand whose pages are open, and who the creator is there. Throws outside of the portal's frame. */
export function useBrand(): Brand {
  const brand = useContext(BrandContext);
  if (!brand) throw new Error('useBrand needs a page inside the portal');
  return brand;
}

/** True when a member looks at the portal: show what there is, and let nothing be pressed. */
export function useIsPreview(): boolean {
  return usePortalSession().preview !== null;
}
