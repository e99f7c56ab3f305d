import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useParams } from '@tanstack/react-router';
import { useSession } from '#web/api/session.tsx';
import { WorkspaceContext } from '#web/api/workspace-context.ts';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { Palette } from '#web/shell/palette.tsx';
import { Rail } from '#web/shell/rail.tsx';
import { Redirect } from '#web/shell/redirect.tsx';
import { SampleBanner } from '#web/shell/sample-banner.tsx';
import { TopBar } from '#web/shell/top-bar.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** Lets in who may open this workspace, sends everybody else where they can go on. */
export function WorkspaceShell() {
  const session = useSession();
  const { workspace: slug }: { workspace?: string } = useParams({ strict: false });
  if (session.setUpNeeded) return <Redirect to="/set-up" />;
  if (!session.user) return <Redirect to="/sign-in" withNext />;
  const workspace = session.workspaces.find((candidate) => candidate.slug === slug);
  if (!workspace) {
    return (
      <OutsideFrame>
        <EmptyState
          isPage
          title={`There is no workspace "${slug}" for you`}
          action={
            <a className="link" href="/app/">
              Open your first workspace
            </a>
          }
        >
          It does not exist, or {session.user.email} is not a member of it.
        </EmptyState>
      </OutsideFrame>
    );
  }
  return (
    <WorkspaceContext value={workspace}>
      <Frame key={workspace.id} />
    </WorkspaceContext>
  );
}

function Frame() {
  const [isOpen, drawer] = useDisclosure(false);
  return (
    <div className="app">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <Rail />
      <Drawer opened={isOpen} onClose={drawer.close} size={240} title="Menu" className="rail-drawer">
        <Rail onChoose={drawer.close} />
      </Drawer>
      <div className="main">
        <TopBar onMenu={drawer.open} />
        <SampleBanner />
        <main id="main" tabIndex={-1} className="content">
          <Outlet />
        </main>
      </div>
      <Palette />
    </div>
  );
}
