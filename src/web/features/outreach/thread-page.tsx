import { AppLink } from '#web/shell/app-link.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { ThreadView } from './thread-view.tsx';

const refreshMs = 60_000;

/** A conversation by its own address, for links to it. */
export function ThreadPage() {
  const threadId = useParam('threadId');
  return (
    <div className="page out-alone">
      <h1 className="vh">Conversation</h1>
      <p className="meta">
        <AppLink to="/outreach">All conversations</AppLink>
      </p>
      <ThreadView threadId={threadId} refreshMs={refreshMs} />
    </div>
  );
}
