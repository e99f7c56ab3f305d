import { OutsideFrame } from '#web/shell/outside-frame.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';

export function SessionFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <OutsideFrame>
      <ErrorState title="Rapport did not answer" error={error} onRetry={onRetry} />
    </OutsideFrame>
  );
}
