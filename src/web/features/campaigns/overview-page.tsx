import { Button } from '@mantine/core';
import { useState } from 'react';
import { type Campaign, type Goal, removeGoal } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { AdviceSection } from './advice-section.tsx';
import { CampaignFigures } from './campaign-figures.tsx';
import { GoalDialog } from './goal-dialog.tsx';
import { sayPace } from './goal-line.tsx';
import { KpiSection } from './kpi-section.tsx';
import { StagesDialog } from './stages-dialog.tsx';
import { campaignNouns, useActuals, useCampaign } from './use-campaign.ts';
import { useMembers } from './use-members.ts';
import { doneWord, sayDay, sayGoalValue } from './words.ts';

type Open = { what: 'add' } | { what: 'edit' | 'remove'; goal: Goal } | { what: 'stages' } | null;

/** How the campaign stands against its goals, and what it is made of. */
export function OverviewPage() {
  return <QueryState query={useCampaign()}>{(campaign) => <Overview campaign={campaign} />}</QueryState>;
}

function Overview({ campaign }: { campaign: Campaign }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const mayWrite = useCan('campaigns:write');
  const remove = useApiMutation(removeGoal, { invalidate: campaignNouns });
  return (
    <>
      <CampaignFigures campaign={campaign} onAddGoal={() => setOpen({ what: 'add' })} />
      <div className="cols">
        <Section
          title="Goals"
          note="the pace is linear from the first day to the last"
          end={
            mayWrite && (
              <Button size="compact-sm" onClick={() => setOpen({ what: 'add' })}>
                Add goal
              </Button>
            )
          }
        >
          <GoalsTable campaign={campaign} mayWrite={mayWrite} onOpen={setOpen} />
        </Section>
        <Section title="The campaign">
          <About campaign={campaign} mayWrite={mayWrite} onStages={() => setOpen({ what: 'stages' })} />
        </Section>
      </div>
      <div className="cols even">
        <KpiSection campaign={campaign} />
        <AdviceSection campaign={campaign} />
      </div>
      {open?.what === 'add' && <GoalDialog campaign={campaign} goal={null} onClose={close} />}
      {open?.what === 'edit' && <GoalDialog campaign={campaign} goal={open.goal} onClose={close} />}
      {open?.what === 'stages' && <StagesDialog campaign={campaign} onClose={close} />}
      {open?.what === 'remove' && (
        <ConfirmDialog
          isOpen
          onClose={close}
          title={`Drop the goal ${open.goal.label}?`}
          confirmLabel="Drop"
          onConfirm={() => remove.mutateAsync({ campaignId: campaign.id, goalId: open.goal.id })}
          isDangerous
        >
          What was measured stays. The audit trail keeps who dropped the goal.
        </ConfirmDialog>
      )}
    </>
  );
}

function GoalsTable({
  campaign,
  mayWrite,
  onOpen,
}: {
  campaign: Campaign;
  mayWrite: boolean;
  onOpen: (open: Open) => void;
}) {
  const actuals = useActuals();
  if (campaign.goals.length === 0) return <p className="meta">None yet.</p>;
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Goal</th>
            <th scope="col" className="num">
              Target
            </th>
            <th scope="col" className="num">
              Now
            </th>
            <th scope="col">Pace</th>
            <th scope="col">By</th>
            <th scope="col">
              <span className="vh">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {campaign.goals.map((goal) => {
            const measured = actuals.get(goal.id);
            const actual = measured?.actual ?? null;
            return (
              <tr key={goal.id}>
                <td>
                  {goal.label} {goal.isMain && <Tag tone="accent">main</Tag>}
                </td>
                <td className="num">{sayGoalValue(goal.target, goal.metric)}</td>
                <td className="num" title={measured?.reason ?? measured?.note ?? undefined}>
                  {actual === null ? (
                    <span className="ink-3">not measured yet</span>
                  ) : (
                    sayGoalValue(actual, goal.metric)
                  )}
                </td>
                <td>{sayPace(goal, actual)}</td>
                <td className="nowrap">{sayDay(goal.dueOn)}</td>
                <td>
                  {mayWrite && (
                    <span className="row">
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="gray"
                        aria-label={`Edit ${goal.label}`}
                        onClick={() => onOpen({ what: 'edit', goal })}
                      >
                        Edit
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        color="gray"
                        aria-label={`Drop ${goal.label}`}
                        onClick={() => onOpen({ what: 'remove', goal })}
                      >
                        Drop
                      </Button>
                    </span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function About({ campaign, mayWrite, onStages }: { campaign: Campaign; mayWrite: boolean; onStages: () => void }) {
  const { roster } = campaign;
  const { nameOf } = useMembers();
  const params = { campaignId: campaign.id };
  return (
    <KeyValues
      items={[
        { term: 'Model', value: campaign.modelName },
        { term: 'Dates', value: `${sayDay(campaign.startsOn)} to ${sayDay(campaign.endsOn)}` },
        {
          term: 'Creators',
          value: (
            <AppLink
              to="/campaigns/$campaignId/roster"
              params={params}
            >{`${formatPlural(roster.creators, 'creator')}, ${roster.waitForUs} wait for you, ${roster.late} late`}</AppLink>
          ),
        },
        {
          term: 'Content',
          value: (
            <AppLink
              to="/campaigns/$campaignId/content"
              params={params}
            >{`${roster.live} of ${formatPlural(roster.deliverables, 'piece')} ${doneWord(campaign.model)}`}</AppLink>
          ),
        },
        {
          term: 'Brief',
          value: (
            <AppLink to="/campaigns/$campaignId/brief" params={params}>
              {campaign.briefVersion === 0 ? 'Not written yet' : `Version ${campaign.briefVersion}`}
            </AppLink>
          ),
        },
        { term: 'Owner', value: nameOf(campaign.ownerId) },
        { term: 'Landing page', value: campaign.landingUrl },
        {
          term: 'Stages',
          value: (
            <>
              {campaign.stages.map((stage) => stage.label).join(', ')}
              {mayWrite && (
                <>
                  {' '}
                  <button type="button" className="link bare" onClick={onStages}>
                    Change stages
                  </button>
                </>
              )}
            </>
          ),
        },
        { term: 'Note', value: campaign.note ?? 'none' },
      ]}
    />
  );
}
