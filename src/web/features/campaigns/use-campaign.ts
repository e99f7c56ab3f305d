import { getCampaign } from '#modules/campaigns/api.ts';
import { type GoalReport, getCampaignReport } from '#modules/reports/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';

/** The campaign of the open page; all its tabs share one answer. */
export function useCampaign() {
  return useApiQuery(getCampaign, { campaignId: useParam('campaignId') });
}

/** What was measured of the campaign so far; nothing is asked of those who may not read reports. */
export function useCampaignReport() {
  const campaignId = useParam('campaignId');
  const mayRead = useCan('reports:read');
  return useApiQuery(getCampaignReport, { campaignId }, { enabled: mayRead });
}

export type MeasuredGoal = Pick<GoalReport, 'actual' | 'reason' | 'status' | 'note' | 'landing' | 'landingReason'>;

/** Actuals by goal; empty until the report is there. */
export function useActuals(): ReadonlyMap<string, MeasuredGoal> {
  const { data } = useCampaignReport();
  return new Map((data?.goals ?? []).map((goal) => [goal.id, goal]));
}

/** What is stale after a campaign's roster, content or money changed. */
export const campaignNouns = [
  'campaigns',
  'roster',
  'deliverables',
  'results',
  'costs',
  'goals',
  'briefs',
  'reports',
  'today',
  'calendar',
  'reminders',
  'work',
  'tasks',
];
