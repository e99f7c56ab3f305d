import type { Campaign } from '#modules/campaigns/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatMoney, toPlotNumber } from '#web/ui/format-money.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { Status } from '#web/ui/status.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { GoalLine } from './goal-line.tsx';
import type { MeasuredGoal } from './use-campaign.ts';
import { useToday } from './use-today.ts';
import { sayDay, sayWhen, stateNames, stateTones } from './words.ts';

/** A campaign at a glance: how its main goal stands, what is out of the budget, who is waited for. */
export function CampaignCard({
  campaign,
  actuals,
}: {
  campaign: Campaign;
  actuals: ReadonlyMap<string, MeasuredGoal>;
}) {
  const today = useToday();
  const { budget, roster } = campaign;
  const [main] = campaign.goals;
  return (
    <article className="camp-card">
      <div>
        <div className="spread">
          <h2 className="clip">
            <AppLink to="/campaigns/$campaignId/roster" params={{ campaignId: campaign.id }}>
              {campaign.name}
            </AppLink>
          </h2>
          <Status tone={stateTones[campaign.state]}>{stateNames[campaign.state]}</Status>
        </div>
        <p className="meta">
          {campaign.modelName}. {sayWhen(campaign.startsOn, campaign.endsOn, today)}, to{' '}
          {sayDay(campaign.endsOn, today)}
        </p>
      </div>
      {main === undefined ? (
        <p className="meta">No goal set yet.</p>
      ) : (
        <GoalLine goal={main} measured={actuals.get(main.id)} today={today} />
      )}
      <BudgetLine budget={budget} />
      <div className="spread meta foot">
        <span>
          {formatPlural(roster.creators, 'creator')}, {roster.live} of {formatPlural(roster.deliverables, 'piece')} live
        </span>
        {roster.late > 0 ? (
          <Tag tone="bad">{roster.late} late</Tag>
        ) : roster.waitForUs > 0 ? (
          <Tag tone="accent">{roster.waitForUs} wait for you</Tag>
        ) : null}
      </div>
    </article>
  );
}

function BudgetLine({ budget }: { budget: Campaign['budget'] }) {
  const spent = formatMoney(budget.spent, { short: true });
  if (budget.total === null) return <p className="meta">{spent} spent or agreed, no budget set</p>;
  const total = Math.max(toPlotNumber(budget.total), toPlotNumber(budget.spent), 1);
  const share = (money: typeof budget.paid) => `${(toPlotNumber(money) / total) * 100}%`;
  return (
    <div className="stack" style={{ gap: 4 }}>
      <div className="camp-mini" aria-hidden="true">
        <i style={{ width: share(budget.paid), background: 'var(--c1)' }} />
        <i style={{ width: share(budget.due), background: 'var(--c7)' }} />
        <i style={{ width: share(budget.committed), background: 'var(--c3)' }} />
      </div>
      <div className="spread meta">
        <span>
          {spent} of {formatMoney(budget.total, { short: true })} paid, due or agreed
        </span>
        {budget.over === null ? (
          <span>{budget.free === null ? '' : `${formatMoney(budget.free, { short: true })} free`}</span>
        ) : (
          <Tag tone="warn">{formatMoney(budget.over, { short: true })} over</Tag>
        )}
      </div>
    </div>
  );
}
