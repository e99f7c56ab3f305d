import type { ErrorComponentProps } from '@tanstack/react-router';
import { ErrorState } from '#web/ui/error-state.tsx';

/** What stands in place of a page that failed to load or to draw; the frame around it stays usable. */
export function PageCrash({ error, reset }: ErrorComponentProps) {
  return (
    <div className="page">
      <ErrorState title="This page could not be shown" error={error} onRetry={reset} />
    </div>
  );
}
