import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { platformNames } from '#kernel/platform.ts';
import { type Campaign, createFromBrief, type Enrolment, removeFromRoster } from '#modules/campaigns/api.ts';
import { overlapCreatorsMax } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useGo } from '#web/shell/use-go.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { Money } from '#web/ui/money.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { BulkDialog, type BulkKind, bulkNames } from './bulk-dialog.tsx';
import { campaignNouns } from './use-campaign.ts';
import { sayDay, sayShortDay } from './words.ts';

interface Props {
  campaign: Campaign;
  rows: readonly Enrolment[];
  openId: string | undefined;
  onOpen: (id: string) => void;
  onMove: ((rows: readonly Enrolment[], stage: string) => void) | null;
}

const bulkKinds: readonly BulkKind[] = ['fee', 'owner', 'dates', 'deliverable', 'note', 'tag', 'untag'];
const tones = { us: 'accent', creator: 'plain', late: 'bad', nobody: 'good' } as const;

const columns: TableColumn<Enrolment>[] = [
  {
    id: 'name',
    header: 'Creator',
    cell: (row) => (
      <div className="who">
        <Avatar id={row.person.id} name={row.person.name} size={32} />
        <div>
          <b>{row.person.name}</b>
          <span className="meta">
            {row.profile === null ? 'no account' : `@${row.profile.handle}, ${platformNames[row.profile.platform]}`}
            {row.tags.length > 0 && ` · ${row.tags.join(', ')}`}
            {row.contractEnd !== null && ` · contract ended ${sayDay(row.contractEnd.on)}`}
          </span>
        </div>
      </div>
    ),
  },
  {
    id: 'followers',
    header: 'Followers',
    width: 92,
    align: 'end',
    from: 1240,
    cell: (row) =>
      row.profile?.followers == null ? <span className="ink-3">not known</span> : formatCompact(row.profile.followers),
  },
  {
    id: 'stage',
    header: 'Stage',
    width: 120,
    cell: (row) => (row.removedAt === null ? row.stageLabel : `Removed, was ${row.stageLabel}`),
  },
  {
    id: 'blocking',
    header: 'What holds it up',
    width: 252,
    cell: (row) => (
      <Status tone={tones[row.blocking.who]}>
        {row.removedAt === null ? row.blocking.what : (row.removedReason ?? 'no reason given')}
        {row.blocking.who !== 'nobody' && (
          <span className="meta">
            &nbsp;{row.blocking.days === 0 ? 'since today' : `for ${formatPlural(row.blocking.days, 'day')}`}
          </span>
        )}
      </Status>
    ),
  },
  {
    id: 'content',
    header: 'Live',
    width: 72,
    align: 'end',
    from: 900,
    cell: (row) => `${row.deliverables.live} of ${row.deliverables.total}`,
  },
  {
    id: 'due',
    header: 'Next due',
    width: 96,
    from: 1240,
    cell: (row) => (row.deliverables.nextDueOn === null ? '' : sayShortDay(row.deliverables.nextDueOn)),
  },
  {
    id: 'fee',
    header: 'Fee',
    width: 104,
    align: 'end',
    from: 680,
    cell: (row) => <Money value={row.fee} short missing="none" />,
  },
  { id: 'feeState', header: 'Stands', width: 112, from: 900, cell: (row) => row.feeState ?? '' },
  {
    id: 'goods',
    header: 'Goods',
    width: 92,
    align: 'end',
    from: 1240,
    cell: (row) => <Money value={row.productCost} short missing="none" />,
  },
];

/** The roster as rows, for many at once. */
export function RosterTable({ campaign, rows, openId, onOpen, onMove }: Props) {
  const [chosen, setChosen] = useState<string[]>([]);
  const [isRemoving, setRemoving] = useState(false);
  const [bulk, setBulk] = useState<BulkKind | null>(null);
  const mayWrite = useCan('campaigns:write');
  const go = useGo();
  const picked = rows.filter((row) => chosen.includes(row.id) && row.removedAt === null);
  const clear = () => setChosen([]);
  const remove = useApiMutation(removeFromRoster, {
    invalidate: campaignNouns,
    onSuccess: (outcome) => {
      clear();
      sayDone(`Took ${formatPlural(outcome.removed, 'creator')} off the campaign`);
    },
  });
  const plan = useApiMutation(createFromBrief, {
    invalidate: campaignNouns,
    onSuccess: (outcome) =>
      sayDone(
        `Planned ${formatPlural(outcome.created, 'piece')}${outcome.unchanged > 0 ? `, ${outcome.unchanged} were there` : ''}`,
      ),
    onError: (error) => sayFailed('Nothing planned', error),
  });
  return (
    <>
      <DataTable
        label="Roster"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        tall
        {...(mayWrite ? { selection: { value: chosen, onChange: setChosen } } : {})}
        more={{
          onOpen: (row) => onOpen(row.id),
          currentId: openId ?? null,
          ...(rows.length > 60 ? { height: 640 } : {}),
        }}
      />
      <BulkBar
        count={picked.length}
        title={`${formatPlural(picked.length, 'creator')} chosen`}
        faces={picked.slice(0, 4).map((row) => row.person)}
        onClear={clear}
      >
        <Button
          onClick={() => plan.mutate({ campaignId: campaign.id, enrolmentIds: picked.map((row) => row.id) })}
          loading={plan.isPending}
        >
          Plan content from the brief
        </Button>
        <Menu position="top-end">
          <Menu.Target>
            <Button rightSection={<IconChevronDown size={16} aria-hidden />}>For all of them</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {bulkKinds.map((one) => (
              <Menu.Item key={one} onClick={() => setBulk(one)}>
                {bulkNames[one]}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Item
              disabled={picked.length < 2 || picked.length > overlapCreatorsMax}
              onClick={() => go('/discover/overlap', { search: { creators: picked.map((row) => row.person.id) } })}
            >
              See how far their audiences overlap
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" onClick={() => setRemoving(true)}>
              Remove
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        {onMove && (
          <Menu position="top-end">
            <Menu.Target>
              <Button variant="filled" rightSection={<IconChevronDown size={16} aria-hidden />}>
                Move to
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {campaign.stages.map((stage) => (
                <Menu.Item
                  key={stage.name}
                  onClick={() => {
                    onMove(picked, stage.name);
                    clear();
                  }}
                >
                  {stage.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </BulkBar>
      {bulk !== null && (
        <BulkDialog
          campaign={campaign}
          kind={bulk}
          rows={picked}
          onClose={() => {
            setBulk(null);
          }}
        />
      )}
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        title={`Remove ${formatPlural(picked.length, 'creator')} from ${campaign.name}?`}
        confirmLabel="Remove"
        onConfirm={() => remove.mutateAsync({ campaignId: campaign.id, enrolmentIds: picked.map((row) => row.id) })}
        isDangerous
      >
        Their history, results and what was paid stay. Adding them again brings them back.
      </ConfirmDialog>
    </>
  );
}
