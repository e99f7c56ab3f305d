import { Button, Chip, Select, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconUsers } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { type Campaign, type Enrolment, listRoster, type MoveOutcome, moveOnRoster } from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorState } from '#web/ui/error-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { SkeletonLines } from '#web/ui/skeleton-lines.tsx';
import { AddCreatorsDialog } from './add-creators-dialog.tsx';
import { CampaignFigures } from './campaign-figures.tsx';
import { EnrolmentPanel } from './enrolment-panel.tsx';
import { GoalDialog } from './goal-dialog.tsx';
import { RosterBoard } from './roster-board.tsx';
import { rosterSearch } from './roster-search.ts';
import { RosterTable } from './roster-table.tsx';
import { SkipDialog } from './skip-dialog.tsx';
import { campaignNouns, useCampaign } from './use-campaign.ts';
import { useMembers } from './use-members.ts';

/** Who is on the campaign, where each stands and what holds them up. */
export function RosterPage() {
  return <QueryState query={useCampaign()}>{(campaign) => <Roster campaign={campaign} />}</QueryState>;
}

function Roster({ campaign }: { campaign: Campaign }) {
  const [state, setState] = useSearchState(rosterSearch);
  const [isAddingGoal, setAddingGoal] = useState(false);
  const mayWrite = useCan('campaigns:write');
  const query = useApiQuery(
    listRoster,
    {
      campaignId: campaign.id,
      limit: 500,
      query: state.q,
      removed: state.removed,
      ...(state.owner === undefined ? {} : { ownerId: state.owner }),
      ...(state.tag === undefined ? {} : { tag: state.tag }),
    },
    { keepPrevious: true },
  );
  const all = query.data?.rows;
  const rows = useMemo(
    () => (state.mine ? all?.filter((row) => row.blocking.who === 'us' || row.blocking.who === 'late') : all),
    [all, state.mine],
  );
  const members = useMembers();
  const tags = [...new Set(all?.flatMap((row) => row.tags) ?? [])].toSorted();
  const open = all?.find((row) => row.id === state.open);
  const { creators, waitForUs, waitForCreator, late } = campaign.roster;
  const add = () => setState({ add: true });
  return (
    <>
      <CampaignFigures campaign={campaign} onAddGoal={() => setAddingGoal(true)} />
      <Section
        title="Roster"
        note={`${formatPlural(creators, 'creator')}; ${waitForUs} wait for you, ${waitForCreator} wait for a creator, ${late} ${late === 1 ? 'is' : 'are'} late`}
      >
        <div className="camp-bar">
          <div className="row" style={{ flexWrap: 'wrap' }}>
            <TextInput
              aria-label="Search the roster"
              placeholder="Name or handle"
              leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
              value={state.q}
              onChange={(event) => setState({ q: event.currentTarget.value })}
            />
            <Chip checked={state.mine} onChange={(mine) => setState({ mine })} radius="sm" variant="outline" size="sm">
              Waits for me
            </Chip>
            <Chip
              checked={state.removed}
              onChange={(removed) => setState({ removed, ...(removed ? { view: 'table' as const } : {}) })}
              radius="sm"
              variant="outline"
              size="sm"
            >
              Removed
            </Chip>
            {members.options.length > 1 && (
              <Select
                aria-label="Owner"
                placeholder="Any owner"
                data={members.options}
                value={state.owner ?? null}
                onChange={(owner) => setState({ owner: owner ?? undefined })}
                clearable
                w={150}
              />
            )}
            {(tags.length > 0 || state.tag !== undefined) && (
              <Select
                aria-label="Tag"
                placeholder="Any tag"
                data={[...new Set([...tags, ...(state.tag === undefined ? [] : [state.tag])])]}
                value={state.tag ?? null}
                onChange={(tag) => setState({ tag: tag ?? undefined })}
                clearable
                w={140}
              />
            )}
          </div>
          <Segments
            label="View"
            value={state.removed ? 'table' : state.view}
            options={[
              { value: 'board', label: 'Board' },
              { value: 'table', label: 'Table' },
            ]}
            onChange={(view) => setState({ view, removed: false })}
          />
        </div>
        <div className={open ? 'with-side' : undefined}>
          <div className="camp-views">
            {query.error && !all ? (
              <ErrorState error={query.error} onRetry={() => void query.refetch()} />
            ) : rows === undefined ? (
              <SkeletonLines />
            ) : rows.length === 0 ? (
              <NobodyHere
                isFiltered={
                  state.q !== '' || state.mine || state.removed || state.owner !== undefined || state.tag !== undefined
                }
                add={mayWrite ? add : null}
              />
            ) : (
              <Views
                campaign={campaign}
                rows={rows}
                isBoard={state.view === 'board' && !state.removed}
                openId={state.open}
                onOpen={(id) => setState({ open: id })}
              />
            )}
          </div>
          {open && (
            <EnrolmentPanel
              key={open.id}
              campaign={campaign}
              enrolment={open}
              rows={rows ?? []}
              onOpen={(id) => setState({ open: id })}
            />
          )}
        </div>
        {query.data && query.data.total > query.data.rows.length && (
          <p className="meta">
            {query.data.rows.length} of {query.data.total} shown. Search to find the others.
          </p>
        )}
      </Section>
      {state.add && mayWrite && <AddCreatorsDialog campaign={campaign} onClose={() => setState({ add: false })} />}
      {isAddingGoal && <GoalDialog campaign={campaign} goal={null} onClose={() => setAddingGoal(false)} />}
    </>
  );
}

interface ViewProps {
  campaign: Campaign;
  rows: readonly Enrolment[];
  isBoard: boolean;
  openId: string | undefined;
  onOpen: (id: string) => void;
}

function Views({ campaign, rows, isBoard, openId, onOpen }: ViewProps) {
  const mayWrite = useCan('campaigns:write');
  // A card stands in its new lane at once; the server's answer confirms or puts it back.
  const [moves, setMoves] = useState<Readonly<Record<string, string>>>({});
  const [refused, setRefused] = useState<{ to: string; conflicts: MoveOutcome['conflicts'] } | null>(null);
  const forget = (ids: readonly string[]) =>
    setMoves((before) => Object.fromEntries(Object.entries(before).filter(([id]) => !ids.includes(id))));
  const move = useApiMutation(moveOnRoster, {
    invalidate: campaignNouns,
    onSuccess: (outcome, input) => {
      forget(input.enrolments.map((one) => one.id));
      const missing = outcome.conflicts.filter((one) => one.why === 'missing');
      if (missing.length > 0) setRefused({ to: input.to, conflicts: missing });
      const [clash] = outcome.conflicts.filter((one) => one.why !== 'missing');
      if (clash)
        sayFailed(
          outcome.conflicts.length === 1
            ? clash.message
            : `${outcome.conflicts.length} creators were not moved. ${clash.message}`,
          null,
        );
      else if (outcome.moved > 0) sayDone(`Moved ${formatPlural(outcome.moved, 'creator')}`);
    },
    onError: (error) => {
      setMoves({});
      sayFailed('Not moved', error);
    },
  });
  const send = (chosen: readonly Enrolment[], to: string) => {
    setMoves((before) => ({ ...before, ...Object.fromEntries(chosen.map((row) => [row.id, to])) }));
    move.mutate({ campaignId: campaign.id, to, enrolments: chosen.map((row) => ({ id: row.id, from: row.stage })) });
  };
  return (
    <>
      {isBoard ? (
        <RosterBoard
          campaign={campaign}
          rows={rows}
          moves={moves}
          onOpen={onOpen}
          onMove={mayWrite ? (row, to) => send([row], to) : null}
        />
      ) : (
        <RosterTable campaign={campaign} rows={rows} openId={openId} onOpen={onOpen} onMove={mayWrite ? send : null} />
      )}
      {refused !== null && (
        <SkipDialog
          messages={refused.conflicts.map((one) => one.message)}
          onClose={() => setRefused(null)}
          onSkip={(skipReason) => {
            const enrolments = refused.conflicts.flatMap(({ enrolmentId, stage }) =>
              stage === null ? [] : [{ id: enrolmentId, from: stage }],
            );
            move.mutate({ campaignId: campaign.id, to: refused.to, enrolments, skipReason });
            setRefused(null);
          }}
        />
      )}
    </>
  );
}

function NobodyHere({ isFiltered, add }: { isFiltered: boolean; add: (() => void) | null }) {
  if (isFiltered) return <EmptyState title="Nobody matches">Take the filters away to see the whole roster.</EmptyState>;
  return (
    <EmptyState
      icon={IconUsers}
      title="Nobody is on the roster yet"
      action={
        add && (
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            Add creators
          </Button>
        )
      }
    >
      Add creators from a search, from a list or by their handles. They begin in the first stage.
    </EmptyState>
  );
}
