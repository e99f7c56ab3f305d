import { createContext, useContext } from 'react';
import type { Scope } from '#kernel/endpoint.ts';
import type { Session } from '#modules/workspaces/api.ts';

export type OwnWorkspace = Session['workspaces'][number];

export const WorkspaceContext = createContext<OwnWorkspace | null>(null);

/** The workspace whose pages are open, with the caller's role in it. Throws outside of workspace pages. */
export function useWorkspace(): OwnWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('useWorkspace needs a page below /app/:workspace');
  return workspace;
}

export function useFoundWorkspace(): OwnWorkspace | null {
  return useContext(WorkspaceContext);
}

/** Whether the signed-in person may do this here. Hide or disable what they may not; the server checks again. */
export function useCan(scope: Scope): boolean {
  const workspace = useContext(WorkspaceContext);
  return workspace?.scopes.includes(scope) ?? false;
}
