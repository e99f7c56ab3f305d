import { z } from 'zod';
import { getAttributionSettings, type PolicyVersion } from '#modules/attribution/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { CreditRunPanel } from './credit-run-panel.tsx';
import { policySentence } from './rule-words.ts';
import { RulesForm } from './rules-form.tsx';
import { TrackingTabs } from './tracking-tabs.tsx';
import './tracking.css';

const search = z.object({ run: z.string().optional(), campaign: z.string().optional() });

/** How orders are credited: the rules, what a change would do, and every version there was. */
export function RulesPage() {
  const [state, setState] = useSearchState(search);
  const settings = useApiQuery(getAttributionSettings, {});
  const canWrite = useCan('tracking:write');
  const policy = settings.data?.workspace.policy;
  return (
    <div className="page">
      <PageHeader
        title="How orders are credited"
        sub={policy === undefined || policy === null ? undefined : policySentence(policy)}
      />
      <TrackingTabs />
      <QueryState query={settings}>
        {(answer) => (
          <div className="cols">
            <div className="stack">
              <RulesForm
                key={`${state.campaign ?? ''} ${answer.workspace.version}`}
                settings={answer}
                campaignId={state.campaign}
                canWrite={canWrite}
                onScope={(campaign) => setState({ campaign, run: undefined })}
                onRun={(run) => setState({ run })}
              />
            </div>
            <div className="stack">
              {state.run !== undefined && (
                <CreditRunPanel runId={state.run} onClose={() => setState({ run: undefined })} />
              )}
              <Versions versions={answer.history} />
            </div>
          </div>
        )}
      </QueryState>
    </div>
  );
}

function Versions({ versions }: { versions: readonly PolicyVersion[] }) {
  const { timeZone } = useWorkspace();
  return (
    <Section title="Versions" note="each order names the one it was decided by">
      {versions.length === 0 && <p className="meta">The standard rules hold; nobody changed them yet.</p>}
      <ol className="trk-versions">
        {versions.map((one) => (
          <li key={one.version}>
            <b>
              v{one.version}
              {one.campaign === null ? '' : `, ${one.campaign.name}`}
            </b>
            <p>{one.policy === null ? 'Follows the workspace again.' : policySentence(one.policy)}</p>
            {one.note !== null && <p>{one.note}</p>}
            <p className="meta">
              {one.madeBy}
              {one.madeAt === null ? '' : `, ${formatDateTime(one.madeAt, timeZone)}`}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
