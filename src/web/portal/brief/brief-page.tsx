import { Button } from '@mantine/core';
import { IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { acknowledgeBrief, getPortalBrief, getPortalBriefPdf, type PortalBrief } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { useBrand, useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { BriefCards } from './brief-cards.tsx';
import './brief.css';
import { words } from './words.ts';

/** The brief as cards for a thumb: what changed, what to make, what is left free; at the end one button that agrees. */
export function BriefPage() {
  const { enrolmentId = '' } = useParams({ strict: false });
  const query = useApiQuery(getPortalBrief, { enrolmentId });
  if (query.error?.kind === 'not_found')
    return (
      <EmptyState isPage title="No such brief">
        {words.gone}
      </EmptyState>
    );
  if (query.error)
    return (
      <>
        <h1 className="vh">{words.sectionTitle}</h1>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </>
    );
  if (query.data === undefined) return <SkeletonLines count={8} label={words.loading} />;
  return <Shown brief={query.data} onStale={() => void query.refetch()} />;
}

function Shown({ brief, onStale }: { brief: PortalBrief; onStale: () => void }) {
  const { timeZone } = useBrand();
  const pdf = useDownload(getPortalBriefPdf);
  const { enrolmentId } = brief;
  return (
    <>
      <header className="pb-head">
        <p className="meta">{brief.campaign.name}</p>
        <h1>{words.sectionTitle}</h1>
        <p className="meta">
          Version {brief.version}, sent {formatDate(brief.sentAt, timeZone)}
        </p>
      </header>
      {brief.changes.length > 0 && <Changes brief={brief} />}
      <BriefCards enrolmentId={enrolmentId} shown={brief.shown} />
      <Agree brief={brief} onStale={onStale} />
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconDownload size={18} stroke={1.6} aria-hidden />}
        onClick={() => void pdf.start({ enrolmentId }, 'brief.pdf').catch((error) => sayFailed('Not saved', error))}
      >
        {words.pdf}
      </Button>
    </>
  );
}

function Changes({ brief }: { brief: PortalBrief }) {
  return (
    <section className="ph-now" aria-labelledby="pb-changes">
      <p className="meta" id="pb-changes">
        {words.changedTitle}
      </p>
      {brief.changes.map((change) => (
        <div key={change.field} className="pb-change">
          <b>{change.label}</b>
          {change.before.map((line) => (
            <del key={line}>{line}</del>
          ))}
          {change.after.map((line) => (
            <ins key={line}>{line}</ins>
          ))}
        </div>
      ))}
      <p>{words.changedText}</p>
    </section>
  );
}

function Agree({ brief, onStale }: { brief: PortalBrief; onStale: () => void }) {
  const { timeZone } = useBrand();
  const isPreview = useIsPreview();
  const agree = useApiMutation(acknowledgeBrief, {
    invalidate: ['portalBriefs', 'portalHome', 'portal'],
    onSuccess: () => sayDone('Thank you, it is noted'),
    onError: (error) => {
      sayFailed('Not noted', error);
      if (error.code === 'campaigns.brief_other') onStale();
    },
  });
  if (brief.state === 'acknowledged')
    return (
      <p className="pb-agreed" role="status">
        <IconCircleCheck size={20} stroke={1.6} aria-hidden />
        {brief.acknowledged !== null &&
          words.agreed(brief.acknowledged.version, formatDate(brief.acknowledged.at, timeZone))}
      </p>
    );
  return (
    <section className="pb-agree">
      <Button
        variant="filled"
        fullWidth
        disabled={isPreview}
        loading={agree.isPending}
        onClick={() => agree.mutate({ enrolmentId: brief.enrolmentId, partHash: brief.partHash })}
      >
        {brief.changes.length > 0 ? words.confirmChange : words.confirm}
      </Button>
      <p className="meta">{words.evidence}</p>
      <p className="meta">{words.ask(brief.campaign.brand)}</p>
    </section>
  );
}
