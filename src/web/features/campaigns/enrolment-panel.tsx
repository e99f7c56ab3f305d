import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { platformNames } from '#kernel/platform.ts';
import {
  type Campaign,
  type Enrolment,
  type EnrolmentEvent,
  listEnrolmentHistory,
  moveOnRoster,
  removeFromRoster,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatCompact } from '#web/ui/format-number.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Timeline } from '#web/ui/timeline.tsx';
import { EnrolmentSteps } from './enrolment-steps.tsx';
import { EnrolmentTerms } from './enrolment-terms.tsx';
import { JoinedEntries } from './joined-entries.tsx';
import { rosterSearch } from './roster-search.ts';
import { SkipDialog } from './skip-dialog.tsx';
import { campaignNouns } from './use-campaign.ts';
import { useMembers } from './use-members.ts';
import { sayDay } from './words.ts';

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
  const members = useMembers();
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
            {
              term: 'Owner',
              value:
                enrolment.ownerId === null
                  ? `${members.nameOf(campaign.ownerId)}, as of the campaign`
                  : members.nameOf(enrolment.ownerId),
            },
            ...(enrolment.removedAt === null
              ? []
              : [{ term: 'Removed', value: enrolment.removedReason ?? 'no reason given' }]),
          ]}
        />
        {isEditable && <StageSelect campaign={campaign} enrolment={enrolment} />}
        {isEditable ? (
          <EnrolmentTerms campaign={campaign} enrolment={enrolment} />
        ) : (
          <p className="ink-2">{enrolment.note}</p>
        )}
        {enrolment.removedAt === null && (
          <EnrolmentSteps campaign={campaign} enrolment={enrolment} mayWrite={mayWrite} />
        )}
        <JoinedEntries campaign={campaign} enrolment={enrolment} />
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
  const [refused, setRefused] = useState<{ to: string; message: string } | null>(null);
  const move = useApiMutation(moveOnRoster, {
    invalidate: campaignNouns,
    onSuccess: ({ conflicts: [clash] }, input) => {
      if (clash?.why === 'missing') setRefused({ to: input.to, message: clash.message });
      else if (clash) sayFailed(clash.message, null);
    },
    onError: (error) => sayFailed('Not moved', error),
  });
  const send = (to: string, skipReason?: string) =>
    move.mutate({
      campaignId: campaign.id,
      to,
      enrolments: [{ id: enrolment.id, from: enrolment.stage }],
      ...(skipReason === undefined ? {} : { skipReason }),
    });
  return (
    <>
      <Select
        label="Stage"
        data={campaign.stages.map((stage) => ({ value: stage.name, label: stage.label }))}
        value={enrolment.stage}
        allowDeselect={false}
        disabled={move.isPending}
        onChange={(to) => to && to !== enrolment.stage && send(to)}
      />
      {refused !== null && (
        <SkipDialog
          messages={[refused.message]}
          onClose={() => setRefused(null)}
          onSkip={(reason) => {
            send(refused.to, reason);
            setRefused(null);
          }}
        />
      )}
    </>
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
  postage_minor: 'postage',
  profile_id: 'account',
  note: 'note',
  owner_id: 'owner',
  blocker: 'what holds it up',
  respond_by: 'answer day',
  drafts_by: 'draft day',
  live_from: 'first live day',
  live_until: 'last live day',
  tags: 'tags',
  steps: 'stages',
  joined_fee: 'fee of the joined entry',
  payEarlyReason: 'early payment',
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
    case 'joined':
      return 'Another entry of this creator was brought together with this one';
    case 'parted':
      return Array.isArray(entry.changes.left)
        ? `Parted again, since the merge was undone. ${entry.changes.left.join(' ')}`
        : 'Parted again, since the merge was undone';
  }
}
