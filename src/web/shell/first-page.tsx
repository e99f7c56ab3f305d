import { Navigate } from '@tanstack/react-router';
import { useSession } from '#web/api/session.tsx';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** /app itself: on to set-up, sign-in or the first workspace. */
export function FirstPage() {
  const session = useSession();
  if (session.setUpNeeded) return <Navigate to="/set-up" replace />;
  if (!session.user) return <Navigate to="/sign-in" replace />;
  const [first] = session.workspaces;
  if (first) return <Navigate to="/$workspace" params={{ workspace: first.slug }} replace />;
  return (
    <OutsideFrame>
      <EmptyState title="You belong to no workspace yet">
        Ask an owner to invite {session.user.email}, then open the link in the invitation.
      </EmptyState>
    </OutsideFrame>
  );
}
