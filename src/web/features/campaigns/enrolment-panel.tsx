import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { platformNames } from '#kernel/platform.ts';
import {
  type Campaign,
  type Enrolment,
  type EnrolmentEvent,
  listEnrolmentHistory,
  moveOnRoster,
  removeFromRoster,
  updateEnrolment,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCompact } from '#web/ui/format-number.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Timeline } from '#web/ui/timeline.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { amountProblem } from './amount-problem.ts';
import { rosterSearch } from './roster-search.ts';
import { campaignNouns } from './use-campaign.ts';
import { readAmount, sayDay, writeAmount } from './words.ts';

interface Props {
  campaign: Campaign;
  enrolment: Enrolment;
  rows: readonly Enrolment[];
  onOpen: (id: string) => void;
}

/** One creator beside the roster: where they stand, what it costs, what happened. */
export function EnrolmentPanel({ campaign, enrolment, rows, onOpen }: Props) {
  const [, setState] = useSearchState(rosterSearch);
  const [isRemoving, setRemoving] = useState(false);
  const mayWrite = useCan('campaigns:write');
  const place = rows.findIndex((row) => row.id === enrolment.id);
  const close = () => setState({ open: undefined });
  const beside = (by: -1 | 1) => {
    const next = rows[place + by];
    return place < 0 || next === undefined ? undefined : () => onOpen(next.id);
  };
  const remove = useApiMutation(removeFromRoster, { invalidate: campaignNouns, onSuccess: close });
  const { person, profile, blocking } = enrolment;
  const isEditable = mayWrite && enrolment.removedAt === null;
  return (
    <SidePanel
      label={person.name}
      {...(place >= 0 ? { place: `${place + 1} of ${rows.length}` } : {})}
      onClose={close}
      onPrevious={beside(-1)}
      onNext={beside(1)}
      actions={isEditable && <Button onClick={() => setRemoving(true)}>Take off the campaign</Button>}
    >
      <div className="camp-side">
        <div className="who">
          <Avatar id={person.id} name={person.name} size={40} />
          <div>
            <AppLink to="/creators/$personId" params={{ personId: person.id }}>
              <b>{person.name}</b>
            </AppLink>
            <span className="meta">
              {profile === null
                ? 'No account known'
                : `@${profile.handle}, ${platformNames[profile.platform]}${profile.followers === null ? '' : `, ${formatCompact(profile.followers)} followers`}`}
            </span>
          </div>
        </div>
        <KeyValues
          items={[
            {
              term: 'Now',
              value: `${blocking.what}${blocking.who === 'nobody' ? '' : `, ${blocking.days === 0 ? 'since today' : `for ${blocking.days} d`}`}`,
            },
            {
              term: 'Content',
              value: `${enrolment.deliverables.live} of ${enrolment.deliverables.total} live${enrolment.deliverables.nextDueOn === null ? '' : `, next due ${sayDay(enrolment.deliverables.nextDueOn)}`}`,
            },
            ...(enrolment.removedAt === null
              ? []
              : [{ term: 'Removed', value: enrolment.removedReason ?? 'no reason given' }]),
          ]}
        />
        {isEditable && <StageSelect campaign={campaign} enrolment={enrolment} />}
        {isEditable ? <Terms campaign={campaign} enrolment={enrolment} /> : <p className="ink-2">{enrolment.note}</p>}
        <History campaign={campaign} enrolmentId={enrolment.id} />
      </div>
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        title={`Take ${person.name} off ${campaign.name}?`}
        confirmLabel="Take off"
        onConfirm={() => remove.mutateAsync({ campaignId: campaign.id, enrolmentIds: [enrolment.id] })}
        isDangerous
      >
        History, results and what was paid stay. Adding them again brings them back.
      </ConfirmDialog>
    </SidePanel>
  );
}

function StageSelect({ campaign, enrolment }: { campaign: Campaign; enrolment: Enrolment }) {
  const move = useApiMutation(moveOnRoster, {
    invalidate: campaignNouns,
    onSuccess: (outcome) => outcome.conflicts[0] && sayFailed(outcome.conflicts[0].message, null),
    onError: (error) => sayFailed('Not moved', error),
  });
  return (
    <Select
      label="Stage"
      data={campaign.stages.map((stage) => ({ value: stage.name, label: stage.label }))}
      value={enrolment.stage}
      allowDeselect={false}
      disabled={move.isPending}
      onChange={(to) =>
        to &&
        to !== enrolment.stage &&
        move.mutate({ campaignId: campaign.id, to, enrolments: [{ id: enrolment.id, from: enrolment.stage }] })
      }
    />
  );
}

function Terms({ campaign, enrolment }: { campaign: Campaign; enrolment: Enrolment }) {
  const { currency } = campaign;
  const update = useApiMutation(updateEnrolment, { invalidate: campaignNouns, onSuccess: () => sayDone('Saved') });
  const amount = (text: string) => amountProblem(text, currency);
  const saidBlocker = enrolment.blocker ?? '';
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      fee: writeAmount(enrolment.fee),
      feePaidOn: enrolment.feePaidOn ?? '',
      productCost: writeAmount(enrolment.productCost),
      blocker: saidBlocker,
      note: enrolment.note ?? '',
    },
    validate: { fee: amount, productCost: amount },
    send: (values) =>
      update.mutateAsync({
        enrolmentId: enrolment.id,
        fee: readAmount(values.fee, currency),
        feePaidOn: values.feePaidOn === '' ? null : values.feePaidOn,
        productCost: readAmount(values.productCost, currency),
        note: values.note.trim() === '' ? null : values.note,
        ...(values.blocker !== saidBlocker ? { blocker: values.blocker.trim() === '' ? null : values.blocker } : {}),
      }),
  });
  return (
    <form onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <div className="camp-two">
        <TextInput label={`Fee, ${currency}`} inputMode="decimal" {...form.getInputProps('fee')} />
        <TextInput label="Paid on" type="date" {...form.getInputProps('feePaidOn')} />
      </div>
      <TextInput label={`Goods at cost, ${currency}`} inputMode="decimal" {...form.getInputProps('productCost')} />
      <TextInput
        label="What holds it up"
        placeholder="Said by the stage when left empty"
        maxLength={120}
        {...form.getInputProps('blocker')}
      />
      <Textarea label="Note" autosize minRows={2} maxRows={8} {...form.getInputProps('note')} />
      <Button type="submit" loading={isBusy} disabled={!form.isDirty()} style={{ justifySelf: 'start' }}>
        Save
      </Button>
    </form>
  );
}

function History({ campaign, enrolmentId }: { campaign: Campaign; enrolmentId: string }) {
  const { timeZone } = useWorkspace();
  const query = useApiQuery(listEnrolmentHistory, { enrolmentId });
  const label = (stage: string | null) => campaign.stages.find((one) => one.name === stage)?.label ?? stage ?? '';
  return (
    <section>
      <h3 className="meta">History</h3>
      <QueryState query={query}>
        {(entries) => (
          <Timeline
            label="History"
            timeZone={timeZone}
            entries={entries.map((entry) => ({
              id: entry.id,
              at: entry.at,
              title: titleOf(entry, label),
              text: entry.by,
            }))}
          />
        )}
      </QueryState>
    </section>
  );
}

const fieldNames: Record<string, string> = {
  fee_minor: 'fee',
  fee_paid_on: 'payment',
  product_cost_minor: 'cost of goods',
  profile_id: 'account',
  note: 'note',
  owner_id: 'owner',
  blocker: 'what holds it up',
};

function titleOf(entry: EnrolmentEvent, label: (stage: string | null) => string): string {
  switch (entry.kind) {
    case 'added':
      return `Added to ${label(entry.toStage)}`;
    case 'moved':
      return `${label(entry.fromStage)} to ${label(entry.toStage)}`;
    case 'changed':
      return `Changed ${Object.keys(entry.changes)
        .map((field) => fieldNames[field] ?? field)
        .join(', ')}`;
    case 'removed':
      return 'Taken off the campaign';
    case 'restored':
      return `Back in ${label(entry.toStage)}`;
  }
}
