import { useSession } from '#web/api/session.tsx';
import { Redirect } from '#web/shell/redirect.tsx';

/** /app itself: on to set-up, sign-in or the first workspace. */
export function FirstPage() {
  const session = useSession();
  if (session.setUpNeeded) return <Redirect to="/set-up" />;
  if (!session.user) return <Redirect to="/sign-in" />;
  const [first] = session.workspaces;
  if (first) return <Redirect to="/$workspace" params={{ workspace: first.slug }} />;
  return <Redirect to="/new-workspace" />;
}
