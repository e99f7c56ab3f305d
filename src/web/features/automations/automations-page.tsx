import { Button, Switch } from '@mantine/core';
import { z } from 'zod';
import {
  type Automation,
  type AutomationCatalogue,
  getAutomationCatalogue,
  listAutomations,
  switchAutomation,
} from '#modules/automations/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useGo } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { Tag } from '#web/ui/tag.tsx';
import './automations.css';
import { RunLog } from './run-log.tsx';

const search = z.object({ tab: z.enum(['list', 'log']).default('list') });

/** Everything that happens by itself, and what it did. */
export function AutomationsPage() {
  const query = useApiQuery(listAutomations, {});
  const [{ tab }, setState] = useSearchState(search);
  const on = query.data?.rows.filter((row) => row.state === 'on').length;
  const go = useGo();
  const mayEdit = useCan('automations:write');
  return (
    <div className="page">
      <PageHeader
        title={
          on === undefined
            ? 'Automations'
            : on === 0
              ? 'No automation is on'
              : `${formatPlural(on, 'automation')} at work`
        }
        sub="When something happens, if it is so, these things are done. Each run is kept with what became of it."
        actions={
          mayEdit && (
            <Button
              variant="filled"
              onClick={() => go('/automations/$automationId', { params: { automationId: 'new' } })}
            >
              New automation
            </Button>
          )
        }
      />
      <div>
        <Segments
          label="What to show"
          value={tab}
          onChange={(next) => setState({ tab: next })}
          options={[
            { value: 'list', label: 'Automations' },
            { value: 'log', label: 'Run log' },
          ]}
        />
      </div>
      {tab === 'list' ? <AutomationsList /> : <RunLog />}
    </div>
  );
}

/** The automations by name, and templates to begin with. */
export function AutomationsList() {
  const query = useApiQuery(listAutomations, {});
  const catalogue = useApiQuery(getAutomationCatalogue, {});
  return (
    <QueryState query={query}>
      {({ rows }) => (
        <QueryState query={catalogue}>
          {(known) => (
            <div className="stack">
              {rows.length === 0 ? (
                <EmptyState title="Nothing happens by itself yet">
                  Begin with a template below; it is off until you turn it on.
                </EmptyState>
              ) : (
                <Section title="Automations" note="runs of the last 30 days">
                  <ul className="au-list">
                    {rows.map((row) => (
                      <Row key={row.id} row={row} known={known} />
                    ))}
                  </ul>
                </Section>
              )}
              <Templates known={known} />
            </div>
          )}
        </QueryState>
      )}
    </QueryState>
  );
}

function Row({ row, known }: { row: Automation; known: AutomationCatalogue }) {
  const mayEdit = useCan('automations:write');
  const turn = useApiMutation(switchAutomation, {
    invalidate: ['automations'],
    onSuccess: (after) => sayDone(after.state === 'on' ? `“${after.name}” is on` : `“${after.name}” is off`),
    onError: (error) => sayFailed('Not switched', error),
  });
  const trigger = known.triggers.find((one) => one.event === row.trigger);
  const actions = row.actions.map(({ action }) => known.actions.find((one) => one.id === action)?.title ?? action);
  return (
    <li className="au-row">
      <Switch
        aria-label={`${row.name} is on`}
        checked={row.state === 'on'}
        disabled={!mayEdit || turn.isPending}
        onChange={(event) => turn.mutate({ automationId: row.id, isOn: event.currentTarget.checked })}
      />
      <div className="au-what">
        <AppLink to="/automations/$automationId" params={{ automationId: row.id }}>
          {row.name}
        </AppLink>
        <span className="meta">
          {trigger?.title ?? row.trigger}
          {row.conditions.length > 0 && `, ${formatPlural(row.conditions.length, 'condition')}`}:{' '}
          {actions.join(', then ')}
        </span>
        {row.pausedBecause !== null && (
          <span>
            <Tag tone="warn">paused</Tag> <span className="meta">{row.pausedBecause}</span>
          </span>
        )}
      </div>
      <span className="au-counts meta num">
        {row.runs.done} done
        {row.runs.failed > 0 && (
          <>
            , <Tag tone="bad">{row.runs.failed} failed</Tag>
          </>
        )}
        {row.runs.waiting > 0 && `, ${row.runs.waiting} waiting`}
        {row.runs.lastAt !== null && <span>, last {formatWhen(row.runs.lastAt)}</span>}
      </span>
    </li>
  );
}

function Templates({ known }: { known: AutomationCatalogue }) {
  const go = useGo();
  const mayEdit = useCan('automations:write');
  return (
    <Section title="Templates" note="a start to change as you like">
      <ul className="au-templates">
        {known.templates.map((template) => (
          <li key={template.id} className="au-template">
            <b>{template.title}</b>
            <p className="meta">{template.about}</p>
            {mayEdit && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() =>
                  go('/automations/$automationId', {
                    params: { automationId: 'new' },
                    search: { template: template.id },
                  })
                }
              >
                Use it
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
