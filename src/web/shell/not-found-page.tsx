import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';

export function NotFoundPage() {
  return (
    <div className="page">
      <EmptyState
        isPage
        title="There is no such page"
        action={
          <a href="/app/" className="link">
            Open your first page
          </a>
        }
      >
        The address is mistyped, or what it showed was removed.
      </EmptyState>
    </div>
  );
}

/** The same for addresses outside of any workspace, which have no frame of their own. */
export function LostPage() {
  return (
    <OutsideFrame>
      <NotFoundPage />
    </OutsideFrame>
  );
}
