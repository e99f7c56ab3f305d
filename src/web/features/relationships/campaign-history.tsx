import { type CampaignWork, type PastWork, type Relationship, removePastWork } from '#modules/relationships/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { sayDay } from './words.ts';

/** Every campaign with this creator, here and before, with what it cost, whether it came in time and what it brought. */
export function CampaignHistory({ relationship }: { relationship: Relationship }) {
  const { campaigns, pastWork, personId } = relationship;
  const total = campaigns.length + pastWork.length;
  return (
    <Section
      title="Work together"
      note={total === 0 ? '' : formatPlural(total, 'campaign')}
      end={<AppLink to="/history/import">Import history</AppLink>}
    >
      {total === 0 ? (
        <p className="meta rel-empty">
          Nothing yet. Put them on a campaign, or import what another tool kept of your work together.
        </p>
      ) : (
        <div className="rel-scroll">
          <table className="table" aria-label="Work together">
            <thead>
              <tr>
                <th>Campaign</th>
                <th className="num">Fee</th>
                <th>Posts</th>
                <th className="num">Brought in</th>
              </tr>
            </thead>
            <tbody>
              {campaigns.map((work) => (
                <Work key={work.enrolmentId} work={work} />
              ))}
              {pastWork.map((row) => (
                <Past key={row.id} row={row} personId={personId} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

const feeWords = { proposed: 'proposed', committed: 'agreed', due: 'due', paid: 'paid' } as const;

function Work({ work }: { work: CampaignWork }) {
  const { campaign, posts } = work;
  return (
    <tr>
      <td>
        <AppLink to="/campaigns/$campaignId" params={{ campaignId: campaign.id }}>
          <b>{campaign.name}</b>
        </AppLink>
        <span className="meta block">
          {sayDay(campaign.startsOn)} to {sayDay(campaign.endsOn)},{' '}
          {work.isRemoved ? `taken off${work.removedReason === null ? '' : `: ${work.removedReason}`}` : work.stage}
        </span>
      </td>
      <td className="num">
        {work.fee === null ? <span className="ink-3">none</span> : formatMoney(work.fee)}
        <span className="meta block">
          {work.paidOn === null
            ? work.feeState === null
              ? ''
              : feeWords[work.feeState]
            : `paid ${sayDay(work.paidOn)}`}
        </span>
      </td>
      <td>
        {posts.planned === 0 ? (
          <span className="ink-3">none planned</span>
        ) : (
          <>
            {posts.live} of {posts.planned} live
            <span className="meta block">
              {[
                posts.onTime > 0 ? `${posts.onTime} in time` : '',
                work.draftRounds === null ? '' : `${formatPlural(work.draftRounds, 'round')} of drafts`,
                posts.late > 0 ? `${posts.late} late, up to ${formatPlural(posts.daysLateMax ?? 0, 'day')}` : '',
              ]
                .filter((part) => part !== '')
                .join(', ')}
            </span>
            {posts.overdue > 0 && <Tag tone="bad">{posts.overdue} overdue</Tag>}
          </>
        )}
      </td>
      <td className="num">
        {work.orders === 0 ? (
          <span className="ink-3">no orders</span>
        ) : (
          <>
            {work.revenue.map((money) => formatMoney(money)).join(' + ')}
            <span className="meta block">{formatPlural(work.orders, 'order')}</span>
          </>
        )}
      </td>
    </tr>
  );
}

const standingWords: Record<PastWork['standing'], string> = {
  contacted: 'written to',
  declined: 'declined',
  worked: 'worked',
  unknown: 'status not understood',
};

function Past({ row, personId }: { row: PastWork; personId: string }) {
  const mayWrite = useCan('campaigns:write');
  const remove = useApiMutation(removePastWork, {
    invalidate: ['relationships', 'pastWork'],
    onSuccess: () => sayDone('Row removed'),
    onError: (error) => sayFailed('Not removed', error),
  });
  const money = row.paid ?? row.fee;
  return (
    <tr>
      <td>
        <b>{row.campaignName}</b> <Tag>{row.source}</Tag>
        <span className="meta block">
          {[row.postedOn === null ? null : sayDay(row.postedOn), row.status ?? standingWords[row.standing], row.note]
            .filter((part) => part !== null)
            .join(', ')}
        </span>
        {mayWrite && (
          <button
            type="button"
            className="link bare meta"
            onClick={() => remove.mutate({ personId, pastWorkId: row.id })}
          >
            Remove this row
          </button>
        )}
      </td>
      <td className="num">
        {money === null ? <span className="ink-3">not known</span> : formatMoney(money)}
        <span className="meta block">{row.paidOn === null ? '' : `paid ${sayDay(row.paidOn)}`}</span>
      </td>
      <td>
        {row.postUrl === null ? (
          <span className="ink-3">{standingWords[row.standing]}</span>
        ) : (
          <a href={row.postUrl} target="_blank" rel="noreferrer">
            the post
          </a>
        )}
        {row.rating !== null && <span className="meta block">rated {Math.round(row.rating * 100)} of 100</span>}
      </td>
      <td className="num">
        <span className="ink-3">not measured here</span>
      </td>
    </tr>
  );
}
