import { listPortalCampaigns } from '#modules/portal/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { JobSteps } from './job-steps.tsx';

/** On the home page: where each job that runs stands. */
export function JobsSection() {
  const { data } = useApiQuery(listPortalCampaigns, {});
  const running = data?.rows.filter((row) => !row.isOver && row.invitation?.state !== 'open') ?? [];
  return running.map((row) => (
    <section key={row.enrolmentId}>
      <header>
        <h2>
          <PortalLink to="/campaigns/$enrolmentId" params={{ enrolmentId: row.enrolmentId }} className="ph-plain-link">
            {row.name}
          </PortalLink>
        </h2>
      </header>
      <JobSteps steps={row.steps} />
    </section>
  ));
}
