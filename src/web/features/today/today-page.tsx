import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { getToday, type Today } from '#modules/today/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { BestOfWeek } from './best-of-week.tsx';
import { FirstSteps } from './first-steps.tsx';
import { GoneQuiet } from './gone-quiet.tsx';
import { LiveGoals } from './live-goals.tsx';
import { LiveStrip } from './live-strip.tsx';
import { Needs } from './needs.tsx';
import './today.css';

const pollMs = 60_000;

/** What needs me, how the goals stand, what happens right now. */
export function TodayPage() {
  const mayRead = useCan('reports:read');
  const query = useApiQuery(getToday, {}, { enabled: mayRead, refetchInterval: pollMs });
  const { name } = useWorkspace();
  if (!mayRead) {
    return (
      <div className="page">
        <PageHeader title={name} sub="Your role shows neither reports nor what needs somebody." />
      </div>
    );
  }
  return (
    <div className="page today">
      <QueryState
        query={query}
        loading={
          <>
            <PageHeader title="Today" />
            <SkeletonLines />
          </>
        }
      >
        {(today) => <Day today={today} />}
      </QueryState>
    </div>
  );
}

function Day({ today }: { today: Today }) {
  const isStarting = today.steps !== null;
  const hasCampaigns = today.steps?.find((step) => step.id === 'campaign')?.isDone ?? true;
  const isEmpty = isStarting && !hasCampaigns && today.needs.length === 0;
  return (
    <>
      <PageHeader
        title={isEmpty ? 'Three steps to a measured campaign' : today.title}
        sub={today.sub}
        actions={<NewCampaign />}
      />
      {today.steps !== null && <FirstSteps steps={today.steps} />}
      {!isEmpty && (
        <>
          <div className="cols">
            <Needs needs={today.needs} />
            <LiveGoals goals={today.goals} />
          </div>
          <LiveStrip />
          <div className="cols even">
            <BestOfWeek best={today.best} />
            <GoneQuiet quiet={today.quiet} />
          </div>
        </>
      )}
    </>
  );
}

function NewCampaign() {
  const mayWrite = useCan('campaigns:write');
  const go = useGo();
  if (!mayWrite) return null;
  return (
    <Button leftSection={<IconPlus size={16} stroke={1.8} aria-hidden />} onClick={() => go('/campaigns/new')}>
      New campaign
    </Button>
  );
}
