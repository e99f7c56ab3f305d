import { useSession } from '#web/api/session.tsx';
import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { Redirect } from '#web/shell/redirect.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

/** /app itself: on to set-up, sign-in or the first workspace. */
export function FirstPage() {
  const session = useSession();
  if (session.setUpNeeded) return <Redirect to="/set-up" />;
  if (!session.user) return <Redirect to="/sign-in" />;
  const [first] = session.workspaces;
  if (first) return <Redirect to="/$workspace" params={{ workspace: first.slug }} />;
  return (
    <OutsideFrame>
      <EmptyState title="You belong to no workspace yet">
        Ask an owner to invite {session.user.email}, then open the link in the invitation.
      </EmptyState>
    </OutsideFrame>
  );
}
