import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createQueryClient } from '#web/api/query-client.ts';
import { part as apply } from '#web/portal/apply/routes.tsx';
import { part as brief } from '#web/portal/brief/routes.tsx';
import { part as contracts } from '#web/portal/contracts/routes.tsx';
import { part as holds } from '#web/portal/holds/routes.tsx';
import { part as home } from '#web/portal/home/routes.tsx';
import { part as incidents } from '#web/portal/incidents/routes.tsx';
import { part as me } from '#web/portal/me/routes.tsx';
import { part as rights } from '#web/portal/rights/routes.tsx';
import { part as seeding } from '#web/portal/seeding/routes.tsx';
import { PartsContext } from '#web/portal/shell/parts-context.ts';
import { createPortalRouter } from '#web/portal/shell/portal-routes.tsx';
import { PortalSessionProvider } from '#web/portal/shell/portal-session.tsx';
import { part as submissions } from '#web/portal/submissions/routes.tsx';
import { part as tiers } from '#web/portal/tiers/routes.tsx';
import { resolveVariables, theme } from '#web/ui/theme.ts';

/** The one list of the portal's parts. */
const parts = [tiers, home, seeding, submissions, brief, contracts, holds, incidents, me, apply, rights];

const queryClient = createQueryClient();
const router = createPortalRouter(parts);

export function PortalApp() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="top-center" limit={2} />
        <PortalSessionProvider>
          <PartsContext value={parts}>
            <RouterProvider router={router} />
          </PartsContext>
        </PortalSessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
