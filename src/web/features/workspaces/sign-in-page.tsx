import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';

export function SignInPage() {
  return (
    <div className="page">
      <PageHeader title="Sign in" />
      <EmptyState title="Ask an owner for an account" />
    </div>
  );
}
