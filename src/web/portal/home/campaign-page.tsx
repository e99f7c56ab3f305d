import { Button, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { acceptInvitation, declineInvitation, getPortalCampaign, type PortalCampaign } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { usePortalGo } from '#web/portal/shell/portal-link.tsx';
import { useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { Money } from '#web/ui/money.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { JobSteps } from './job-steps.tsx';
import { sayDay } from './say-day.ts';
import { words } from './words.ts';

const said = words.campaigns;
const stale = ['portalCampaigns', 'portalHome', 'portalBriefs', 'portalContracts', 'portalSubmissions'];

/** One campaign: the invitation to answer, or where the job stands and what is to make. */
export function CampaignPage() {
  const enrolmentId = useParam('enrolmentId');
  const campaign = useApiQuery(getPortalCampaign, { enrolmentId });
  return <QueryState query={campaign}>{(row) => <Full row={row} />}</QueryState>;
}

function Full({ row }: { row: PortalCampaign }) {
  const isAsked = row.invitation?.state === 'open' && !row.isOver;
  return (
    <>
      {isAsked ? (
        <Invitation row={row} />
      ) : (
        <>
          <h1>{row.name}</h1>
          {row.invitation?.state === 'over' && <p className="ink-2">{said.tooLate}</p>}
          <JobSteps steps={row.steps} />
        </>
      )}
      <Facts row={row} />
      <section>
        <header>
          <h2>{said.todo}</h2>
        </header>
        {row.deliverables.length === 0 ? (
          <p className="ink-2">{said.nothingToMake}</p>
        ) : (
          <ul className="ph-list">
            {row.deliverables.map((one) => (
              <li key={one.id}>
                <div>
                  <div className="grow">
                    <b>{one.title}</b>
                    <span className="meta">{one.dueOn === null ? one.format : words.due.by(sayDay(one.dueOn))}</span>
                  </div>
                  <Tag {...(one.isLate ? { tone: 'warn' as const } : {})}>{said.states[one.state] ?? one.state}</Tag>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Invitation({ row }: { row: PortalCampaign }) {
  const isPreview = useIsPreview();
  const [isDeclining, dialog] = useDisclosure(false);
  const accept = useApiMutation(acceptInvitation, {
    invalidate: stale,
    onSuccess: () => sayDone(said.accepted2),
    onError: (error) => sayFailed('Not sent', error),
  });
  const { respondBy, message } = row.invitation ?? { respondBy: null, message: '' };
  return (
    <section className="ph-now">
      <p className="meta">
        {[said.invited, respondBy === null ? null : said.respondBy(sayDay(respondBy))]
          .filter((part) => part !== null)
          .join(', ')}
      </p>
      <h1>{row.name}</h1>
      {message !== '' && <p className="ph-text">{message}</p>}
      <div className="acts">
        <Button
          variant="filled"
          fullWidth
          disabled={isPreview}
          loading={accept.isPending}
          onClick={() => accept.mutate({ enrolmentId: row.enrolmentId })}
        >
          {said.accept}
        </Button>
        <Button variant="subtle" color="gray" fullWidth disabled={isPreview} onClick={dialog.open}>
          {said.decline}
        </Button>
      </div>
      <p className="meta">
        {said.other} {said.otherText}
      </p>
      <DeclineDialog row={row} isOpen={isDeclining} onClose={dialog.close} />
    </section>
  );
}

function DeclineDialog({ row, isOpen, onClose }: { row: PortalCampaign; isOpen: boolean; onClose: () => void }) {
  const go = usePortalGo();
  const decline = useApiMutation(declineInvitation, { invalidate: ['portalHome'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '' },
    send: async ({ reason }) => {
      await decline.mutateAsync({ enrolmentId: row.enrolmentId, reason });
      sayDone(said.declined);
      go('/campaigns', { replace: true });
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={said.declineTitle(row.name)}
      submitLabel={said.declineDo}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <Textarea
        label={said.declineLabel}
        description={said.declineHint}
        required
        maxLength={2000}
        {...form.getInputProps('reason')}
      />
    </FormDialog>
  );
}

function Facts({ row }: { row: PortalCampaign }) {
  const { dates } = row;
  return (
    <dl className="ph-card ph-facts">
      <div>
        <dt>{said.runs}</dt>
        <dd>
          {sayDay(row.startsOn)} to {sayDay(row.endsOn)}
        </dd>
      </div>
      <div>
        <dt>{said.fee}</dt>
        <dd>
          {row.fee === null ? (
            said.noFee
          ) : (
            <>
              <Money value={row.fee} />{' '}
              <span className="meta">
                {row.feeState === null ? '' : (said.fees[row.feeState] ?? row.feeState)}
                {row.feePaidOn === null ? '' : ` ${sayDay(row.feePaidOn)}`}
              </span>
            </>
          )}
        </dd>
      </div>
      {dates.draftsBy !== null && (
        <div>
          <dt>{said.drafts}</dt>
          <dd>{sayDay(dates.draftsBy)}</dd>
        </div>
      )}
      {dates.liveFrom !== null && (
        <div>
          <dt>{said.live}</dt>
          <dd>
            {sayDay(dates.liveFrom)}
            {dates.liveUntil === null ? '' : ` to ${sayDay(dates.liveUntil)}`}
          </dd>
        </div>
      )}
    </dl>
  );
}
