import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createQueryClient } from '#web/api/query-client.ts';
import { SessionProvider } from '#web/api/session.tsx';
import { feature as archives } from '#web/features/archives/routes.tsx';
import { feature as automations } from '#web/features/automations/routes.tsx';
import { feature as campaigns } from '#web/features/campaigns/routes.tsx';
import { feature as content } from '#web/features/content/routes.tsx';
import { feature as contracts } from '#web/features/contracts/routes.tsx';
import { feature as creators } from '#web/features/creators/routes.tsx';
import { feature as disclosure } from '#web/features/disclosure/routes.tsx';
import { feature as discovery } from '#web/features/discovery/routes.tsx';
import { feature as fraud } from '#web/features/fraud/routes.tsx';
import { feature as outreach } from '#web/features/outreach/routes.tsx';
import { feature as portal } from '#web/features/portal/routes.tsx';
import { feature as relationships } from '#web/features/relationships/routes.tsx';
import { feature as reports } from '#web/features/reports/routes.tsx';
import { feature as seeding } from '#web/features/seeding/routes.tsx';
import { feature as shops } from '#web/features/shops/routes.tsx';
import { feature as submissions } from '#web/features/submissions/routes.tsx';
import { feature as today } from '#web/features/today/routes.tsx';
import { feature as tracking } from '#web/features/tracking/routes.tsx';
import { feature as vetting } from '#web/features/vetting/routes.tsx';
import { feature as webhooks } from '#web/features/webhooks/routes.tsx';
import { feature as workspaces } from '#web/features/workspaces/routes.tsx';
import { FeaturesContext } from '#web/shell/features-context.ts';
import { createAppRouter } from '#web/shell/routes.tsx';
import { SessionFailed } from '#web/shell/session-failed.tsx';
import { SessionPending } from '#web/shell/session-pending.tsx';
import { resolveVariables, theme } from '#web/ui/theme.ts';

/** The one list of features. Its order is the order of the rail. */
const features = [
  today,
  discovery,
  creators,
  vetting,
  campaigns,
  contracts,
  content,
  submissions,
  disclosure,
  seeding,
  shops,
  outreach,
  relationships,
  tracking,
  fraud,
  reports,
  portal,
  archives,
  automations,
  webhooks,
  workspaces,
];

const queryClient = createQueryClient();
const router = createAppRouter(features);

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={3} />
        <SessionProvider
          loading={<SessionPending />}
          failed={(error, retry) => <SessionFailed error={error} onRetry={retry} />}
        >
          <FeaturesContext value={features}>
            <RouterProvider router={router} />
          </FeaturesContext>
        </SessionProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
