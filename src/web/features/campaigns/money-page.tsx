import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import type { MoneyJson } from '#kernel/money.ts';
import {
  type Campaign,
  type CampaignCost,
  costStateSchema,
  type Enrolment,
  listCosts,
  listRoster,
  removeCost,
  updateCost,
  updateEnrolment,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { Money } from '#web/ui/money.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import type { TableColumn } from '#web/ui/table-column.ts';
import { BudgetPanel } from './budget-panel.tsx';
import { CostDialog, costKindNames } from './cost-dialog.tsx';
import { campaignNouns, useCampaign } from './use-campaign.ts';
import { useToday } from './use-today.ts';
import { sayDay } from './words.ts';

/** What the campaign costs, by whom and how firm it is. */
export function MoneyPage() {
  return <QueryState query={useCampaign()}>{(campaign) => <MoneyOf campaign={campaign} />}</QueryState>;
}

function MoneyOf({ campaign }: { campaign: Campaign }) {
  const [cost, setCost] = useState<CampaignCost | 'new' | null>(null);
  const mayWrite = useCan('campaigns:write');
  return (
    <>
      <div className="cols even">
        <BudgetPanel campaign={campaign} />
        <Section title="By kind" note="goods at cost of goods, postage of parcels">
          <Kinds campaign={campaign} />
        </Section>
      </div>
      <Section title="Creators" note={`in ${campaign.currency}; a fee is due once the creator's work is delivered`}>
        <Fees campaign={campaign} mayWrite={mayWrite} />
      </Section>
      <Section
        title="Other costs"
        note="shipping, agency, tools"
        end={
          mayWrite && (
            <Button size="compact-sm" onClick={() => setCost('new')}>
              Add cost
            </Button>
          )
        }
      >
        <Costs campaign={campaign} mayWrite={mayWrite} onEdit={setCost} />
      </Section>
      {cost !== null && (
        <CostDialog campaign={campaign} cost={cost === 'new' ? null : cost} onClose={() => setCost(null)} />
      )}
    </>
  );
}

function Kinds({ campaign }: { campaign: Campaign }) {
  const { byKind, postageAssumed } = campaign.budget;
  const rows: [string, typeof byKind.fees][] = [
    ['Fees', byKind.fees],
    ['Goods', byKind.goods],
    ['Postage', byKind.postage],
    ['Other', byKind.other],
  ];
  const cell = (money: MoneyJson) =>
    money.amountMinor === '0' ? <span className="ink-3">0</span> : <Money value={money} short />;
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col" className="num">
              Proposed
            </th>
            <th scope="col" className="num">
              Committed
            </th>
            <th scope="col" className="num">
              Due
            </th>
            <th scope="col" className="num">
              Paid
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, split]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num">{cell(split.proposed)}</td>
              <td className="num">{cell(split.committed)}</td>
              <td className="num">{cell(split.due)}</td>
              <td className="num">{cell(split.paid)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {postageAssumed.amountMinor !== '0' && (
        <p className="meta">
          {formatMoney(postageAssumed, { short: true })} of the postage is the seeding plan’s rate, for parcels it was
          not entered for.
        </p>
      )}
    </div>
  );
}

const feeTones = { proposed: 'plain', committed: 'accent', due: 'warn', paid: 'good' } as const;

function Fees({ campaign, mayWrite }: { campaign: Campaign; mayWrite: boolean }) {
  const today = useToday();
  const query = useApiQuery(listRoster, { campaignId: campaign.id, limit: 500 });
  const pay = useApiMutation(updateEnrolment, {
    invalidate: campaignNouns,
    onSuccess: () => sayDone('Saved'),
    onError: (error) => sayFailed('Not saved', error),
  });
  const columns: TableColumn<Enrolment>[] = [
    {
      id: 'name',
      header: 'Creator',
      cell: (row) => (
        <div className="who">
          <Avatar id={row.person.id} name={row.person.name} size={28} />
          <b>{row.person.name}</b>
        </div>
      ),
    },
    { id: 'stage', header: 'Stage', width: 130, from: 680, cell: (row) => row.stageLabel },
    { id: 'fee', header: 'Fee', width: 120, align: 'end', cell: (row) => <Money value={row.fee} missing="none" /> },
    {
      id: 'state',
      header: 'Stands',
      width: 190,
      cell: (row) =>
        row.feeState === null ? (
          ''
        ) : (
          <Status tone={feeTones[row.feeState]}>
            {row.feeState}
            {row.feePaidOn === null ? '' : ` on ${sayDay(row.feePaidOn)}`}
          </Status>
        ),
    },
    {
      id: 'goods',
      header: 'Goods',
      width: 110,
      align: 'end',
      from: 680,
      cell: (row) => <Money value={row.productCost} missing="none" />,
    },
    {
      id: 'postage',
      header: 'Postage',
      width: 100,
      align: 'end',
      from: 900,
      cell: (row) => <Money value={row.postage} missing="none" />,
    },
    {
      id: 'pay',
      header: 'Payment',
      width: 158,
      cell: (row) =>
        mayWrite && row.feeState !== null && row.feeState !== 'paid' && row.feeState !== 'proposed' ? (
          <Button
            size="compact-sm"
            aria-label={`Fee of ${row.person.name} was paid today`}
            onClick={() => pay.mutate({ enrolmentId: row.id, feePaidOn: today })}
          >
            Was paid today
          </Button>
        ) : null,
    },
  ];
  return (
    <DataTable
      label="Fees"
      columns={columns}
      rows={query.data?.rows}
      rowId={(row) => row.id}
      tall
      more={{
        error: query.error,
        onRetry: () => void query.refetch(),
        empty: <EmptyState title="Nobody is on the roster yet">Fees stand here once creators are added.</EmptyState>,
        ...((query.data?.rows.length ?? 0) > 60 ? { height: 640 } : {}),
      }}
    />
  );
}

function Costs({
  campaign,
  mayWrite,
  onEdit,
}: {
  campaign: Campaign;
  mayWrite: boolean;
  onEdit: (cost: CampaignCost) => void;
}) {
  const query = useApiQuery(listCosts, { campaignId: campaign.id });
  const failed = { onError: (error: unknown) => sayFailed('Not changed', error) };
  const update = useApiMutation(updateCost, { invalidate: campaignNouns, ...failed });
  const remove = useApiMutation(removeCost, { invalidate: campaignNouns, ...failed });
  const columns: TableColumn<CampaignCost>[] = [
    { id: 'kind', header: 'Kind', width: 130, cell: (row) => costKindNames[row.kind] },
    { id: 'note', header: 'What for', cell: (row) => row.note ?? '' },
    {
      id: 'state',
      header: 'Stands',
      width: 120,
      cell: (row) => <Status tone={feeTones[row.state]}>{row.state}</Status>,
    },
    { id: 'due', header: 'Due', width: 110, from: 680, cell: (row) => (row.dueOn === null ? '' : sayDay(row.dueOn)) },
    { id: 'amount', header: 'Amount', width: 120, align: 'end', cell: (row) => <Money value={row.amount} /> },
    {
      id: 'actions',
      header: 'More',
      width: 64,
      cell: (row) =>
        mayWrite && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={`Change ${costKindNames[row.kind]} ${row.note ?? ''}`}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {costStateSchema.options
                .filter((state) => state !== row.state)
                .map((state) => (
                  <Menu.Item
                    key={state}
                    onClick={() => update.mutate({ campaignId: campaign.id, costId: row.id, state })}
                  >
                    Set to {state}
                  </Menu.Item>
                ))}
              <Menu.Item onClick={() => onEdit(row)}>Edit</Menu.Item>
              <Menu.Item onClick={() => remove.mutate({ campaignId: campaign.id, costId: row.id })}>
                Take back
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ),
    },
  ];
  return (
    <DataTable
      label="Other costs"
      columns={columns}
      rows={query.data}
      rowId={(row) => row.id}
      more={{ error: query.error, onRetry: () => void query.refetch(), empty: <p className="meta">None entered.</p> }}
    />
  );
}
