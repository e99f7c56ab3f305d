import { useEffect, useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import { getApplicationLogo, openApplicationPage, type PublicPage } from '#modules/portal/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { PlainFrame } from '#web/portal/shell/plain-frame.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { ApplyForm } from './apply-form.tsx';
import type { PageAddress } from './page-address.ts';
import { words } from './words.ts';
import './apply.css';

/** A brand's application page, for anybody or for whom it invited. */
export function ApplyPage() {
  const at = { workspaceSlug: useParam('workspace'), pageSlug: useParam('page') };
  const [inviteCode] = useState(() => window.location.hash.slice(1, 61));
  const page = useApiQuery(
    openApplicationPage,
    { ...at, inviteCode },
    { retry: false, staleTime: Number.POSITIVE_INFINITY },
  );
  if (page.data === undefined)
    return (
      <PlainFrame>
        {page.error === null ? (
          <SkeletonLines count={8} />
        ) : (
          <Gone error={page.error} onRetry={() => void page.refetch()} />
        )}
      </PlainFrame>
    );
  return <Full page={page.data} at={{ ...at, inviteCode }} />;
}

function Gone({ error, onRetry }: { error: Error; onRetry: () => void }) {
  if (error instanceof AppError && error.kind === 'not_found')
    return (
      <EmptyState isPage title={words.gone.title}>
        {words.gone.text}
      </EmptyState>
    );
  return <ErrorState error={error} onRetry={onRetry} />;
}

function Full({ page, at }: { page: PublicPage; at: PageAddress }) {
  const [outcome, setOutcome] = useState<{ state: 'received' | 'declined'; message: string } | null>(null);
  const client = useClient();
  const place = { workspaceSlug: at.workspaceSlug, pageSlug: at.pageSlug };
  useEffect(() => {
    document.title = `${page.title} · ${page.brandName}`;
  }, [page.title, page.brandName]);
  return (
    <PlainFrame brand={page.brandName}>
      {page.hasLogo && <img className="apply-logo" src={client.url(getApplicationLogo, place)} alt={page.brandName} />}
      {page.accent !== null && <hr className="apply-accent" style={{ borderColor: page.accent }} />}
      {outcome !== null ? (
        <section className="ph-now" role="status">
          <p className="meta">{words[outcome.state]}</p>
          <h1>{page.title}</h1>
          <p>{outcome.message}</p>
        </section>
      ) : page.state !== 'open' ? (
        <EmptyState isPage title={page.state === 'closed' ? words.closed.title : words.inviteNeeded.title}>
          {page.state === 'closed' ? words.closed.text : words.inviteNeeded.text}
        </EmptyState>
      ) : (
        <>
          <div className="apply-head">
            <h1>{page.title}</h1>
            {page.intro !== '' && <p className="ph-text">{page.intro}</p>}
            {page.closesOn !== null && <p className="meta">{words.until(page.closesOn)}</p>}
          </div>
          <ApplyForm page={page} at={at} onSent={setOutcome} />
        </>
      )}
    </PlainFrame>
  );
}
