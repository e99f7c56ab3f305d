import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import {
  type Automation,
  type AutomationCatalogue,
  createAutomation,
  getAutomationCatalogue,
  listAutomations,
  removeAutomation,
  updateAutomation,
} from '#modules/automations/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useGo, useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { ActionEditor } from './action-editor.tsx';
import './automations.css';
import { ConditionEditor } from './condition-editor.tsx';
import type { Draft } from './draft.ts';
import { DryRun } from './dry-run.tsx';
import { RunLog } from './run-log.tsx';

const search = z.object({ template: z.string().optional() });

/** One automation: when, if, then; a dry run on what happened lately; its log. */
export function AutomationPage() {
  const id = useParam('automationId');
  const [{ template }] = useSearchState(search);
  const catalogue = useApiQuery(getAutomationCatalogue, {});
  const list = useApiQuery(listAutomations, {});
  return (
    <QueryState query={catalogue}>
      {(known) => (
        <QueryState query={list}>
          {({ rows }) => {
            const stored = rows.find((row) => row.id === id) ?? null;
            if (stored === null && id !== 'new')
              return <EmptyState title="There is no such automation">It may have been removed.</EmptyState>;
            const start = known.templates.find((one) => one.id === template);
            return (
              <Editor
                key={`${id} ${stored?.version ?? 0}`}
                stored={stored}
                known={known}
                start={draftOf(stored, start)}
              />
            );
          }}
        </QueryState>
      )}
    </QueryState>
  );
}

function draftOf(stored: Automation | null, template: AutomationCatalogue['templates'][number] | undefined): Draft {
  if (stored !== null) {
    const { name, trigger, conditions, actions, waitMinutes, dailyMax, hourlyMaxEach } = stored;
    return { name, trigger, conditions, actions, waitMinutes, dailyMax, hourlyMaxEach };
  }
  return {
    name: template?.title ?? '',
    trigger: template?.trigger ?? 'mail.replied',
    conditions: template?.conditions ?? [],
    actions: template?.actions ?? [{ action: 'task.add', settings: {} }],
    waitMinutes: template?.waitMinutes ?? 0,
    dailyMax: 500,
    hourlyMaxEach: 3,
  };
}

const minutesADay = 1440;

function Editor({ stored, known, start }: { stored: Automation | null; known: AutomationCatalogue; start: Draft }) {
  const go = useGo();
  const mayEdit = useCan('automations:write');
  const [draft, setDraft] = useState(start);
  const [isRemoving, setRemoving] = useState(false);
  useCrumb(stored?.name ?? 'New automation');
  const change = (next: Partial<Draft>) => setDraft({ ...draft, ...next });
  const done = (saved: Automation) => {
    sayDone(`“${saved.name}” is saved${saved.state === 'on' ? '' : '; turn it on in the list'}`);
    go('/automations/$automationId', { params: { automationId: saved.id }, replace: true });
  };
  const create = useApiMutation(createAutomation, { invalidate: ['automations'], onSuccess: done });
  const update = useApiMutation(updateAutomation, { invalidate: ['automations'], onSuccess: done });
  const remove = useApiMutation(removeAutomation, { invalidate: ['automations'], onSuccess: () => go('/automations') });
  const failure = create.error ?? update.error;
  const messageAt = (field: string) => failure?.details.find((detail) => detail.field === field)?.message;
  const save = () =>
    stored === null
      ? create.mutate(draft)
      : update.mutate({ automationId: stored.id, basedOn: stored.version, ...draft });
  const groups = [...new Set(known.triggers.map((one) => one.group))].map((group) => ({
    group,
    items: known.triggers
      .filter((one) => one.group === group)
      .map(({ event, title }) => ({ value: event, label: title })),
  }));
  return (
    <div className="page">
      <PageHeader
        title={draft.name === '' ? 'New automation' : draft.name}
        sub={
          stored === null
            ? 'It is off until you turn it on.'
            : `Version ${stored.version}, saved by ${stored.updatedBy}`
        }
        actions={
          mayEdit && (
            <>
              {stored !== null && (
                <Button variant="subtle" color="gray" onClick={() => setRemoving(true)}>
                  Remove
                </Button>
              )}
              <Button variant="filled" loading={create.isPending || update.isPending} onClick={save}>
                Save automation
              </Button>
            </>
          )
        }
      />
      {failure !== null && <FormAlert>{failure.message}</FormAlert>}
      <TextInput
        label="Name"
        required
        value={draft.name}
        maxLength={80}
        error={messageAt('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Section title="When" note="what starts it">
        <div className="au-part au-fields">
          <Select
            label="When"
            data={groups}
            searchable
            allowDeselect={false}
            value={draft.trigger}
            error={messageAt('trigger')}
            onChange={(next) => change({ trigger: next ?? draft.trigger })}
          />
          <NumberInput
            label="Then wait, in days"
            min={0}
            max={365}
            decimalScale={2}
            value={draft.waitMinutes / minutesADay}
            onChange={(days) => change({ waitMinutes: Math.round(Number(days) * minutesADay) })}
          />
        </div>
      </Section>
      <ConditionEditor
        known={known}
        conditions={draft.conditions}
        messageAt={messageAt}
        onChange={(conditions) => change({ conditions })}
      />
      <ActionEditor
        known={known}
        trigger={draft.trigger}
        actions={draft.actions}
        messageAt={messageAt}
        onChange={(actions) => change({ actions })}
      />
      <Section title="Limits" note="what goes in circles stops here">
        <div className="au-part au-fields">
          <NumberInput
            label="Runs an hour for the same creator"
            min={1}
            max={100}
            value={draft.hourlyMaxEach}
            onChange={(value) => change({ hourlyMaxEach: Number(value) || 1 })}
          />
          <NumberInput
            label="Runs a day over all; more pause it"
            min={1}
            max={10_000}
            value={draft.dailyMax}
            onChange={(value) => change({ dailyMax: Number(value) || 1 })}
          />
        </div>
      </Section>
      <DryRun known={known} draft={draft} />
      {stored !== null && <RunLog automationId={stored.id} />}
      {stored !== null && (
        <ConfirmDialog
          isOpen={isRemoving}
          onClose={() => setRemoving(false)}
          title={`Remove “${stored.name}”?`}
          confirmLabel="Remove"
          isDangerous
          onConfirm={() => remove.mutateAsync({ automationId: stored.id })}
        >
          Its log goes with it. What it did stays done.
        </ConfirmDialog>
      )}
    </div>
  );
}
