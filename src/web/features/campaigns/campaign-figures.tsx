import { Button } from '@mantine/core';
import type { Campaign } from '#modules/campaigns/api.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { BudgetPanel } from './budget-panel.tsx';
import { GoalLine } from './goal-line.tsx';
import { MainGoal } from './main-goal.tsx';
import { useActuals } from './use-campaign.ts';
import { useToday } from './use-today.ts';

/** The three questions above every tab that works on the campaign: main goal, other goals, money. */
export function CampaignFigures({ campaign, onAddGoal }: { campaign: Campaign; onAddGoal: () => void }) {
  const today = useToday();
  const actuals = useActuals();
  const mayWrite = useCan('campaigns:write');
  const [main, ...others] = campaign.goals;
  return (
    <div className={others.length === 0 ? 'camp-head two' : 'camp-head'}>
      {main === undefined ? (
        <Section title="Goals">
          <EmptyState title="No goal yet" action={mayWrite && <Button onClick={onAddGoal}>Set a goal</Button>}>
            Without a number and a date nobody can tell later whether it worked.
          </EmptyState>
        </Section>
      ) : (
        <MainGoal campaign={campaign} goal={main} />
      )}
      {others.length > 0 && (
        <Section title="Other goals">
          {others.slice(0, 4).map((goal) => (
            <GoalLine key={goal.id} goal={goal} measured={actuals.get(goal.id)} today={today} />
          ))}
        </Section>
      )}
      <BudgetPanel campaign={campaign} />
    </div>
  );
}
